#include "analytics/rise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analytics/burst.h"

namespace tidings::analytics {
namespace {

struct Window {
  std::chrono::minutes length;
  Bucket buckets;  // with the one that has begun; of hours where `by_hour`
  bool by_hour;
};

constexpr std::array<Window, 6> kWindows = {{{std::chrono::minutes(30), 6, false},
                                             {std::chrono::minutes(45), 9, false},
                                             {std::chrono::minutes(60), 12, false},
                                             {std::chrono::minutes(120), 24, false},
                                             {std::chrono::minutes(360), 6, true},
                                             {std::chrono::minutes(1440), 24, true}}};
constexpr std::size_t kTwoHours = 3, kSixHours = 4;  // of them
constexpr double kPublisherShare = 0.25;

struct Sums {
  int count = 0;
  double expected = 0;
  double of_rate = 0, of_hours = 0;  // weighted by what is expected

  double others = 0;  // articles without the key

  void add(int counted, double without, const Expected& part) {
    count += counted;
    others += without;
    expected += part.count;
    of_rate += part.of_rate * part.count;
    of_hours += part.of_hours * part.count;
  }
  // How many others came is chance, too: so many of the key before so many others are negative
  // binomial.
  double overdispersion(std::chrono::minutes window) const {
    if (expected <= 0) return 0;
    const double hours = std::max(1.0, static_cast<double>(window.count()) / 60);
    return (of_rate + of_hours / std::sqrt(hours)) / expected + 1 / std::max(others, 1.0);
  }
};

// The buckets of one hour are one part.
Sums sum_buckets(const TrendCounts& counts, const TrendEntry& entry, Bucket buckets) {
  Sums sums;
  const Bucket begin = std::max<Bucket>(counts.bucket() - buckets + 1, 0);
  for (Bucket at = begin; at <= counts.bucket();) {
    const Hour hour = at / kBucketsPerHour;
    int count = 0;
    double articles = 0;
    for (; at <= counts.bucket() && at / kBucketsPerHour == hour; ++at) {
      count += entry.recent.bucket(at);
      articles += counts.stream().bucket(at);
    }
    const double others = std::max(articles - count, 0.0);
    sums.add(count, others, entry.usual.expect(counts.usual(), hour, others));
  }
  return sums;
}

Sums sum_hours(const TrendCounts& counts, const TrendEntry& entry, Hour hours) {
  Sums sums;
  for (Hour hour = std::max<Hour>(counts.hour() - hours + 1, 0); hour <= counts.hour(); ++hour) {
    const int count = entry.recent.hour(hour);
    const double articles = counts.stream().hour(hour);
    const double others = std::max(articles - count, 0.0);
    sums.add(count, others, entry.usual.expect(counts.usual(), hour, others));
  }
  return sums;
}

Sums sum(const TrendCounts& counts, const TrendEntry& entry, const Window& window) {
  return window.by_hour ? sum_hours(counts, entry, window.buckets)
                        : sum_buckets(counts, entry, window.buckets);
}

// What of the count is left when no publisher has more than its due: by the last articles.
struct Discount {
  double share = 1;
  int publishers = 0;
};

Discount discount(const TrendCounts& counts, const TrendEntry& entry, const Window& window) {
  const Bucket buckets = window.by_hour ? window.buckets * kBucketsPerHour : window.buckets;
  std::array<std::uint32_t, kSamplesMax> publishers{};
  std::size_t samples = 0;
  for (const TrendSample& sample : entry.samples) {
    if (sample.bucket > counts.bucket() - buckets) publishers[samples++] = sample.publisher;
  }
  if (samples == 0) return {};
  const auto used = std::span(publishers).first(samples);
  std::ranges::sort(used);
  Discount found;
  double kept = 0;
  for (auto at = used.begin(); at != used.end(); ++found.publishers) {
    const auto end = std::ranges::find_if(at, used.end(), [&](auto other) { return other != *at; });
    const double due = std::max(kPublisherShare, 2 * counts.share_of_publisher(*at));
    const double most = std::max(1.0, due * static_cast<double>(samples));
    kept += std::min(static_cast<double>(end - at), most);
    at = end;
  }
  found.share = kept / static_cast<double>(samples);
  return found;
}

int recent_count(const TrendEntry& entry) {
  int count = 0;
  for (const std::uint16_t hour : entry.recent.hours) count += hour;
  return count;
}

}  // namespace

std::optional<Rise> strongest_rise(const TrendCounts& counts, const TrendEntry& entry,
                                   const RiseRules& rules) {
  if (counts.usual().hours() < kWarmHours || recent_count(entry) < rules.count_min)
    return std::nullopt;
  std::optional<Rise> strongest;
  for (const Window& window : kWindows) {
    const Sums sums = sum(counts, entry, window);
    if (sums.count < rules.count_min || sums.count < rules.ratio_min * sums.expected ||
        sums.expected <= 0)
      continue;
    const Discount discounted = discount(counts, entry, window);
    Rise rise{.window = window.length,
              .count = sums.count,
              .expected = sums.expected,
              .discounted = sums.count * discounted.share,
              .publishers = discounted.publishers};
    if (rise.discounted < rules.count_min || rise.ratio() < rules.ratio_min) continue;
    rise.log10_p = log10_chance(rise.discounted, rise.expected, sums.overdispersion(window.length));
    if (!strongest || rise.log10_p < strongest->log10_p) strongest = rise;
  }
  return strongest;
}

bool is_over(const TrendCounts& counts, const TrendEntry& entry, double ratio) {
  const auto is_low = [&](const Window& window) {
    const Sums sums = sum(counts, entry, window);
    return sums.count < ratio * sums.expected || sums.count == 0;
  };
  return is_low(kWindows[kTwoHours]) && is_low(kWindows[kSixHours]);
}

}  // namespace tidings::analytics
