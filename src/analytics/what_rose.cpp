#include "analytics/what_rose.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analytics/past_trends.h"
#include "query/canonical.h"
#include "query/parse.h"
#include "query/values.h"

namespace tidings::analytics {
namespace {

constexpr std::size_t kNamesCounted = 20'000;  // of a kind, once
constexpr std::size_t kNamesExamined = 100;    // of a kind, by the hour
constexpr std::size_t kGroupedPerAsked = 3;    // rises that are compared for each that is shown
constexpr std::size_t kArticlesCompared = 200;
constexpr double kSharedShare = 0.4;  // as of those that rise now
constexpr std::size_t kSharedMin = 3;
constexpr std::chrono::hours kHour{1};

struct Kind {
  TrendKind kind;
  Dimension dimension;
  QueryField field;  // Any: a phrase of the text
};
constexpr std::array<Kind, kPastKinds.size()> kKinds = {
    {{TrendKind::Entity, Dimension::Entity, QueryField::Entity},
     {TrendKind::Topic, Dimension::Topic, QueryField::Topic},
     {TrendKind::Place, Dimension::Place, QueryField::Place},
     {TrendKind::Country, Dimension::About, QueryField::About},
     {TrendKind::Keyphrase, Dimension::Keyphrase, QueryField::Any}}};

const Kind* find_kind(TrendKind kind) {
  const auto* const found = std::ranges::find(kKinds, kind, &Kind::kind);
  return found == kKinds.end() ? nullptr : found;
}

Query both(Query first, Query second) {
  Query query{.kind = QueryKind::And};
  query.parts = {std::move(first), std::move(second)};
  return query::canonical(std::move(query));
}

Query within(const Query& query, Time since, Time until) {
  return both(query, {.kind = QueryKind::Range,
                      .field = QueryField::Published,
                      .at_least = static_cast<double>(to_micros(since)),
                      .below = static_cast<double>(to_micros(until))});
}

Result<Query> query_of(const TrendKey& key) {
  const QueryField field = find_kind(key.kind)->field;
  if (field != QueryField::Any)
    return Query{
        .kind = QueryKind::Value, .field = field, .text = TRY(query::value_text(field, key.key))};
  std::string phrase = key.key;
  std::ranges::replace(phrase, '"', ' ');
  return query::parse_query('"' + phrase + '"', {});
}

// A name that rose, and which articles it had then.
struct Candidate {
  PastTrend found;
  std::vector<std::int64_t> articles;  // ascending
};

class WhatRose {
 public:
  WhatRose(const SearchIndex& index, const PastQuestion& question)
      : index_(index),
        question_(question),
        begin_(std::chrono::floor<std::chrono::hours>(question.since) - kUsualBefore),
        end_(std::chrono::ceil<std::chrono::hours>(question.until)) {}

  Result<PastTrends> find() {
    for (Time at = begin_; at <= end_; at += kHour) hours_.push_back(at);
    const Aggregates all = TRY(index_.aggregate({.query = question_.query, .boundaries = hours_}));
    result_.cursor = all.cursor;
    TRY(count_names());
    for (std::size_t i = 0; i < question_.kinds.size(); ++i)
      TRY(examine(*find_kind(question_.kinds[i]), names_[i], all.buckets));
    std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
      const RisingKey& one = a.found.trend.head;
      const RisingKey& other = b.found.trend.head;
      return std::pair(-one.rise.rank(), one.key.key) <
             std::pair(-other.rise.rank(), other.key.key);
    });
    TRY(group());
    return std::move(result_);
  }

 private:
  // Of each kind the names to be examined.
  Result<void> count_names() {
    std::vector<Dimension> dimensions;
    dimensions.reserve(question_.kinds.size());
    for (const TrendKind kind : question_.kinds) dimensions.push_back(find_kind(kind)->dimension);
    const Aggregates during =
        TRY(index_.aggregate({.query = within(question_.query, question_.since, question_.until),
                              .dimensions = dimensions,
                              .names_max = kNamesCounted}));
    const Aggregates before =
        TRY(index_.aggregate({.query = within(question_.query, begin_, question_.since),
                              .dimensions = dimensions,
                              .names_max = kNamesCounted}));
    result_.articles = during.total.articles;
    result_.notes = during.notes;
    const double share = static_cast<double>(during.total.articles) /
                         std::max(1.0, static_cast<double>(before.total.articles));
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      names_.push_back(
          most_beyond_usual(during.dimensions[i].top, before.dimensions[i].top, share));
      counted_ += during.dimensions[i].top.size();
    }
    return {};
  }

  static std::vector<std::string> most_beyond_usual(std::span<const NamedCounts> during,
                                                    std::span<const NamedCounts> before,
                                                    double share) {
    std::map<std::string_view, std::uint64_t> usual;
    for (const NamedCounts& one : before) usual[one.name] = one.total.articles;
    std::vector<std::pair<double, std::string_view>> scored;
    for (const NamedCounts& one : during) {
      const auto count = static_cast<double>(one.total.articles);
      if (count < PastRules().count_min) break;  // most articles first
      const auto known = usual.find(one.name);
      const double expected =
          share * (known == usual.end() ? 0.5 : static_cast<double>(known->second));
      scored.emplace_back(-(count - expected) / std::sqrt(expected + 1), one.name);
    }
    std::ranges::sort(scored);
    if (scored.size() > kNamesExamined) scored.resize(kNamesExamined);
    std::vector<std::string> names;
    names.reserve(scored.size());
    for (const auto& [score, name] : scored) names.emplace_back(name);
    return names;
  }

  Result<void> examine(const Kind& kind, const std::vector<std::string>& names,
                       std::span<const Bucket> all) {
    if (names.empty()) return {};
    result_.names += names.size();
    const Aggregates counts = TRY(index_.aggregate({.query = question_.query,
                                                    .boundaries = hours_,
                                                    .dimensions = {kind.dimension},
                                                    .names_max = names.size(),
                                                    .only = names}));
    for (const NamedCounts& one : counts.dimensions.front().top) {
      std::vector<HourOfKey> series;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].articles == 0) continue;
        series.push_back({.hour = hours_[i],
                          .count = static_cast<double>(one.buckets[i].articles),
                          .articles = static_cast<double>(all[i].articles)});
      }
      add_periods(kind, one, series);
    }
    return {};
  }

  // Of each name the strongest. As if each name that came had been examined (Bonferroni).
  void add_periods(const Kind& kind, const NamedCounts& name, std::span<const HourOfKey> series) {
    PastRules rules;
    rules.log10_p_max -= std::log10(std::max(1.0, static_cast<double>(counted_) / kNamesExamined));
    std::optional<RisingPeriod> strongest;
    for (const RisingPeriod& period : rising_periods(series, rules)) {
      if (period.end <= question_.since || period.begin >= question_.until) continue;
      if (!strongest || period.log10_p < strongest->log10_p) strongest = period;
    }
    if (!strongest) return;
    Candidate& found = candidates_.emplace_back();
    found.found.until = strongest->end;
    found.found.trend.head = {.key = {.kind = kind.kind, .key = name.name, .label = name.text},
                              .rise = {.window = std::chrono::duration_cast<std::chrono::minutes>(
                                           strongest->end - strongest->begin),
                                       .count = static_cast<int>(strongest->count),
                                       .expected = strongest->expected,
                                       .discounted = strongest->count,
                                       .log10_p = strongest->log10_p},
                              .since = strongest->begin,
                              .peak_count = static_cast<int>(strongest->peak_count),
                              .peak_at = strongest->peak};
  }

  Result<void> group() {
    candidates_.resize(std::min(candidates_.size(), question_.most * kGroupedPerAsked));
    std::vector<std::size_t> heads;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      TRY(read_articles(candidates_[i]));
      const auto head = std::ranges::find_if(
          heads, [&](std::size_t one) { return is_of(candidates_[i], candidates_[one]); });
      if (head == heads.end()) {
        heads.push_back(i);
      } else {
        std::vector<RisingKey>& related = candidates_[*head].found.trend.related;
        if (related.size() < kTrendRelatedMax)
          related.push_back(std::move(candidates_[i].found.trend.head));
      }
    }
    if (heads.size() > question_.most) heads.resize(question_.most);
    result_.trends.reserve(heads.size());
    for (const std::size_t one : heads) result_.trends.push_back(std::move(candidates_[one].found));
    return {};
  }

  Result<void> read_articles(Candidate& candidate) const {
    Trend& trend = candidate.found.trend;
    const auto named = query_of(trend.head.key);
    if (!named) return {};  // a phrase without words, say: it stands alone
    const SearchAnswer answer = TRY(index_.search(
        {.query = within(both(question_.query, *named), trend.head.since, candidate.found.until),
         .sort = SearchSort::Newest,
         .limit = kArticlesCompared,
         .per_story = false}));
    for (const SearchHit& hit : answer.hits) {
      candidate.articles.push_back(to_int(hit.article_id));
      if (trend.articles.size() < kTrendArticlesMax) trend.articles.push_back(hit.article_id);
    }
    std::ranges::sort(candidate.articles);
    return {};
  }

  static bool is_of(const Candidate& one, const Candidate& head) {
    std::vector<std::int64_t> shared;
    std::ranges::set_intersection(one.articles, head.articles, std::back_inserter(shared));
    const std::size_t all = one.articles.size() + head.articles.size() - shared.size();
    return shared.size() >= kSharedMin &&
           static_cast<double>(shared.size()) >= kSharedShare * static_cast<double>(all);
  }

  const SearchIndex& index_;
  const PastQuestion& question_;
  const Time begin_, end_;
  std::vector<Time> hours_;
  std::vector<std::vector<std::string>> names_;  // of each kind
  std::size_t counted_ = 0;
  std::vector<Candidate> candidates_;
  PastTrends result_;
};

}  // namespace

Result<PastTrends> what_rose(const SearchIndex& index, const PastQuestion& question) {
  if (question.until <= question.since) return invalid_input("the time is empty");
  if (question.until - question.since > kPastMax)
    return invalid_input(fmt::format("at most {} days at once", kPastMax.count()));
  for (const TrendKind kind : question.kinds) {
    if (find_kind(kind) == nullptr)
      return invalid_input(fmt::format("the index does not count by {}", to_string(kind)));
  }
  return WhatRose(index, question).find();
}

}  // namespace tidings::analytics
