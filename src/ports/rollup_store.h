// Counts over time, written with the cursor that they follow from. Adapters: sqlite, postgres,
// memory. Every adapter passes tests/contract/rollup_store_contract.h.
//
// Two kinds. Arrivals: how many articles came in each hour, by source and language together; what
// happened then does not change any more. Rollups: how many were published in each hour and in
// which tone, all of them and by each value of a dimension; they follow what becomes of an article
// while it is kept, and outlive it when retention takes it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ports/event_log.h"
#include "ports/search_index.h"

namespace tidings {

// How many articles were added in an hour. Hours are UTC, by the event's time.
struct HourlyCount {
  Time hour{};
  SourceId source_id{};
  std::string language;  // empty when unknown
  std::int64_t articles = 0;
  friend bool operator==(const HourlyCount&, const HourlyCount&) = default;
};

struct HourlyQuery {
  Time since{}, until{};  // hours in [since, until)
  std::optional<SourceId> source_id;
  std::string language;  // empty: any; else as in ArticleQuery
};

// Keyphrases and authors are not rolled up: hardly any comes twice.
constexpr bool is_rolled(Dimension dimension) {
  return dimension != Dimension::Keyphrase && dimension != Dimension::Author;
}
// Of old days their values of one article are left out (RollupFold).
constexpr bool has_rare_values(Dimension dimension) {
  return dimension == Dimension::Entity || dimension == Dimension::Place;
}
// Of old days they are kept by the day (RollupFold).
constexpr bool has_many_values(Dimension dimension) {
  return dimension == Dimension::Source || dimension == Dimension::Publisher ||
         has_rare_values(dimension);
}

// What an article counts for: `value` as queries spell it (query/values.h), which tells values of a
// dimension apart; name and text as NamedCounts has them, of the first article that had it.
struct RolledValue {
  Dimension dimension{};
  std::string value;
  std::string name, text;
};
inline constexpr std::size_t kRolledValuesMax = 200;      // of an article
inline constexpr std::size_t kRolledValueBytesMax = 256;  // longer ones are not counted

struct RolledArticle {
  ArticleId article_id{};
  Time published{};
  std::optional<std::int8_t> sentiment;  // hundredths
  std::vector<RolledValue> values;       // each once
};

struct RollupStep {
  std::span<const HourlyCount> arrived;
  std::span<const RolledArticle> articles;  // each once
  std::span<const ArticleId> removed;
};

// What is made coarser because it is old. Bounds are moved to the begin of their day in UTC, and
// are never taken back.
struct RollupFold {
  Time hours_before{};    // dimensions with many values are counted by the day before it
  Time singles_before{};  // before it, rare values that one article of a day had are left out
  std::size_t rows_max = 5'000;  // per call, up to the end of a day
};

struct RollupState {
  // Articles up to this one are counted; those after it may not be: see fill(). Absent: all are.
  std::optional<ArticleId> filled_to;
  // Retention took an article from before it: only rollups know all of that time. Absent: none.
  std::optional<Time> removed_before;
  Time hours_before{}, singles_before{};  // as in RollupFold, what was done; 1970: nothing
  friend bool operator==(const RollupState&, const RollupState&) = default;
};

// Safe to call from many threads. A call that returned success survives a crash.
//
// Rollups equal a count over all articles that were ever counted, but for those that their owner
// removed, each by what it counted for last. Except: an article that retention takes before it was
// counted never is; and of days before RollupState::singles_before, what happens to an article
// changes a rare value only where that is still counted.
class RollupStore {
 public:
  virtual ~RollupStore() = default;

  // All in one commit with the consumer's step; Conflict as CursorMove says, nothing is done then.
  // Arrivals are added. What was counted of these articles before is replaced; those that are not
  // in the store any more are passed over. What was counted of the removed ones is taken back, if
  // retention did not take them: then it stays.
  virtual Result<void> apply(const RollupStep& step, const CursorMove& move) = 0;

  // A new store is to be filled with the articles that are there already, in the order of their
  // ids. Counts those after `from` up to `to`, absent: up to the last; what apply() has counted
  // already is passed over: it is as new. Conflict when `from` is not where it was filled to:
  // another process was faster.
  virtual Result<void> fill(std::span<const RolledArticle> articles, ArticleId from,
                            std::optional<ArticleId> to) = 0;

  // A step of what RollupFold says; how many rows it changed. Call again until that is 0.
  virtual Result<std::size_t> fold(const RollupFold& fold) = 0;

  virtual Result<RollupState> state() const = 0;

  // Counts of the hours, or days, that begin in [boundaries[i], boundaries[i + 1]); ascending, at
  // least two. Without a dimension all articles. Empty where no article had the value.
  virtual Result<std::vector<Bucket>> series(std::optional<Dimension> dimension,
                                             std::string_view value,
                                             std::span<const Time> boundaries) const = 0;
  // Likewise the values that most articles have in all of that time, equal ones by name, at most
  // `limit` of them; `buckets` of the first kRolledSplitMax, and where there are several intervals.
  virtual Result<std::vector<NamedCounts>> top(Dimension dimension,
                                               std::span<const Time> boundaries,
                                               std::size_t limit) const = 0;

  // Arrivals, summed per hour over the sources and languages that the query leaves open, with the
  // query's own in the rows; hours without articles are left out; ascending.
  virtual Result<std::vector<HourlyCount>> per_hour(const HourlyQuery& query) const = 0;
  // Arrivals of the window by source (language empty) and by language (source_id 0), largest first,
  // equal ones by source or language, at most `limit`.
  virtual Result<std::vector<HourlyCount>> top_sources(const HourlyQuery& query,
                                                       std::size_t limit) const = 0;
  virtual Result<std::vector<HourlyCount>> top_languages(const HourlyQuery& query,
                                                         std::size_t limit) const = 0;
};
inline constexpr std::size_t kRolledSplitMax = 100;

}  // namespace tidings
