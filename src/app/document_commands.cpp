// The pure stages as commands: parse and sanitize.
#include "app/commands.h"
#include "app/feed_options.h"
#include "app/files.h"
#include "normalize/sanitize.h"
#include "normalize/sanitize_document.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace tidings::app {
namespace {

constexpr std::size_t kDocumentBytesMax = 15'000'000;  // as the fetcher's limit

Result<void> parse(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("parse takes a file, or - for standard input");
  const std::string& path = arguments.words[0];
  const std::string url = TRY(address_option(arguments, "--url"));
  const std::string content_type = arguments.get("--content-type").value_or("");
  const std::string bytes = TRY(read_input(path, kDocumentBytesMax));
  FeedDocument document = TRY(with_context(
      parse::parse_feed({.bytes = bytes, .content_type = content_type, .url = url}), path));
  normalize::sanitize_document(document);
  std::string json;
  parse::write_feed_json(document, json);
  return write_output(json + "\n");
}

Result<void> sanitize(const Arguments& arguments) {
  const std::string url = TRY(address_option(arguments, "--url"));
  const std::string path = arguments.words.empty() ? "-" : arguments.words[0];
  const std::string html = TRY(read_input(path, kDocumentBytesMax));
  return write_output(normalize::sanitize(html, url).html + "\n");
}

}  // namespace

int run_parse(const Arguments& arguments) {
  return report(parse(arguments));
}
int run_sanitize(const Arguments& arguments) {
  return report(sanitize(arguments));
}

}  // namespace tidings::app
