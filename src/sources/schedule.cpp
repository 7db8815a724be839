#include "sources/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numbers>
#include <string_view>
#include <vector>

#include "core/hash.h"
#include "sources/quiet.h"

namespace tidings::sources {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double kDaySeconds = 86'400;
constexpr double kRateMin = 0.001;
constexpr double kRateMax = 1'000;
constexpr double kNewShare = 0.3;  // of the latest document in the learned rate
constexpr double kSilenceShare = 1.0 / 24;
constexpr double kPriorSeconds = 2'600;  // one article in this time: asks every 30 minutes
constexpr Duration kBurstGap = std::chrono::minutes(5);
constexpr Time kEarliest = std::chrono::sys_days(std::chrono::year(1990) / 1 / 1);
constexpr int kDoublingsMax = 20;  // far beyond any ceiling

// In [0, 1), the same for the same source and seed.
double spread(SourceId id, std::uint64_t seed) {
  const std::array<std::uint64_t, 2> key = {static_cast<std::uint64_t>(to_int(id)), seed};
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), sizeof key);
  return static_cast<double>(hash64(bytes) >> 11) * 0x1p-53;
}

// Any two times: a difference beyond 64 bits stays at their end.
Seconds since(Time earlier, Time now) {
  std::int64_t micros = 0;
  if (__builtin_sub_overflow(to_micros(now), to_micros(earlier), &micros)) {
    micros = now < earlier ? std::numeric_limits<std::int64_t>::min()
                           : std::numeric_limits<std::int64_t>::max();
  }
  return Seconds(static_cast<double>(micros) * 1e-6);
}

Seconds learned_interval(const ScheduleInput& input, Time now, const ScheduleSettings& settings) {
  const double rate = input.articles_per_day;
  Seconds interval = settings.unknown_interval;
  if (std::isfinite(rate) && rate > 0) interval = Seconds(std::numbers::ln2 * kDaySeconds / rate);
  // A source that was busy and fell silent is asked less and less, without waiting for a document
  // that would teach a new rate.
  if (input.last_new_at)
    interval = std::max(interval, kSilenceShare * since(*input.last_new_at, now));
  return std::max<Seconds>(interval, settings.floor);
}

Seconds failure_interval(std::int32_t failures, const ScheduleSettings& settings) {
  const int doublings = std::min(failures - 1, kDoublingsMax);
  const Seconds interval = settings.failure_backoff_min * std::ldexp(1.0, doublings);
  return std::max<Seconds>(interval, settings.floor);
}

Seconds own_interval(const ScheduleInput& input, Time now, const ScheduleSettings& settings) {
  const Seconds chosen = input.fixed_interval
                             ? std::max<Seconds>(*input.fixed_interval, settings.fixed_interval_min)
                             : Seconds(0);
  if (input.failures > 0) return std::max(chosen, failure_interval(input.failures, settings));
  return input.fixed_interval ? chosen : learned_interval(input, now, settings);
}

// How long the publisher says that asking again is of no use.
Seconds publisher_interval(const ScheduleInput& input, Time now) {
  Seconds interval(0);
  if (input.max_age) {
    interval = *input.max_age;
  } else if (input.expires) {
    interval = -since(*input.expires, now);
  }
  if (input.ttl_minutes)
    interval = std::max<Seconds>(interval, std::chrono::minutes(*input.ttl_minutes));
  return interval;
}

// What a document says of one moment: one article, or a burst.
struct Occasion {
  Time at;
  double weight;
};

// Newest first.
std::vector<Occasion> occasions(std::span<const Time> entry_times, Time now) {
  std::vector<Time> times;
  times.reserve(entry_times.size());
  for (const Time time : entry_times) {
    if (time >= kEarliest && time <= now) times.push_back(time);
  }
  std::sort(times.begin(), times.end(), std::greater<>());

  std::vector<Occasion> found;
  for (std::size_t first = 0, next = 0; first < times.size(); first = next) {
    while (next < times.size() && times[first] - times[next] < kBurstGap) ++next;
    found.push_back({times[next - 1], std::sqrt(static_cast<double>(next - first))});
  }
  return found;
}

}  // namespace

Time next_due(const ScheduleInput& input, Time now, const ScheduleSettings& settings) {
  const double jitter = std::clamp(settings.jitter, 0.0, 1.0);
  const double stretch = 1 + jitter * spread(input.source_id, input.seed);
  const Seconds shortest = input.fixed_interval ? settings.fixed_interval_min : settings.floor;
  const Seconds longest = Seconds(settings.ceiling) / (1 + jitter);

  Seconds wait = std::max(own_interval(input, now, settings), publisher_interval(input, now));
  wait = std::max(std::min(wait, longest), shortest) * stretch;
  if (input.retry_after) {
    const Seconds asked =
        std::min<Seconds>(-since(*input.retry_after, now), settings.retry_after_max);
    wait = std::max(wait, asked * stretch);
  }
  return after_quiet(input.quiet, now + std::chrono::ceil<Duration>(wait),
                     spread(input.source_id, input.seed));
}

double learned_articles_per_day(std::span<const Time> entry_times, double previous, Time now) {
  const bool known = std::isfinite(previous) && previous > 0;
  const std::vector<Occasion> found = occasions(entry_times, now);
  if (found.empty()) return known ? std::clamp(previous, kRateMin, kRateMax) : 0;

  const std::size_t newer_half = (found.size() + 1) / 2;
  double articles = 1;  // the prior's
  for (std::size_t i = 0; i < newer_half; ++i) articles += found[i].weight;
  const Seconds window = since(found[newer_half - 1].at, now) + Seconds(kPriorSeconds);
  const double seen = articles * kDaySeconds / window.count();
  const double blended = known ? previous + kNewShare * (seen - previous) : seen;
  return std::clamp(blended, kRateMin, kRateMax);
}

std::chrono::seconds longest_silence(std::span<const Time> entry_times, Time now) {
  constexpr Duration kLately = std::chrono::days(90);
  std::chrono::seconds longest(0);
  std::optional<Time> later;
  for (const Occasion& occasion : occasions(entry_times, now)) {
    if (occasion.at < now - kLately) break;
    if (later)
      longest = std::max(longest, std::chrono::floor<std::chrono::seconds>(*later - occasion.at));
    later = occasion.at;
  }
  return longest;
}

}  // namespace tidings::sources
