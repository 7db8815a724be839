// Analytics of the time from before articles are kept: what rollups know of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/json_writer.h"
#include "core/result.h"
#include "ports/rollup_store.h"
#include "ports/search_index.h"
#include "serve/analytics_request.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// A value that rollups count as the query does; empty texts: several values together make it up, or
// (without a dimension) all articles do.
struct RolledQuery {
  std::optional<Dimension> dimension;
  std::vector<std::string> values;  // no article has two of them
};

// Which of a series' intervals rollups counted.
struct CountedFrom {
  std::size_t rolled_intervals = 0;  // the first ones; the index counted the others
  std::optional<Dimension> dimension;
};

// Of one request. Rollups count whole hours, and whole days of UTC where they are folded: they are
// asked only for intervals in which retention took articles, since the index has all others
// exactly.
class RolledHistory {
 public:
  // Nothing to complete where no article is missing from the request's time, or rollups are not
  // filled yet.
  static Result<RolledHistory> of(const RollupStore& rollups, SourceDirectory& sources,
                                  const AnalyticsRequest& request);

  // Puts in what rollups have, where the query is everything or one value: counts of intervals,
  // and names of `by` of everything. `counted` has the publishers first, then `by`.
  Result<CountedFrom> complete(const Query& query, Aggregates& counted) const;
  // Likewise for the whole time: `counted` has one interval, and what everything is counted by.
  // True where all of it came from rollups, of the hours that overlap the time.
  Result<bool> complete_top(const Query& query, std::size_t names_max, Aggregates& counted) const;

  // As below, of the request.
  void write_articles_since(JsonWriter& json) const;
  // "counted_from": [{"from": "rollups", "since", "until"}, {"from": "index", …}].
  void write_counted_from(JsonWriter& json, const CountedFrom& counted) const;
  void write_counted_from_rollups(JsonWriter& json) const;

 private:
  RolledHistory(const RollupStore& rollups, SourceDirectory& sources,
                const AnalyticsRequest& request, RollupState state)
      : rollups_(&rollups), sources_(&sources), request_(&request), state_(state) {}

  bool is_needed() const;
  Time rolled_before(std::optional<Dimension> dimension) const;
  Result<std::optional<RolledQuery>> rolled_query(const Query& query) const;
  Result<std::optional<RolledQuery>> rolled_value(Dimension dimension,
                                                  const std::string& text) const;
  Result<std::vector<std::string>> languages_of(const std::string& text) const;
  Result<std::vector<std::string>> sources_of(const std::string& text) const;
  Result<std::optional<std::string>> entity_of(const std::string& text) const;
  Result<std::vector<Bucket>> series_of(const RolledQuery& query,
                                        const std::vector<Time>& boundaries) const;
  Result<void> complete_split(DimensionCounts& counts) const;
  std::vector<Time> whole_hours() const;

  const RollupStore* rollups_;
  SourceDirectory* sources_;
  const AnalyticsRequest* request_;
  RollupState state_;
};

// "articles_since": the time from which on every article is there; of the object that is open.
// Nothing where that is so of all that is counted, from `since` on.
Result<void> write_articles_since(JsonWriter& json, const RollupStore& rollups, Time since);

}  // namespace tidings::serve
