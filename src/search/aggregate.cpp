#include "search/aggregate.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "search/count.h"
#include "search/dimension_counter.h"

namespace tidings::search {
namespace {

// Where a segment's documents pass from one bucket to the next: bucket `first` begins at document
// `ends[0]` going back in time.
class DocumentBuckets {
 public:
  // The newest bucket comes first: its documents have the smallest numbers.
  DocumentBuckets(const Columns& columns, std::span<const Time> boundaries) {
    for (std::size_t i = boundaries.size(); i > 0; --i)
      begins_.push_back(columns.first_before(to_micros(boundaries[i - 1])));
  }
  std::size_t buckets() const { return begins_.empty() ? 1 : begins_.size() - 1; }

  // Calls `each` with (place, bucket) for the set's documents that lie in a bucket.
  template <class Each>
  void each(Window window, const DocumentSet& set, Each&& each) {
    if (begins_.empty()) {
      set.each([&](std::uint32_t place) { each(place, std::size_t{0}); });
      return;
    }
    set.each([&](std::uint32_t place) {
      const std::uint32_t document = window.begin + place;
      while (at_ < begins_.size() && document >= begins_[at_]) ++at_;
      if (at_ > 0 && at_ < begins_.size()) each(place, buckets() - at_);
    });
  }

 private:
  std::vector<std::uint32_t>
      begins_;  // documents before the last boundary, before the one before …
  std::size_t at_ = 0;
};

}  // namespace

Aggregates aggregate(const Snapshot& snapshot, const AggregateRequest& request) {
  const std::size_t buckets = std::max<std::size_t>(request.boundaries.size(), 2) - 1;
  Aggregates result;
  result.buckets.resize(buckets);
  std::vector<DimensionCounter> counters;
  counters.reserve(request.dimensions.size());
  for (const Dimension dimension : request.dimensions)
    counters.emplace_back(dimension, buckets, request.only);
  std::vector<Expansion> expansions = expansions_of(request.query);
  for (const SegmentView& view : snapshot.segments) {
    const Columns& columns = view.segment->columns();
    Matcher matcher(view, request.query, expansions);
    DocumentBuckets by_time(columns, request.boundaries);
    for (DimensionCounter& counter : counters) counter.begin(columns);
    each_match(view, matcher, [&](Window window, const DocumentSet& set) {
      const std::int8_t* sentiments = columns.sentiments().data() + window.begin;
      by_time.each(window, set, [&](std::uint32_t place, std::size_t bucket) {
        count(sentiments[place], result.buckets[bucket]);
        for (DimensionCounter& counter : counters)
          counter.add(window.begin + place, bucket, sentiments[place]);
      });
    });
    for (DimensionCounter& counter : counters) counter.end();
  }
  for (const Bucket& bucket : result.buckets) result.total += bucket;
  for (DimensionCounter& counter : counters) {
    if (counter.is_cut_short())
      result.notes.push_back(fmt::format("{}: too many names to count each of them over time",
                                         to_string(counter.dimension())));
    result.dimensions.push_back(counter.take(request.names_max));
  }
  return result;
}

}  // namespace tidings::search
