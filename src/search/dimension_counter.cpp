#include "search/dimension_counter.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidings::search {

void DimensionCounter::begin(const Columns& columns) {
  column_ = &columns.named(column_of(dimension_));
  const std::size_t names = std::max<std::size_t>(column_->names().size(), 1);
  totals_.assign(names, {});
  // Few are shown: what is counted apart must not be more than fits.
  has_buckets_ = buckets_ > 1 && names * buckets_ <= kCellsMax;
  is_cut_short_ |= buckets_ > 1 && !has_buckets_;
  by_bucket_.assign(has_buckets_ ? names * buckets_ : 0, {});
}

void DimensionCounter::end() {
  for (std::uint32_t number = 0; number < column_->names().size(); ++number) {
    const Bucket& total = totals_[number];
    if (total.articles == 0) continue;
    const std::string_view name = column_->names().text(number);
    if (name.empty()) continue;  // not known
    const std::size_t parted = name.find('\x1F');
    Sum& sum = sums_[std::string(name.substr(0, parted))];
    if (parted != std::string_view::npos) sum.text = name.substr(parted + 1);
    sum.total += total;
    if (buckets_ > 1) sum.buckets.resize(buckets_);
    for (std::size_t i = 0; has_buckets_ && i < buckets_; ++i)
      sum.buckets[i] += by_bucket_[number * buckets_ + i];
  }
}

DimensionCounts DimensionCounter::take(std::size_t names_max) {
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

}  // namespace tidings::search
