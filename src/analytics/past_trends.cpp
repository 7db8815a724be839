#include "analytics/past_trends.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <optional>

#include "analytics/baseline.h"
#include "analytics/burst.h"

namespace tidings::analytics {
namespace {

constexpr double kDayHours = 24;
constexpr Hour kDay = 24;

Hour hour_of(Time time) {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

Time time_of(Hour hour) {
  return Time(std::chrono::hours(hour));
}

// What is usual, as of a day before the hour that is looked at; before anything was seen, the mean
// of all.
class Usual {
 public:
  explicit Usual(std::span<const HourOfKey> hours) {
    double count = 0, articles = 0;
    for (const HourOfKey& one : hours) {
      count += one.count;
      articles += one.articles;
    }
    const auto span =
        static_cast<double>(hour_of(hours.back().hour) - hour_of(hours.front().hour)) + 1;
    const double days = std::min(span, kDayHours) / span;
    stream_.add(hour_of(hours.front().hour) - 1, articles * days);
    key_ = KeyBaseline(stream_, count * days);
  }

  Expected expect(const HourOfKey& one) {
    while (!waiting_.empty() && hour_of(waiting_.front().hour) + kDay < hour_of(one.hour)) {
      learn(waiting_.front());
      waiting_.pop_front();
    }
    waiting_.push_back(one);
    return key_.expect(stream_, hour_of(one.hour), std::max(one.articles - one.count, 0.0));
  }

 private:
  void learn(const HourOfKey& one) {
    const Hour hour = hour_of(one.hour);
    key_.pass(static_cast<double>(hour - stream_.last() - 1));
    key_.add(stream_, hour, one.count, one.articles);
    stream_.add(hour, one.articles);
  }

  KeyBaseline key_;
  StreamBaseline stream_;
  std::deque<HourOfKey> waiting_;  // of the last day
};

// Hours that rise, with what lies between them.
struct Period {
  Hour begin = 0, end = 0, peak = 0;
  double count = 0, expected = 0, varies = 0, most = 0;

  void add(const HourOfKey& one, const Expected& usual) {
    count += one.count;
    expected += usual.count;
    varies += (usual.of_rate + usual.of_hours) * usual.count;
    end = hour_of(one.hour) + 1;
    if (one.count <= most) return;
    most = one.count;
    peak = hour_of(one.hour);
  }
  std::optional<RisingPeriod> rising(const PastRules& rules, double log10_p_max) const {
    if (count < rules.count_min || expected <= 0) return std::nullopt;
    const double log10_p = log10_chance(count, expected, varies / expected);
    if (log10_p > log10_p_max) return std::nullopt;
    return RisingPeriod{.begin = time_of(begin),
                        .end = time_of(end),
                        .count = count,
                        .expected = expected,
                        .log10_p = log10_p,
                        .peak = time_of(peak),
                        .peak_count = most};
  }
};

}  // namespace

std::vector<RisingPeriod> rising_periods(std::span<const HourOfKey> hours, const PastRules& rules) {
  std::vector<RisingPeriod> found;
  if (hours.empty()) return found;
  // As if each hour could begin one (Bonferroni), above a thousand of them.
  const double many = std::log10(std::max(1.0, static_cast<double>(hours.size()) / 1'000));
  Usual usual(hours);
  std::optional<Period> open;
  const auto close = [&] {
    if (!open) return;
    const auto period = open->rising(rules, rules.log10_p_max - many);
    if (period) found.push_back(*period);
    open.reset();
  };
  for (const HourOfKey& one : hours) {
    const Hour hour = hour_of(one.hour);
    const Expected expected = usual.expect(one);
    if (open && hour - open->end > rules.gap_hours_max) close();
    if (one.count < 1 || one.count < rules.ratio_min * expected.count) continue;
    if (!open) open = Period{.begin = hour, .peak = hour};
    open->add(one, expected);
  }
  close();
  return found;
}

}  // namespace tidings::analytics
