#include "serve/trend_views.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::serve {
namespace {

// Whether it has a key of these kinds: the strongest is its head then.
bool show_by_kind(Trend& trend, std::span<const TrendKind> kinds) {
  const auto is_asked = [&](const RisingKey& key) {
    return std::ranges::find(kinds, key.key.kind) != kinds.end();
  };
  if (kinds.empty() || is_asked(trend.head)) return true;
  const auto found = std::ranges::find_if(trend.related, is_asked);
  if (found == trend.related.end()) return false;
  RisingKey head = std::move(*found);
  trend.related.erase(found);
  trend.related.insert(trend.related.begin(), std::exchange(trend.head, std::move(head)));
  return true;
}

}  // namespace

Result<std::vector<TrendKind>> parse_trend_kinds(std::string_view written) {
  std::vector<TrendKind> kinds;
  for (const std::string_view one : split(written, ',')) {
    const auto kind = parse_trend_kind(trim(one));
    if (!kind) {
      std::string known;
      for (std::size_t i = 0; i < kTrendKinds; ++i)
        known += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(static_cast<TrendKind>(i)));
      return invalid_input(fmt::format("'{}' is no kind of trend: there are {}", trim(one), known));
    }
    if (std::ranges::find(kinds, *kind) == kinds.end()) kinds.push_back(*kind);
  }
  return kinds;
}

std::vector<CurrentTrend> trends_of_kinds(std::span<const CurrentTrend> trends,
                                          std::span<const TrendKind> kinds) {
  std::vector<CurrentTrend> shown;
  for (const CurrentTrend& one : trends) {
    if (one.ended_at) continue;
    shown.push_back(one);
    if (!show_by_kind(shown.back().trend, kinds)) shown.pop_back();
  }
  std::ranges::sort(shown, {}, [](const CurrentTrend& one) {
    return std::pair(-one.trend.head.rise.rank(), one.id);
  });
  return shown;
}

}  // namespace tidings::serve
