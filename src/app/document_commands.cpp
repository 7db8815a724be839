// The pure stages as commands: parse, sanitize and extract.
#include "app/commands.h"
#include "app/feed_options.h"
#include "app/files.h"
#include "extract/extract.h"
#include "extract/page_json.h"
#include "extract/rules.h"
#include "normalize/sanitize.h"
#include "normalize/sanitize_document.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace tidings::app {
namespace {

constexpr std::size_t kDocumentBytesMax = 15'000'000;  // as the fetcher's limit
constexpr std::size_t kRulesBytesMax = 64 * 1024;

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

Result<extract::Rules> rules_option(const Arguments& arguments) {
  const std::optional<std::string> path = arguments.get("--rules");
  if (!path) return extract::Rules{};
  const std::string json = TRY(read_input(*path, kRulesBytesMax));
  return with_context(extract::parse_rules(json), *path);
}

Result<void> extract(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("extract takes a file, or - for standard input");
  const std::string& path = arguments.words[0];
  const std::string url = TRY(address_option(arguments, "--url"));
  const std::string content_type = arguments.get("--content-type").value_or("");
  const extract::Rules rules = TRY(rules_option(arguments));
  const std::string bytes = TRY(read_input(path, kDocumentBytesMax));
  extract::ExtractedPage page = TRY(with_context(
      extract::extract_page({.bytes = bytes, .content_type = content_type, .url = url}, rules),
      path));
  page.html = normalize::sanitize(page.html, page.base_url).html;
  std::string json;
  extract::write_page_json(page, json);
  return write_output(json + "\n");
}

}  // namespace

int run_parse(const Arguments& arguments) {
  return report(parse(arguments));
}
int run_sanitize(const Arguments& arguments) {
  return report(sanitize(arguments));
}
int run_extract(const Arguments& arguments) {
  return report(extract(arguments));
}

}  // namespace tidings::app
