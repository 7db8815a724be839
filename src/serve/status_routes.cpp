#include "serve/status_routes.h"

#include <algorithm>

#include "core/json_writer.h"

namespace tidings::serve {
namespace {

using std::chrono::hours;

constexpr hours kDefaultWindow{24};
constexpr hours kWindowMax{24 * 92};
constexpr std::size_t kTopMax = 20;

const std::vector<Parameter> kStatsParameters = {
    {.name = "since", .kind = ParameterKind::Time},
    {.name = "until", .kind = ParameterKind::Time},
    {.name = "source", .kind = ParameterKind::Id},
    {.name = "language", .kind = ParameterKind::Language},
};

// Whole hours: the window that was asked for, widened to them.
Result<HourlyQuery> window_of(const Parameters& parameters, Time now) {
  HourlyQuery query;
  query.until = std::chrono::ceil<hours>(parameters.time("until").value_or(now));
  const Time since = parameters.time("since").value_or(query.until - kDefaultWindow);
  query.since = std::chrono::floor<hours>(since);
  if (query.since >= query.until) {
    return bad_parameter("since", "'since' must be earlier than 'until'.");
  }
  if (query.until - query.since > kWindowMax) {
    return bad_parameter("since", "The window from 'since' to 'until' may span 92 days.");
  }
  if (const auto source = parameters.number("source")) query.source_id = SourceId(*source);
  query.language = parameters.text("language").value_or("");
  return query;
}

Result<void> write_rollups(JsonWriter& json, const RollupStore& rollups, const HourlyQuery& query,
                           SourceDirectory& sources) {
  json.key("articles_per_hour");
  json.begin_array();
  for (const HourlyCount& count : TRY(rollups.per_hour(query))) {
    json.begin_object();
    json.field("hour", count.hour);
    json.field("articles", count.articles);
    json.end_object();
  }
  json.end_array();
  json.key("top_sources");
  json.begin_array();
  for (const HourlyCount& count : TRY(rollups.top_sources(query, kTopMax))) {
    const SourceLabel label = TRY(sources.label(count.source_id));
    json.begin_object();
    json.field("source_id", to_int(count.source_id));
    json.field_if("source_title", label.title);
    json.field("articles", count.articles);
    json.end_object();
  }
  json.end_array();
  json.key("top_languages");
  json.begin_array();
  for (const HourlyCount& count : TRY(rollups.top_languages(query, kTopMax))) {
    json.begin_object();
    json.field_if("language", count.language);
    json.field("articles", count.articles);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<void> write_progress(JsonWriter& json, const Dependencies& dependencies) {
  const std::int64_t head = to_int(TRY(dependencies.events.head()));
  json.key("events");
  json.begin_object();
  json.field("head", head);
  json.key("consumers");
  json.begin_array();
  if (dependencies.consumers) {
    for (const ConsumerProgress& consumer : TRY(dependencies.consumers())) {
      json.begin_object();
      json.field("name", consumer.name);
      json.field("cursor", to_int(consumer.cursor));
      json.field("lag", std::max<std::int64_t>(0, head - to_int(consumer.cursor)));
      json.end_object();
    }
  }
  json.end_array();
  json.end_object();
  return {};
}

Result<Content> stats(const Dependencies& dependencies, SourceDirectory& sources,
                      const Call& call) {
  const HourlyQuery query = TRY(window_of(call.parameters, dependencies.clock.now()));
  const ArticleCounts counts = TRY(dependencies.articles.counts());
  Content content;
  JsonWriter json(content.body);
  json.begin_object();
  json.field("articles", counts.articles);
  json.field("sources", counts.sources);
  json.field("sources_failing", counts.sources_failing);
  json.field("since", query.since);
  json.field("until", query.until);
  TRY(write_rollups(json, dependencies.rollups, query, sources));
  TRY(write_progress(json, dependencies));
  json.end_object();
  content.body += '\n';
  return content;
}

Result<Content> deep_health(const std::vector<HealthCheck>& checks) {
  Content content{.cache_control = "no-store"};
  std::string list;
  JsonWriter items(list);
  items.begin_array();
  for (const HealthCheck& check : checks) {
    const HealthReport report = check.check();
    if (!report.ok) content.status = 503;
    items.begin_object();
    items.field("name", check.name);
    items.field("status", report.ok ? "ok" : "failing");
    items.field_if("detail", report.detail);
    if (!report.ok) items.field_if("remedy", report.remedy);
    items.end_object();
  }
  items.end_array();
  JsonWriter json(content.body);
  json.begin_object();
  json.field("status", content.status == 200 ? "ok" : "failing");
  json.key("checks");
  json.raw(list);
  json.end_object();
  content.body += '\n';
  if (content.status == 503) content.headers.emplace_back("Retry-After", "10");
  return content;
}

}  // namespace

std::vector<Route> status_routes(const Dependencies& dependencies, SourceDirectory& sources) {
  return {
      // Not kept in the cache: counts follow the events, with a consumer's lag.
      {.pattern = "/api/v1/stats",
       .access = Access::Reader,
       .parameters = kStatsParameters,
       .handler = [&](const Call& call) { return stats(dependencies, sources, call); }},
      {.pattern = "/health",
       .access = Access::Anyone,
       .serving = Serving::OnLoop,
       .handler = [](const Call&) -> Result<Content> {
         return Content{.body = "{\"status\":\"ok\"}\n", .cache_control = "no-store"};
       }},
      {.pattern = "/health/deep",
       .access = Access::Operator,
       .handler = [&](const Call&) { return deep_health(dependencies.checks); }},
      // Without a worker: they may all be waiting for a store just when somebody has to look.
      {.pattern = "/metrics",
       .access = Access::Operator,
       .serving = Serving::OnLoop,
       .handler = [&](const Call&) -> Result<Content> {
         return Content{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                        .body = dependencies.metrics.render(),
                        .cache_control = "no-store"};
       }},
  };
}

}  // namespace tidings::serve
