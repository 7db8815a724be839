// Counts over time, written with the cursor that they follow from. Adapters: sqlite, postgres,
// memory. Every adapter passes tests/contract/rollup_store_contract.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "ports/event_log.h"

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

class RollupStore {
 public:
  virtual ~RollupStore() = default;

  // Adds the counts and takes the consumer's step in one commit. Conflict as CursorMove says;
  // nothing is added then.
  virtual Result<void> add(std::span<const HourlyCount> counts, const CursorMove& move) = 0;

  // Summed per hour over the sources and languages that the query leaves open, with the query's own
  // in the rows; hours without articles are left out; ascending.
  virtual Result<std::vector<HourlyCount>> per_hour(const HourlyQuery& query) const = 0;
  // Totals of the window by source (language empty) and by language (source_id 0), largest first,
  // equal ones by source or language, at most `limit`.
  virtual Result<std::vector<HourlyCount>> top_sources(const HourlyQuery& query,
                                                       std::size_t limit) const = 0;
  virtual Result<std::vector<HourlyCount>> top_languages(const HourlyQuery& query,
                                                         std::size_t limit) const = 0;
};

}  // namespace tidings
