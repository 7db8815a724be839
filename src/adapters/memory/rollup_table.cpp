#include "adapters/memory/rollup_table.h"

#include <algorithm>
#include <chrono>

namespace tidings::memory {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;

bool is_by_day(std::optional<Dimension> dimension) {
  return dimension && has_many_values(*dimension);
}

bool is_rare(std::optional<Dimension> dimension) {
  return dimension && has_rare_values(*dimension);
}

}  // namespace

void RollupTable::count(const RolledArticle& article) {
  take_back(article.article_id);
  RolledArticle& kept = articles_[article.article_id] = article;
  for (const RolledValue& value : kept.values)
    names_.try_emplace({value.dimension, value.value}, value.name, value.text);
  add(kept, 1);
}

void RollupTable::take_back(ArticleId id) {
  const auto found = articles_.find(id);
  if (found == articles_.end()) return;
  add(found->second, -1);
  articles_.erase(found);
}

void RollupTable::forget(ArticleId id, Time published) {
  articles_.erase(id);
  const Time before = published + Duration(1);
  state_.removed_before = std::max(state_.removed_before.value_or(before), before);
}

void RollupTable::add(const RolledArticle& article, int sign) {
  add(std::nullopt, {}, article, sign);
  for (const RolledValue& value : article.values) add(value.dimension, value.value, article, sign);
}

void RollupTable::add(std::optional<Dimension> dimension, const std::string& value,
                      const RolledArticle& article, int sign) {
  Time at = floor<hours>(article.published);
  if (is_by_day(dimension) && at < state_.hours_before) at = floor<days>(at);
  const bool is_old_and_rare = is_rare(dimension) && at < state_.singles_before;
  const Key key{dimension, at, value};
  auto row = rows_.find(key);
  if (row == rows_.end()) {
    if (is_old_and_rare) return;
    row = rows_.emplace(key, Bucket{}).first;
  }
  row->second.articles += static_cast<std::uint64_t>(sign);
  row->second.toned += static_cast<std::uint64_t>(article.sentiment ? sign : 0);
  row->second.tone_sum += sign * article.sentiment.value_or(0);
  if (row->second.articles <= (is_old_and_rare ? 1U : 0U) && sign < 0) rows_.erase(row);
}

std::size_t RollupTable::fold(const RollupFold& fold) {
  const std::size_t merged = merge_hours(floor<days>(fold.hours_before));
  const Time singles = floor<days>(fold.singles_before);
  return merged + drop_singles(std::min(singles, state_.hours_before));
}

std::size_t RollupTable::merge_hours(Time until) {
  std::size_t changed = 0;
  std::map<Key, Bucket> merged;
  for (const auto& [key, bucket] : rows_) {
    const auto& [dimension, hour, value] = key;
    const bool is_merged = is_by_day(dimension) && hour < until;
    const Time day = floor<days>(hour);
    changed += is_merged && hour != day ? 1 : 0;
    merged[{dimension, is_merged ? day : hour, value}] += bucket;
  }
  rows_ = std::move(merged);
  state_.hours_before = std::max(state_.hours_before, until);
  return changed;
}

std::size_t RollupTable::drop_singles(Time until) {
  const std::size_t dropped = std::erase_if(rows_, [&](const auto& row) {
    const auto& [dimension, hour, value] = row.first;
    return is_rare(dimension) && hour < until && row.second.articles <= 1;
  });
  state_.singles_before = std::max(state_.singles_before, until);
  return dropped;
}

// Calls `each` with the value, the interval and the row's counts.
template <class Each>
void RollupTable::each_row(std::optional<Dimension> dimension, std::span<const Time> boundaries,
                           Each each) const {
  for (auto row = rows_.lower_bound({dimension, boundaries.front(), {}});
       row != rows_.end() && std::get<0>(row->first) == dimension &&
       std::get<1>(row->first) < boundaries.back();
       ++row) {
    const auto after = std::ranges::upper_bound(boundaries, std::get<1>(row->first));
    each(std::get<2>(row->first), static_cast<std::size_t>(after - boundaries.begin()) - 1,
         row->second);
  }
}

std::vector<Bucket> RollupTable::series(std::optional<Dimension> dimension, std::string_view value,
                                        std::span<const Time> boundaries) const {
  if (dimension && !names_.contains({*dimension, std::string(value)})) return {};
  std::vector<Bucket> buckets(boundaries.size() - 1);
  each_row(dimension, boundaries,
           [&](const std::string& one, std::size_t interval, const Bucket& counts) {
             if (!dimension || one == value) buckets[interval] += counts;
           });
  return buckets;
}

std::vector<NamedCounts> RollupTable::top(Dimension dimension, std::span<const Time> boundaries,
                                          std::size_t limit) const {
  std::map<std::string, NamedCounts> by_value;
  each_row(dimension, boundaries,
           [&](const std::string& value, std::size_t interval, const Bucket& counts) {
             NamedCounts& one = by_value[value];
             one.buckets.resize(boundaries.size() - 1);
             one.buckets[interval] += counts;
             one.total += counts;
           });
  std::vector<NamedCounts> top;
  for (auto& [value, counts] : by_value) {
    std::tie(counts.name, counts.text) = names_.at({dimension, value});
    top.push_back(std::move(counts));
  }
  std::ranges::sort(top, [](const NamedCounts& a, const NamedCounts& b) {
    if (a.total.articles != b.total.articles) return a.total.articles > b.total.articles;
    return a.name < b.name;
  });
  if (top.size() > limit) top.resize(limit);
  for (std::size_t i = 0; i < top.size(); ++i) {
    if (boundaries.size() == 2 || i >= kRolledSplitMax) top[i].buckets.clear();
  }
  return top;
}

}  // namespace tidings::memory
