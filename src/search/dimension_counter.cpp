#include "search/dimension_counter.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidings::search {

namespace {

// A name is followed by the form to show, where it has one.
constexpr char kNameEnd = '\x1F';

}  // namespace

void DimensionCounter::begin(const Columns& columns) {
  column_ = &columns.named(column_of(dimension_));
  select_names();
  const std::size_t names = std::max<std::size_t>(numbers_.size(), 1);
  totals_.assign(names, {});
  // Few are shown: what is counted apart must not be more than fits.
  has_buckets_ = buckets_ > 1 && names * buckets_ <= kCellsMax;
  is_cut_short_ |= buckets_ > 1 && !has_buckets_;
  by_bucket_.assign(has_buckets_ ? names * buckets_ : 0, {});
}

void DimensionCounter::select_names() {
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

void DimensionCounter::end() {
  for (std::size_t slot = 0; slot < numbers_.size(); ++slot) {
    const Bucket& total = totals_[slot];
    if (total.articles == 0) continue;
    const std::string_view name = column_->names().text(numbers_[slot]);
    if (name.empty()) continue;  // not known
    const std::size_t parted = name.find(kNameEnd);
    Sum& sum = sums_[std::string(name.substr(0, parted))];
    if (parted != std::string_view::npos) sum.text = name.substr(parted + 1);
    sum.total += total;
    if (buckets_ > 1) sum.buckets.resize(buckets_);
    for (std::size_t i = 0; has_buckets_ && i < buckets_; ++i)
      sum.buckets[i] += by_bucket_[slot * buckets_ + i];
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
