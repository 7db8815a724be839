// Latencies in buckets that keep three digits from a microsecond to a minute, in fixed memory.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace tidings::load {

// Values in nanoseconds. Buckets grow with the value (as HdrHistogram's do): 256 to each power of
// two, so a reported value is within 0.4 % of the true one.
class Histogram {
 public:
  void add(std::int64_t nanoseconds) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0));
    ++counts_[index_of(value)];
    ++total_;
    max_ = std::max(max_, nanoseconds);
    sum_ += static_cast<double>(nanoseconds);
  }

  std::int64_t total() const { return total_; }
  double max_ms() const { return static_cast<double>(max_) / 1e6; }
  double mean_ms() const { return total_ > 0 ? sum_ / static_cast<double>(total_) / 1e6 : 0; }

  // The value that `share` (0 to 1) of all do not pass.
  double quantile_ms(double share) const {
    const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(total_)));
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen >= wanted && seen > 0) return std::min(upper_bound_of(i) / 1e6, max_ms());
    }
    return max_ms();
  }

 private:
  static constexpr int kBits = 8;
  static constexpr std::size_t kBuckets = (64 - kBits + 1) << kBits;

  static std::size_t index_of(std::uint64_t value) {
    const int width = std::bit_width(value);
    if (width <= kBits) return static_cast<std::size_t>(value);
    const int shift = width - kBits - 1;
    return (static_cast<std::size_t>(shift + 1) << kBits) +
           static_cast<std::size_t>((value >> shift) - (1u << kBits));
  }
  static double upper_bound_of(std::size_t index) {
    const std::size_t group = index >> kBits;
    const std::size_t within = index & ((1u << kBits) - 1);
    if (group == 0) return static_cast<double>(within);
    return std::ldexp(static_cast<double>(within + (1u << kBits) + 1), static_cast<int>(group) - 1);
  }

  std::array<std::int64_t, kBuckets> counts_{};
  std::int64_t total_ = 0;
  std::int64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace tidings::load
