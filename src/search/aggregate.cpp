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
#include "search/dimension_column.h"

namespace tidings::search {
namespace {

void add(Bucket& bucket, std::int8_t sentiment) {
  ++bucket.articles;
  if (sentiment == kNoSentiment) return;
  ++bucket.toned;
  bucket.tone_sum += sentiment;
}

void add(Bucket& bucket, const Bucket& other) {
  bucket.articles += other.articles;
  bucket.toned += other.toned;
  bucket.tone_sum += other.tone_sum;
}

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

// Counts of one dimension in one segment, by slot.
struct SegmentCounts {
  std::vector<Bucket> totals;
  std::vector<Bucket> by_bucket;  // slot · buckets + bucket; where there are several buckets
};

struct Sum {
  std::string text;
  Bucket total;
  std::vector<Bucket> buckets;
};

// A name is followed by the form to show, where it has one.
constexpr char kNameEnd = '\x1F';

class DimensionCounter {
 public:
  DimensionCounter(Dimension dimension, std::size_t buckets, std::span<const std::string> only)
      : dimension_(dimension), buckets_(buckets), only_(only.begin(), only.end()) {}

  void begin(const Columns& columns) {
    column_ = &columns.named(column_of(dimension_));
    select_names();
    const std::size_t names = std::max<std::size_t>(numbers_.size(), 1);
    counts_.totals.assign(names, {});
    // Few are shown: what is counted apart by time must not be more than fits.
    has_buckets_ = buckets_ > 1 && names * buckets_ <= kCellsMax;
    is_cut_short_ |= buckets_ > 1 && !has_buckets_;
    counts_.by_bucket.assign(has_buckets_ ? names * buckets_ : 0, {});
  }
  void add(std::uint32_t document, std::size_t bucket, std::int8_t sentiment) {
    if (column_->is_list()) {
      column_->each(document, [&](std::uint32_t number) { add_number(number, bucket, sentiment); });
    } else {
      add_number(column_->at(document), bucket, sentiment);
    }
  }
  void end() {
    for (std::size_t slot = 0; slot < numbers_.size(); ++slot) {
      const Bucket& total = counts_.totals[slot];
      if (total.articles == 0) continue;
      const std::string_view name = column_->names().text(numbers_[slot]);
      if (name.empty()) continue;  // not known
      const std::size_t parted = name.find(kNameEnd);
      Sum& sum = sums_[std::string(name.substr(0, parted))];
      if (parted != std::string_view::npos) sum.text = name.substr(parted + 1);
      search::add(sum.total, total);
      if (buckets_ > 1) sum.buckets.resize(buckets_);
      for (std::size_t i = 0; has_buckets_ && i < buckets_; ++i)
        search::add(sum.buckets[i], counts_.by_bucket[slot * buckets_ + i]);
    }
  }
  Dimension dimension() const { return dimension_; }
  bool is_cut_short() const { return is_cut_short_; }
  DimensionCounts take(std::size_t names_max) {
    DimensionCounts counts{.dimension = dimension_, .names = sums_.size()};
    for (auto& [name, sum] : sums_)
      counts.top.push_back({name, std::move(sum.text), sum.total, std::move(sum.buckets)});
    const auto more = [](const NamedCounts& a, const NamedCounts& b) {
      if (a.total.articles != b.total.articles) return a.total.articles > b.total.articles;
      return a.name < b.name;
    };
    const std::size_t kept = std::min(names_max, counts.top.size());
    std::ranges::partial_sort(counts.top, counts.top.begin() + static_cast<std::ptrdiff_t>(kept),
                              more);
    counts.top.resize(kept);
    return counts;
  }

 private:
  static constexpr std::size_t kCellsMax = 4'000'000;
  static constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

  // The names that are counted, and where: of few, all forms of a name in one slot.
  void select_names() {
    const auto names = static_cast<std::uint32_t>(column_->names().size());
    numbers_.clear();
    slots_.assign(std::max<std::uint32_t>(names, 1), kNoSlot);
    std::map<std::string_view, std::uint32_t> slot_of;
    for (std::uint32_t number = 0; number < names; ++number) {
      auto slot = static_cast<std::uint32_t>(numbers_.size());
      if (!only_.empty()) {
        const std::string_view form = column_->names().text(number);
        const std::string_view name = form.substr(0, form.find(kNameEnd));
        if (!only_.contains(name)) continue;
        slot = slot_of.try_emplace(name, slot).first->second;
      }
      slots_[number] = slot;
      if (slot == numbers_.size()) numbers_.push_back(number);
    }
  }
  void add_number(std::uint32_t number, std::size_t bucket, std::int8_t sentiment) {
    const std::uint32_t slot = slots_[number];
    if (slot == kNoSlot) return;
    search::add(counts_.totals[slot], sentiment);
    if (has_buckets_) search::add(counts_.by_bucket[slot * buckets_ + bucket], sentiment);
  }

  Dimension dimension_;
  std::size_t buckets_;
  std::set<std::string, std::less<>> only_;
  std::vector<std::uint32_t> numbers_;  // of the segment's names, by slot
  std::vector<std::uint32_t> slots_;    // by number
  bool has_buckets_ = false, is_cut_short_ = false;
  const NumberColumn* column_ = nullptr;
  SegmentCounts counts_;
  std::map<std::string, Sum> sums_;
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
        add(result.buckets[bucket], sentiments[place]);
        for (DimensionCounter& counter : counters)
          counter.add(window.begin + place, bucket, sentiments[place]);
      });
    });
    for (DimensionCounter& counter : counters) counter.end();
  }
  for (const Bucket& bucket : result.buckets) add(result.total, bucket);
  for (DimensionCounter& counter : counters) {
    if (counter.is_cut_short())
      result.notes.push_back(fmt::format("{}: too many names to count each of them over time",
                                         to_string(counter.dimension())));
    result.dimensions.push_back(counter.take(request.names_max));
  }
  return result;
}

}  // namespace tidings::search
