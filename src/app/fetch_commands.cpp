// Commands that ask a publisher once and store nothing: feeds check and feeds discover.
#include <memory>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/connector_files.h"
#include "app/feed_lookup.h"
#include "app/feed_options.h"
#include "app/files.h"
#include "app/master_keys.h"
#include "app/opened.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"
#include "fetch/carry_access.h"
#include "fetch/fetcher.h"
#include "model/access.h"
#include "normalize/normalize.h"
#include "parse/parse.h"
#include "pipeline/api_refresh.h"

namespace tidings::app {
namespace {

// What its source carries where the address is followed here; nothing where it is not, or where
// there is no installation.
Result<SourceAccess> access_of_followed(const Arguments& arguments, const std::string& url) {
  const auto opened = open(arguments, Installation::MustExist);
  if (!opened) return SourceAccess();
  const Result<Source> followed = (*opened)->stores->sources().find_by_url(url);
  if (!followed || followed->settings.access.empty()) return SourceAccess();
  const auto sealer = make_sealer((*opened)->settings);
  return open_access(followed->settings.access, followed->id, *sealer);
}

// Asks as the server would, through the same door, and waits.
Result<fetch::Page> fetch_once(const Settings& settings, const Source& source,
                               const SourceAccess& access) {
  const auto http = TRY(open_http(settings));
  HttpRequest request = fetch::feed_request(source, settings.fetch);
  fetch::carry_access(request, access);
  fetch::FetchResult fetched =
      fetch::read_response(source, ask(*http, std::move(request)), SystemClock().now());
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

// The keys of an installation, opened where one is asked for: a connector that needs none can be
// checked without an installation.
pipeline::ApiAccess access_of_installation(const Arguments& arguments, const Settings& settings) {
  return {.find_connector = [settings](const std::string& name) -> Result<connectors::Connector> {
            return read_connector_file(TRY(find_connector_file(settings, name)));
          },
          .find_secret = [&arguments](const std::string& name) -> Result<std::string> {
            const auto opened = TRY(open(arguments, Installation::MustExist));
            const auto sealer = make_sealer(opened->settings);
            return std::string(TRY(open_secret(opened->stores->secrets(), *sealer, name)).view());
          }};
}

// The first page of a news API, as a refresh would read it.
Result<void> check_api(const Arguments& arguments, const Settings& settings, Source source) {
  source.settings.url = TRY(checked_address(settings, source.settings.url));
  const auto http = TRY(open_http(settings));
  const Time now = SystemClock().now();
  pipeline::ApiRefresh refresh(source, now);
  bool has_more = false;
  if (refresh.begin(access_of_installation(arguments, settings), now)) {
    if (std::optional<HttpRequest> request = refresh.next_request(settings.fetch)) {
      has_more = refresh.take({.response = ask(*http, *std::move(request))},
                              [](std::span<const Hash128>) { return Result<bool>(false); });
    }
  }
  http->shutdown();
  const pipeline::Refreshed refreshed = refresh.finish(now, 0, {});
  const SourceState& state = refreshed.batch.state;
  if (state.problem) {
    return Error{ErrorKind::Unavailable, source.settings.url + ": " + state.problem->message,
                 state.problem->error_class};
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("url", source.settings.url);
  json.field("title", state.feed_title);
  json.field("articles", refreshed.batch.articles.size());
  json.field("has_more_pages", has_more);
  json.texts("problems", refresh.impaired());
  json.end_object();
  return write_output(out + "\n");
}

Result<void> check(const Arguments& arguments) {
  const Source source = TRY(source_of(arguments, "feeds check"));
  const Settings settings = TRY(settings_from(arguments));
  if (kind_of(source.settings.url) == SourceKind::Api)
    return check_api(arguments, settings, source);
  const std::string& url = source.settings.url;
  const SourceAccess access = TRY(with_context(access_of_followed(arguments, url), url));
  const fetch::Page page = TRY(with_context(fetch_once(settings, source, access), url));
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
  std::string out;
  for (const pipeline::FoundFeed& feed :
       TRY(discover_feeds(TRY(settings_from(arguments)), source.settings.url))) {
    JsonWriter json(out);
    json.begin_object();
    json.field("url", feed.url);
    json.field_if("title", feed.title);
    json.field("format", feed.format);
    json.field("entries", feed.entries);
    json.field("found_by", pipeline::to_string(feed.by));
    json.end_object();
    out += '\n';
  }
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
