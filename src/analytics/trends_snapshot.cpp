// What trends are kept as between two runs.
#include <string>
#include <string_view>

#include "analytics/trends.h"

namespace tidings::analytics {
namespace {

constexpr std::int64_t kMicrosMost = 100'000'000'000'000'000;  // some 3,000 years
constexpr std::int64_t kMinutesMost = kMicrosMost / 60'000'000;
constexpr std::string_view kMagic = "tidings trends 1";

void save(const Rise& rise, ByteWriter& out) {
  out.add(static_cast<std::int64_t>(rise.window.count()));
  out.add(static_cast<std::int32_t>(rise.count));
  out.add(rise.expected);
  out.add(rise.discounted);
  out.add(static_cast<std::int32_t>(rise.publishers));
  out.add(rise.log10_p);
}

Result<Time> restore_time(ByteReader& in) {
  const auto micros = TRY(in.number<std::int64_t>());
  if (micros < 0 || micros > kMicrosMost) return corrupt("a time that cannot be was kept");
  return from_micros(micros);
}

Result<Rise> restore_rise(ByteReader& in) {
  Rise rise;
  rise.window = std::chrono::minutes(TRY(in.number<std::int64_t>()));
  rise.count = TRY(in.number<std::int32_t>());
  rise.expected = TRY(in.number<double>());
  rise.discounted = TRY(in.number<double>());
  rise.publishers = TRY(in.number<std::int32_t>());
  rise.log10_p = TRY(in.number<double>());
  // What is believed has a chance that is written with two or three digits.
  const bool is_sound = rise.window.count() > 0 && rise.window <= std::chrono::hours(24) &&
                        rise.expected >= 0 && rise.expected < 1e15 && rise.discounted >= 0 &&
                        rise.discounted < 1e15 && rise.log10_p <= 0 && rise.log10_p > -1e9;
  if (!is_sound) return corrupt("a rise that cannot be was kept");
  return rise;
}

}  // namespace

void Trends::save(ByteWriter& out) const {
  out.add(kMagic);
  counts_.save(out);
  out.add(minute_);
  out.add(ended_to_);
  out.add(static_cast<std::uint32_t>(touched_.size()));
  for (const KeyHash key : touched_) out.add(key);
  out.add(static_cast<std::uint32_t>(believed_.size()));
  for (const auto& [key, when] : believed_) {
    out.add(key);
    out.add(to_micros(when));
  }
  out.add(static_cast<std::uint32_t>(rising_.size()));
  for (const auto& [key, rising] : rising_) {
    out.add(key);
    analytics::save(rising.rise, out);
    out.add(to_micros(rising.since));
    out.add(static_cast<std::int32_t>(rising.peak_count));
    out.add(to_micros(rising.peak_at));
  }
}

Result<Trends> Trends::restore(ByteReader& in, const TrendSettings& settings) {
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of trends");
  Trends trends(settings);
  trends.counts_ = TRY(TrendCounts::restore(in, settings.limits));
  trends.minute_ = TRY(in.number<std::int64_t>());
  trends.ended_to_ = TRY(in.number<Bucket>());
  if (trends.minute_ < 0 || trends.minute_ > kMinutesMost || trends.ended_to_ < 0)
    return corrupt("a time that cannot be was kept");
  const auto touched = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < touched; ++i) trends.touched_.push_back(TRY(in.number<KeyHash>()));
  const auto believed = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < believed; ++i) {
    const auto key = TRY(in.number<KeyHash>());
    trends.believed_[key] = TRY(restore_time(in));
  }
  TRY(trends.restore_rising(in));
  return trends;
}

Result<void> Trends::restore_rising(ByteReader& in) {
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > settings_.rising_max) return corrupt("more was kept to rise than may");
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto key = TRY(in.number<KeyHash>());
    Rising& rising = rising_[key];
    rising.rise = TRY(restore_rise(in));
    rising.since = TRY(restore_time(in));
    rising.peak_count = TRY(in.number<std::int32_t>());
    rising.peak_at = TRY(restore_time(in));
    if (counts_.find(key) == nullptr) return corrupt("a key that is not counted was kept to rise");
    counts_.protect(key);
  }
  return {};
}

}  // namespace tidings::analytics
