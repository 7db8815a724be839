// Several queries counted over the same time, and each two of them beside each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "analytics/correlation.h"
#include "core/json_writer.h"
#include "core/result.h"
#include "ports/search_index.h"
#include "serve/analytics_request.h"

namespace tidings::serve {

inline constexpr std::size_t kPublishersCounted = 100'000;  // different ones of an interval

struct Series {
  std::vector<Aggregates> counted;  // of each query; the first dimension is the publisher
  Aggregates all;                   // of everything that came in
};

Result<Series> count_series(const SearchIndex& index, const AnalyticsRequest& request,
                            const std::vector<Dimension>& by);

// "interval", and under `name` an object of each query: its counts, what `write_more` adds to the
// open object of the query with that number, and notes.
Result<void> write_queries(JsonWriter& json, const AnalyticsRequest& request, const Series& series,
                           std::string_view name,
                           const std::function<Result<void>(std::size_t)>& write_more);

struct Comparison {
  std::size_t first = 0, second = 0;  // of the queries
  std::uint64_t articles = 0;         // that match both
  std::uint64_t publishers = 0;       // that have articles of both
  analytics::Correlation together, best;
};

// Of each two.
Result<std::vector<Comparison>> compare_series(const SearchIndex& index,
                                               const AnalyticsRequest& request,
                                               const Series& series);

// "comparisons": [{"first","second","articles","publishers","together","best"}, …].
void write_comparisons(JsonWriter& json, const std::vector<Comparison>& comparisons);

}  // namespace tidings::serve
