#include "serve/trend_routes.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analytics/what_rose.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "query/canonical.h"
#include "serve/analytics_request.h"
#include "serve/cache_tags.h"
#include "serve/csv.h"
#include "serve/problem.h"
#include "serve/query_parameter.h"
#include "serve/rolled_history.h"
#include "serve/trend_json.h"
#include "serve/trend_views.h"

namespace tidings::serve {
namespace {

constexpr std::chrono::days kDefaultTime{30};
constexpr std::chrono::minutes kBehindMax{15};

const std::vector<Parameter>& trend_parameters() {
  static const std::vector<Parameter> kParameters = {
      {.name = "kind"},
      {.name = "limit", .kind = ParameterKind::Limit, .max = 100, .default_value = 20},
      {.name = "since", .kind = ParameterKind::Time},
      {.name = "until", .kind = ParameterKind::Time},
      kQueryParameter,
      {.name = "format"},
      {.name = "lang", .kind = ParameterKind::Language},
      kTimeZoneParameter};
  return kParameters;
}

Result<bool> is_csv_asked(const Parameters& parameters) {
  const std::string_view format = parameters.text("format").value_or("json");
  if (format == "json") return false;
  if (format == "csv") return true;
  return bad_parameter("format", "'format' must be json or csv.");
}

Result<std::vector<TrendKind>> kinds_asked(const Parameters& parameters) {
  const auto written = parameters.text("kind");
  if (!written) return std::vector<TrendKind>();
  Result<std::vector<TrendKind>> kinds = parse_trend_kinds(*written);
  if (!kinds) return bad_parameter("kind", kinds.error().message + ".");
  return kinds;
}

bool is_past_asked(const Parameters& parameters) {
  return parameters.time("since") || parameters.time("until") || parameters.text("q");
}

class TrendAnswer {
 public:
  TrendAnswer(const TrendRouteStores& stores, const Call& call)
      : stores_(stores), call_(call), now_(stores.clock.now()) {}

  Result<Content> answer() {
    const Parameters& parameters = call_.parameters;
    kinds_ = TRY(kinds_asked(parameters));
    limit_ = static_cast<std::size_t>(parameters.number("limit").value_or(20));
    as_csv_ = TRY(is_csv_asked(parameters));
    return is_past_asked(parameters) ? past() : now();
  }

 private:
  Result<Content> now() {
    const TrendList list = TRY(stores_.trends.list());
    std::vector<CurrentTrend> shown = trends_of_kinds(list.trends, kinds_);
    if (shown.size() > limit_) shown.resize(limit_);
    std::vector<Trend> trends;
    trends.reserve(shown.size());
    for (CurrentTrend& one : shown) trends.push_back(std::move(one.trend));
    TRY(read_names(trends));
    content_.tags.push_back(trends_tag());
    content_.kept_until = now_ + kMovingKept;
    if (as_csv_) return csv(trends, {});
    json_.begin_object();
    if (list.as_of != Time{}) {
      json_.field("since", list.since);
      json_.field("as_of", list.as_of);
    }
    json_.field("is_warm", list.is_warm);
    json_.key("trends");
    json_.begin_array();
    for (std::size_t i = 0; i < trends.size(); ++i)
      write({.id = shown[i].id, .trend = trends[i], .until = std::nullopt});
    json_.end_array();
    json_.texts_if("notes", notes(list));
    return end();
  }

  std::vector<std::string> notes(const TrendList& list) const {
    std::vector<std::string> notes;
    if (!list.is_warm)
      notes.emplace_back(
          "Trends come two days after the first article: until then it is not known what is "
          "usual.");
    if (list.is_warm && !list.trends.empty() && now_ - list.as_of > kBehindMax)
      notes.emplace_back("These are the trends of some time ago: no article was analyzed since.");
    return notes;
  }

  Result<Content> past() {
    const Parameters& parameters = call_.parameters;
    analytics::PastQuestion question{.query = TRY(asked_query(parameters, now_)),
                                     .until = parameters.time("until").value_or(now_),
                                     .kinds = kinds_,
                                     .most = limit_};
    question.since = parameters.time("since").value_or(question.until - kDefaultTime);
    if (question.kinds.empty())
      question.kinds.assign(analytics::kPastKinds.begin(), analytics::kPastKinds.end());
    for (const TrendKind kind : question.kinds) {
      if (std::ranges::find(analytics::kPastKinds, kind) == analytics::kPastKinds.end())
        return bad_parameter("kind", fmt::format("Of the past it is not known which {} rose: ask "
                                                 "for entity, topic, place, country or keyphrase.",
                                                 to_string(kind)));
    }
    const auto found = analytics::what_rose(stores_.index, question);
    if (!found && found.error().kind == ErrorKind::InvalidInput)
      return bad_parameter("since", found.error().message + ".");
    return write_past(question, TRY(found));
  }

  Result<Content> write_past(const analytics::PastQuestion& question,
                             const analytics::PastTrends& found) {
    std::vector<Trend> trends;
    std::vector<Time> untils;
    for (const analytics::PastTrend& one : found.trends) {
      trends.push_back(one.trend);
      untils.push_back(one.until);
    }
    TRY(read_names(trends));
    TRY(keep_by_index(call_.parameters, now_, stores_.rollups, content_));
    if (as_csv_) return csv(trends, untils);
    json_.begin_object();
    json_.field("since", question.since);
    json_.field("until", question.until);
    const Time compared_since = question.since - analytics::kUsualBefore;
    json_.field("compared_since", compared_since);
    TRY(write_articles_since(json_, stores_.rollups, compared_since));
    json_.field("query", query::to_string(question.query));
    json_.field("articles", found.articles);
    json_.field("names_examined", found.names);
    json_.key("trends");
    json_.begin_array();
    for (std::size_t i = 0; i < trends.size(); ++i) write({.trend = trends[i], .until = untils[i]});
    json_.end_array();
    json_.texts_if("notes", found.notes);
    json_.field("cursor", to_int(found.cursor));
    return end();
  }

  Result<void> read_names(const std::vector<Trend>& trends) {
    names_ = TRY(TrendNames::of(trends, stores_.articles, stores_.stories));
    names_.add_tags(content_.tags);
    return {};
  }

  void write(const ShownTrend& shown) {
    json_.begin_object();
    write_trend_fields(json_, shown, names_);
    json_.end_object();
  }

  // `untils` of the past alone.
  Content csv(const std::vector<Trend>& trends, const std::vector<Time>& untils) {
    CsvWriter csv(content_.body);
    csv.row("kind", "key", "label", "count", "expected", "ratio", "log10_p", "window_minutes",
            "since", "until", "peak_at", "peak_count", "explanation");
    for (std::size_t i = 0; i < trends.size(); ++i) {
      const RisingKey& head = trends[i].head;
      csv.row(to_string(head.key.kind), head.key.key, names_.label(head.key), head.rise.count,
              head.rise.expected, head.rise.ratio(), head.rise.log10_p, head.rise.window.count(),
              format_rfc3339(head.since), untils.empty() ? "" : format_rfc3339(untils[i]),
              format_rfc3339(head.peak_at), head.peak_count, head.rise.explanation());
    }
    content_.content_type = "text/csv; charset=utf-8";
    return std::move(content_);
  }

  Content end() {
    json_.end_object();
    content_.body += '\n';
    return std::move(content_);
  }

  const TrendRouteStores& stores_;
  const Call& call_;
  const Time now_;
  std::vector<TrendKind> kinds_;  // empty: all
  std::size_t limit_ = 0;
  bool as_csv_ = false;
  TrendNames names_;
  Content content_;
  JsonWriter json_{content_.body};
};

}  // namespace

std::vector<Route> trend_routes(const TrendRouteStores& stores) {
  return {{.pattern = "/api/v1/analytics/trends",
           .access = Access::Reader,
           .caching = Caching::ByEvents,
           .parameters = trend_parameters(),
           .handler = [stores](const Call& call) { return TrendAnswer(stores, call).answer(); }}};
}

}  // namespace tidings::serve
