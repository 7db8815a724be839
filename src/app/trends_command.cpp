// What rises now, and what rose at any time.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analytics/what_rose.h"
#include "app/asking.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/progress.h"
#include "core/json_writer.h"
#include "core/log.h"
#include "core/strings.h"
#include "query/canonical.h"
#include "query/parse.h"
#include "serve/trend_json.h"
#include "serve/trend_views.h"

namespace tidings::app {
namespace {

constexpr long long kLimitMax = 500;
constexpr std::chrono::days kDefaultTime{30};

struct Asked {
  std::vector<TrendKind> kinds;  // empty: all
  std::size_t limit = 20;
  bool as_json = false;
};

Result<Asked> asked(const Arguments& arguments) {
  Asked asked{.as_json = arguments.has("--json")};
  if (const auto written = arguments.get("--kind")) {
    Result<std::vector<TrendKind>> kinds = serve::parse_trend_kinds(*written);
    if (!kinds) return usage_error("--kind: " + kinds.error().message);
    asked.kinds = *std::move(kinds);
  }
  if (const auto limit = arguments.get("--limit")) {
    const auto number = parse_int(*limit);
    if (!number || *number < 1 || *number > kLimitMax)
      return usage_error(
          fmt::format("--limit: '{}' is not a number from 1 to {}", *limit, kLimitMax));
    asked.limit = static_cast<std::size_t>(*number);
  }
  return asked;
}

// RFC 3339, or a day: its first moment in UTC.
Result<Time> time_of(const Arguments& arguments, std::string_view option, Time otherwise) {
  const auto written = arguments.get(option);
  if (!written) return otherwise;
  auto time = parse_rfc3339(*written);
  if (!time && written->size() == 10) time = parse_rfc3339(*written + "T00:00:00Z");
  if (!time)
    return usage_error(fmt::format("{}: '{}' is no time, as in 2026-03-01 or 2026-03-01T18:00:00Z",
                                   option, *written));
  return *time;
}

std::string name_of(const RisingKey& key, const serve::TrendNames& names) {
  const std::string label = names.label(key.key);
  return label.empty() ? key.key.key : label;
}

// "entity  Ana Ruiz — 47 articles in 2 h, …; since …; with storm, coast", or its JSON.
std::string line_of(const serve::ShownTrend& shown, const serve::TrendNames& names, bool as_json) {
  const RisingKey& head = shown.trend.head;
  std::string line;
  if (as_json) {
    JsonWriter json(line);
    json.begin_object();
    serve::write_trend_fields(json, shown, names);
    json.end_object();
    return line += '\n';
  }
  line = fmt::format("{:<9}  {}: {}; since {}", to_string(head.key.kind), name_of(head, names),
                     head.rise.explanation(), format_rfc3339(head.since));
  if (shown.until) line += " until " + format_rfc3339(*shown.until);
  for (std::size_t i = 0; i < shown.trend.related.size(); ++i)
    line += (i == 0 ? "; with " : ", ") + name_of(shown.trend.related[i], names);
  return line += '\n';
}

Result<void> write(Stores& stores, std::span<const serve::ShownTrend> shown, bool as_json) {
  std::vector<Trend> trends;
  trends.reserve(shown.size());
  for (const serve::ShownTrend& one : shown) trends.push_back(one.trend);
  const auto names = TRY(serve::TrendNames::of(trends, stores.articles(), stores.stories()));
  for (const serve::ShownTrend& one : shown) TRY(write_output(line_of(one, names, as_json)));
  return {};
}

Result<void> now(const Arguments& arguments, const Asked& asked) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const TrendList list = TRY(opened->stores->trends().list());
  const std::vector<CurrentTrend> trends = serve::trends_of_kinds(list.trends, asked.kinds);
  std::vector<serve::ShownTrend> shown;
  for (const CurrentTrend& one : trends) {
    if (shown.size() == asked.limit) break;
    shown.push_back({.id = one.id, .trend = one.trend, .until = std::nullopt});
  }
  TRY(write(*opened->stores, shown, asked.as_json));
  if (list.as_of == Time{}) {
    write_error("tidings: nothing was counted yet\n");
  } else {
    write_error(fmt::format("tidings: {} trends, as of {}{}\n", trends.size(),
                            format_rfc3339(list.as_of),
                            list.is_warm ? "" : "; they come two days after the first article"));
  }
  return {};
}

Result<void> past(const Arguments& arguments, const Asked& asked) {
  const SystemClock clock;
  const Time now = clock.now();
  analytics::PastQuestion question{.query = query::canonical(TRY(query::parse_query(
                                       arguments.get("--query").value_or(""), {.now = now}))),
                                   .until = TRY(time_of(arguments, "--until", now)),
                                   .kinds = asked.kinds,
                                   .most = std::min<std::size_t>(asked.limit, 100)};
  question.since = TRY(time_of(arguments, "--since", question.until - kDefaultTime));
  if (question.kinds.empty())
    question.kinds.assign(analytics::kPastKinds.begin(), analytics::kPastKinds.end());
  const auto asking = TRY(Asking::open(arguments));
  const analytics::PastTrends found = TRY(analytics::what_rose(asking->answers(), question));
  std::vector<serve::ShownTrend> shown;
  shown.reserve(found.trends.size());
  for (const analytics::PastTrend& one : found.trends)
    shown.push_back({.trend = one.trend, .until = one.until});
  TRY(write(*asking->opened().stores, shown, asked.as_json));
  for (const std::string& note : found.notes) write_error("tidings: " + note + "\n");
  write_error(fmt::format("tidings: from {} articles; {} names were looked at by the hour\n",
                          with_commas(static_cast<std::int64_t>(found.articles)), found.names));
  return {};
}

Result<void> trends(const Arguments& arguments) {
  const Asked options = TRY(asked(arguments));
  const bool is_past =
      arguments.has("--since") || arguments.has("--until") || arguments.has("--query");
  return is_past ? past(arguments, options) : now(arguments, options);
}

}  // namespace

int run_trends(const Arguments& arguments) {
  return report(trends(arguments));
}

}  // namespace tidings::app
