// Commands that ask a publisher once and store nothing: feeds check and feeds discover.
#include <future>
#include <memory>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/feed_options.h"
#include "app/files.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"
#include "fetch/fetcher.h"
#include "normalize/discover_feeds.h"
#include "normalize/normalize.h"
#include "parse/parse.h"

namespace tidings::app {
namespace {

// Asks as the server would, through the same door, and waits.
Result<fetch::Page> fetch_once(const Settings& settings, const Source& source) {
  const auto http = TRY(open_http(settings));
  std::promise<Result<HttpResponse>> answered;
  http->send(
      fetch::feed_request(source, settings.fetch),
      [&answered](Result<HttpResponse> response) { answered.set_value(std::move(response)); });
  fetch::FetchResult fetched =
      fetch::read_response(source, answered.get_future().get(), SystemClock().now());
  http->shutdown();
  if (auto* failed = std::get_if<fetch::Failed>(&fetched.outcome)) {
    return Error{ErrorKind::Unavailable, failed->problem.message, failed->problem.error_class};
  }
  auto* page = std::get_if<fetch::Page>(&fetched.outcome);
  if (page == nullptr) return unavailable("the server answered 304 to an unconditional request");
  return std::move(*page);
}

Result<Source> source_of(const Arguments& arguments, std::string_view command) {
  if (arguments.words.size() != 1) return usage_error(fmt::format("{} takes one address", command));
  Source source;
  source.settings.url = TRY(read_address(arguments.words[0]));
  return source;
}

Result<void> check(const Arguments& arguments) {
  const Source source = TRY(source_of(arguments, "feeds check"));
  const Settings settings = TRY(settings_from(arguments));
  const fetch::Page page = TRY(with_context(fetch_once(settings, source), source.settings.url));
  const FeedDocument document = TRY(with_context(
      parse::parse_feed({.bytes = page.bytes, .content_type = page.content_type, .url = page.url}),
      page.url));
  const auto normalized = normalize::normalize_feed(document.feed, source, SystemClock().now());

  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("url", page.url);
  json.field_if("moved_permanently_to", page.permanent_url);
  json.field("format", document.format_name);
  json.field("encoding", document.encoding);
  json.field("recovered", document.recovered);
  json.field_if("title", document.feed.title);
  json.field_if("language", document.feed.language);
  json.field("bytes", page.bytes.size());
  json.field("entries", document.feed.entries.size());
  json.field("articles", normalized.articles.size());
  json.key("problems");
  json.begin_array();
  for (const std::string& problem : document.problems) json.value(problem);
  for (const std::string& reason : normalized.rejected) json.value(reason);
  json.end_array();
  json.end_object();
  return write_output(out + "\n");
}

Result<void> discover(const Arguments& arguments) {
  const Source source = TRY(source_of(arguments, "feeds discover"));
  const Settings settings = TRY(settings_from(arguments));
  const fetch::Page page = TRY(with_context(fetch_once(settings, source), source.settings.url));
  std::string out;
  const auto print = [&out](std::string_view url, std::string_view title, std::string_view type) {
    JsonWriter json(out);
    json.begin_object();
    json.field("url", url);
    json.field_if("title", title);
    json.field_if("type", type);
    json.end_object();
    out += '\n';
  };
  const auto document =
      parse::parse_feed({.bytes = page.bytes, .content_type = page.content_type, .url = page.url});
  if (document) {
    print(page.url, document->feed.title, page.content_type);
  } else {
    for (const auto& feed : normalize::discover_feeds(page.bytes, page.url))
      print(feed.url, feed.title, feed.type);
  }
  if (out.empty()) return not_found(fmt::format("{} names no feeds", page.url));
  return write_output(out);
}

}  // namespace

int run_feeds_check(const Arguments& arguments) {
  return report(check(arguments));
}
int run_feeds_discover(const Arguments& arguments) {
  return report(discover(arguments));
}

}  // namespace tidings::app
