#include "analytics/trend_groups.h"

#include <algorithm>
#include <map>

namespace tidings::analytics {
namespace {

// What is kept of an entry goes back to here, where it is full; else it is all that there was.
Bucket kept_since(const TrendEntry& entry) {
  return entry.samples.size() < kSamplesMax ? 0 : entry.samples.front().bucket;
}

std::size_t count_since(const TrendEntry& entry, Bucket since) {
  return static_cast<std::size_t>(
      std::ranges::count_if(entry.samples, [&](const auto& one) { return one.bucket >= since; }));
}

}  // namespace

bool TrendGroups::belong_together(const TrendEntry& entry, const TrendEntry& member) const {
  const Bucket since = std::max(kept_since(entry), kept_since(member));
  std::size_t shared = 0;
  for (const TrendSample& one : entry.samples) {
    if (one.bucket < since) continue;
    shared += std::ranges::any_of(member.samples,
                                  [&](const auto& other) { return other.article == one.article; })
                  ? 1
                  : 0;
  }
  if (shared < kSharedMin) return false;
  const std::size_t own = count_since(entry, since), others = count_since(member, since);
  const auto part = static_cast<double>(shared);
  if (part >= kSharedShare * static_cast<double>(own + others - shared)) return true;
  return member.kind == TrendKind::Story && part >= kStoryShare * static_cast<double>(own);
}

std::size_t TrendGroups::add(const TrendEntry& entry) {
  std::map<std::size_t, std::size_t> candidates;  // members, and how many articles they share
  for (const TrendSample& sample : entry.samples) {
    const auto found = by_article_.find(sample.article);
    if (found == by_article_.end()) continue;
    for (const std::size_t member : found->second) ++candidates[member];
  }
  std::size_t group = groups_;
  for (const auto& [member, shared] : candidates) {
    if (shared < kSharedMin || !belong_together(entry, *members_[member].entry)) continue;
    group = members_[member].group;
    break;
  }
  const bool is_head = group == groups_;
  if (is_head) ++groups_;
  if (!is_head && entry.kind != TrendKind::Story) return group;
  for (const TrendSample& sample : entry.samples)
    by_article_[sample.article].push_back(members_.size());
  members_.push_back({.entry = &entry, .group = group});
  return group;
}

}  // namespace tidings::analytics
