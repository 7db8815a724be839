// Rollups in memory: what articles count for, by dimension, hour and value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "ports/rollup_store.h"

namespace tidings::memory {

// RollupStore says what these do. For one thread.
class RollupTable {
 public:
  bool has(ArticleId id) const { return articles_.contains(id); }
  void count(const RolledArticle& article);
  void take_back(ArticleId id);
  // Retention took it: it stays counted.
  void forget(ArticleId id, Time published);
  void set_filled_to(std::optional<ArticleId> to) { state_.filled_to = to; }
  std::size_t fold(const RollupFold& fold);

  const RollupState& state() const { return state_; }
  std::vector<Bucket> series(std::optional<Dimension> dimension, std::string_view value,
                             std::span<const Time> boundaries) const;
  std::vector<NamedCounts> top(Dimension dimension, std::span<const Time> boundaries,
                               std::size_t limit) const;

 private:
  // Without a dimension: all articles.
  using Key = std::tuple<std::optional<Dimension>, Time, std::string>;

  void add(const RolledArticle& article, int sign);
  void add(std::optional<Dimension> dimension, const std::string& value,
           const RolledArticle& article, int sign);
  std::size_t merge_hours(Time until);
  std::size_t drop_singles(Time until);
  template <class Each>
  void each_row(std::optional<Dimension> dimension, std::span<const Time> boundaries,
                Each each) const;

  RollupState state_{.filled_to = ArticleId{}};
  std::map<Key, Bucket> rows_;
  std::map<std::pair<Dimension, std::string>, std::pair<std::string, std::string>> names_;
  std::map<ArticleId, RolledArticle> articles_;
};

}  // namespace tidings::memory
