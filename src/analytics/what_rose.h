// What rose at a time of the past, within any query: found in the search index.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "model/query.h"
#include "model/trend.h"
#include "ports/search_index.h"

namespace tidings::analytics {

// Words of titles and stories are no names that the index counts by.
inline constexpr std::array kPastKinds = {TrendKind::Entity, TrendKind::Topic, TrendKind::Place,
                                          TrendKind::Country, TrendKind::Keyphrase};

struct PastQuestion {
  Query query;  // canonical
  Time since{}, until{};
  std::vector<TrendKind> kinds;  // of kPastKinds
  std::size_t most = 20;
};
inline constexpr std::chrono::days kPastMax{366};
inline constexpr std::chrono::days kUsualBefore{28};  // what it is compared with

struct PastTrend {
  Trend trend;  // its windows are how long it rose
  Time until{};
};

struct PastTrends {
  std::vector<PastTrend> trends;  // strongest first
  std::uint64_t articles = 0;     // of the time, that match the query
  std::size_t names = 0;          // that were looked at, hour by hour
  EventSequence cursor{};
  std::vector<std::string> notes;
};

// Of each kind, the 100 names that came most beyond what the weeks before have it are looked at
// hour by hour. What rises at the same time in mostly the same articles is one trend. Copies, and
// articles of one publisher, count like others. InvalidInput where the time is empty or longer than
// kPastMax, or a kind is none of kPastKinds. Takes time as 2 + kinds walks over the articles from
// kUsualBefore before `since` on; at most 100 MB.
Result<PastTrends> what_rose(const SearchIndex& index, const PastQuestion& question);

}  // namespace tidings::analytics
