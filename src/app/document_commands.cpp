// The pure stages as commands: parse and sanitize.
#include <cstdio>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "normalize/normalize.h"
#include "normalize/sanitize.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace tidings::app {
namespace {

constexpr std::size_t kDocumentBytesMax = 15'000'000;  // as the fetcher's limit

int print(std::string_view text) {
  const Result<void> written = write_output(text);
  return written ? kSuccess : fail(written.error().message);
}

}  // namespace

int run_parse(const Arguments& arguments) {
  if (arguments.words.size() != 1) {
    fail("parse takes one file, or - for standard input");
    return kWrongUsage;
  }
  const std::string& path = arguments.words[0];
  const Result<std::string> bytes = read_input(path, kDocumentBytesMax);
  if (!bytes) return fail(bytes.error().message);
  const std::string url = arguments.get("--url").value_or("");
  const std::string content_type = arguments.get("--content-type").value_or("");
  Result<FeedDocument> document =
      parse::parse_feed({.bytes = *bytes, .content_type = content_type, .url = url});
  if (!document) return fail(fmt::format("{}: {}", path, document.error().message));
  normalize::sanitize_document(*document);
  std::string json;
  parse::write_feed_json(*document, json);
  json += '\n';
  return print(json);
}

int run_sanitize(const Arguments& arguments) {
  if (arguments.words.size() > 1) {
    fail("sanitize takes at most one file");
    return kWrongUsage;
  }
  const std::string path = arguments.words.empty() ? "-" : arguments.words[0];
  const Result<std::string> html = read_input(path, kDocumentBytesMax);
  if (!html) return fail(html.error().message);
  return print(normalize::sanitize(*html, arguments.get("--url").value_or("")).html + "\n");
}

}  // namespace tidings::app
