#include "connectors/request_budget.h"

#include <algorithm>

namespace tidings::connectors {
namespace {

Duration spacing_of(const RateRule& rate) {
  constexpr std::int64_t kSecond = 1'000'000;
  const std::int64_t by_second = rate.per_second ? kSecond / *rate.per_second : 0;
  const std::int64_t by_minute = rate.per_minute ? 60 * kSecond / *rate.per_minute : 0;
  return Duration(std::max(by_second, by_minute));
}

}  // namespace

RequestBudget::Slot RequestBudget::take(const Connector& connector, Time now, Duration patience) {
  const KeyRule& key = connector.key;
  const bool has_key = key.place != KeyRule::Place::None;
  Use& use = uses_[has_key ? "key:" + key.secret : "name:" + connector.name];
  const Time at = std::max(now, use.next);
  const auto day = std::chrono::floor<std::chrono::days>(at);
  if (day != use.day) {
    use.day = day;
    use.on_day = 0;
  }
  if (connector.rate.per_day && use.on_day >= *connector.rate.per_day)
    return {.at = Time(day + std::chrono::days(1))};
  if (at - now > patience) return {.at = at};
  ++use.on_day;
  use.next = at + spacing_of(connector.rate);
  return {.at = at, .granted = true};
}

}  // namespace tidings::connectors
