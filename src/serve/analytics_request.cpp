#include "serve/analytics_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "query/canonical.h"
#include "serve/cache_tags.h"
#include "serve/problem.h"
#include "serve/query_parameter.h"

namespace tidings::serve {
namespace {

constexpr std::chrono::days kDefaultTime{30};
constexpr std::array<std::string_view, 5> kQueries = {"q", "q2", "q3", "q4", "q5"};

Result<analytics::Interval> interval_asked(const Parameters& parameters) {
  const auto name = parameters.text("interval");
  if (!name) return analytics::Interval::Day;
  const auto interval = analytics::parse_interval(*name);
  if (!interval) return bad_parameter("interval", "'interval' must be hour, day, week or month.");
  return *interval;
}

Result<bool> is_csv_asked(const Parameters& parameters) {
  const std::string_view format = parameters.text("format").value_or("json");
  if (format == "json") return false;
  if (format == "csv") return true;
  return bad_parameter("format", "'format' must be json or csv.");
}

bool any_moves_with_the_clock(const Parameters& parameters, Time now) {
  return !parameters.time("until") || std::ranges::any_of(kQueries, [&](std::string_view name) {
    return parameters.text(name) && moves_with_the_clock(parameters, now, name);
  });
}

}  // namespace

std::vector<Parameter> analytics_parameters(std::vector<Parameter> more) {
  std::vector<Parameter> parameters = {
      kQueryParameter,
      {.name = "since", .kind = ParameterKind::Time},
      {.name = "until", .kind = ParameterKind::Time},
      {.name = "limit", .kind = ParameterKind::Limit, .max = 100, .default_value = 10},
      {.name = "format"},
      {.name = "lang", .kind = ParameterKind::Language},
      kTimeZoneParameter};
  parameters.insert(parameters.end(), more.begin(), more.end());
  return parameters;
}

Query within(Query query, Time since, Time until) {
  Query time{.kind = QueryKind::Range,
             .field = QueryField::Published,
             .at_least = static_cast<double>(to_micros(since)),
             .below = static_cast<double>(to_micros(until))};
  Query both{.kind = QueryKind::And};
  both.parts.push_back(std::move(query));
  both.parts.push_back(std::move(time));
  return query::canonical(std::move(both));
}

Result<void> keep_by_index(const Parameters& parameters, Time now, const RollupStore& rollups,
                           Content& content) {
  const std::vector<CacheTag> tags = search_answer_tags();
  content.tags.insert(content.tags.end(), tags.begin(), tags.end());
  const bool has_rollups = TRY(rollups.state()).removed_before.has_value();
  if (has_rollups || any_moves_with_the_clock(parameters, now))
    content.kept_until = now + kMovingKept;
  return {};
}

Result<AnalyticsRequest> analytics_request(const Parameters& parameters, Time now) {
  AnalyticsRequest request{
      .until = parameters.time("until").value_or(now),
      .interval = TRY(interval_asked(parameters)),
      .time_zone = TRY(asked_time_zone(parameters)),
      .names_max = static_cast<std::size_t>(parameters.number("limit").value_or(10)),
      .as_csv = TRY(is_csv_asked(parameters))};
  request.since = parameters.time("since").value_or(request.until - kDefaultTime);
  for (const std::string_view name : kQueries) {
    if (name == kQueries.front() || parameters.text(name))
      request.queries.push_back(TRY(asked_query(parameters, now, name)));
  }
  auto boundaries = analytics::time_buckets(request.since, request.until, request.interval,
                                            request.time_zone, kBucketsMax);
  if (!boundaries) return bad_parameter("since", boundaries.error().message + ".");
  request.boundaries = *std::move(boundaries);
  return request;
}

}  // namespace tidings::serve
