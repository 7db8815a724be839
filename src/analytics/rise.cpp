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

// By whom the last articles of a window are.
struct Publishers {
  int count = 0;
  double discount = 1;     // what is left of the articles when none of them has more than its due
  std::size_t others = 0;  // articles of all but the one that has most
  std::size_t articles = 0;
  double top_share = 0;  // of the stream, of that one
};

double due_share(double share_of_stream) {
  return std::max(kPublisherShare, 2 * share_of_stream);
}

Publishers publishers_of(const TrendCounts& counts, const TrendEntry& entry, const Window& window) {
  const Bucket buckets = window.by_hour ? window.buckets * kBucketsPerHour : window.buckets;
  std::array<std::uint32_t, kSamplesMax> publishers{};
  std::size_t samples = 0;
  for (const TrendSample& sample : entry.samples) {
    if (sample.bucket > counts.bucket() - buckets) publishers[samples++] = sample.publisher;
  }
  Publishers found;
  if (samples == 0) return found;
  const auto used = std::span(publishers).first(samples);
  std::ranges::sort(used);
  const auto all = static_cast<double>(samples);
  double kept = 0;
  std::size_t top = 0;
  for (auto at = used.begin(); at != used.end(); ++found.count) {
    const auto end = std::ranges::find_if(at, used.end(), [&](auto other) { return other != *at; });
    const auto articles = static_cast<std::size_t>(end - at);
    const double share = counts.share_of_publisher(*at);
    kept += std::min(static_cast<double>(articles), std::max(1.0, due_share(share) * all));
    if (articles > top) {
      top = articles;
      found.top_share = share;
    }
    at = end;
  }
  found.discount = kept / all;
  found.others = samples - top;
  found.articles = samples;
  return found;
}

// An archive that is imported, or one who writes of something every hour: what others write of it
// may be chance (two standard deviations; of many articles the last ones are a sample). Who has
// half of the stream may be followed alone.
bool depends_on_one(const Publishers& publishers, const Sums& sums) {
  if (due_share(publishers.top_share) >= 1) return false;
  if (publishers.others == 0) return true;
  const auto others = static_cast<double>(publishers.others);
  const double scale = std::max(1.0, sums.count / static_cast<double>(publishers.articles));
  const double of_sample = scale > 1 ? scale * scale * others : 0;
  const double expected = sums.expected * (1 - publishers.top_share);
  return scale * others - expected < 2 * std::sqrt(expected + of_sample);
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
    const Publishers publishers = publishers_of(counts, entry, window);
    if (depends_on_one(publishers, sums)) continue;
    Rise rise{.window = window.length,
              .count = sums.count,
              .expected = sums.expected,
              .discounted = sums.count * publishers.discount,
              .publishers = publishers.count};
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
