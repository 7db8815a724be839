// Which keys rise for the same reason: they come with mostly the same articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analytics/trend_counts.h"

namespace tidings::analytics {

// Compares the last articles of keys, over the time that those of both cover. A key joins the group
// whose head it resembles by kSharedShare (Jaccard), or of whose story kStoryShare of its articles
// are; else it is the head of a group. Linear in the articles; borrows the entries.
class TrendGroups {
 public:
  static constexpr double kSharedShare = 0.4;
  static constexpr double kStoryShare = 0.7;
  static constexpr std::size_t kSharedMin = 3;  // fewer in common say nothing

  // Strongest first. The number of its group; groups are numbered as they come.
  std::size_t add(const TrendEntry& entry);

 private:
  struct Member {
    const TrendEntry* entry;
    std::size_t group;
  };
  bool belong_together(const TrendEntry& entry, const TrendEntry& member) const;

  std::size_t groups_ = 0;
  std::vector<Member> members_;  // heads and stories
  std::unordered_map<std::int64_t, std::vector<std::size_t>> by_article_;
};

}  // namespace tidings::analytics
