#include "pipeline/robots_cache.h"

#include <algorithm>
#include <utility>

namespace tidings::pipeline {
namespace {

constexpr std::size_t kSitesMax = 10'000;
constexpr Duration kFresh = std::chrono::hours(24);
constexpr Duration kFreshUnreachable = std::chrono::hours(1);

}  // namespace

const fetch::RobotsAnswer* RobotsCache::find(const std::string& site, Time now) const {
  const auto found = sites_.find(site);
  if (found == sites_.end()) return nullptr;
  const Site& known = found->second;
  const Duration fresh = known.answer.is_unreachable ? kFreshUnreachable : kFresh;
  return now - known.read_at < fresh ? &known.answer : nullptr;
}

void RobotsCache::put(const std::string& site, fetch::RobotsAnswer answer, Time now) {
  Site& kept = sites_[site];
  kept.answer = std::move(answer);
  kept.read_at = now;
  if (sites_.size() <= kSitesMax) return;
  const auto oldest =
      std::ranges::min_element(sites_, {}, [](const auto& entry) { return entry.second.read_at; });
  sites_.erase(oldest);
}

Time RobotsCache::book(const std::string& site, Time now) {
  Site& known = sites_[site];
  const Time turn = std::max(known.free_at, now);
  if (const auto delay = known.answer.rules.crawl_delay()) known.free_at = turn + *delay;
  return turn;
}

}  // namespace tidings::pipeline
