#include "stories/sketch.h"

#include <algorithm>

namespace tidings::stories {
namespace {

constexpr std::size_t kRunsMax = 20'000;

template <std::size_t kMax>
void take_sample(std::vector<std::uint32_t>& hashes, Sample<kMax>& sample) {
  for (std::uint32_t& hash : hashes) hash >>= 32 - kSketchHashBits;
  std::sort(hashes.begin(), hashes.end());
  const auto end = std::unique(hashes.begin(), hashes.end());
  sample.all = static_cast<std::uint32_t>(end - hashes.begin());
  sample.count = std::min<std::uint32_t>(sample.all, kMax);
  std::copy_n(hashes.begin(), sample.count, sample.hashes.begin());
}

std::span<const std::uint32_t> up_to(std::span<const std::uint32_t> ascending,
                                     std::uint32_t limit) {
  const auto end = std::upper_bound(ascending.begin(), ascending.end(), limit);
  return ascending.first(static_cast<std::size_t>(end - ascending.begin()));
}

template <std::size_t kMax>
Overlap shared(const Sample<kMax>& first, const Sample<kMax>& second) {
  const std::uint32_t limit = std::min(first.limit(), second.limit());
  const auto a = up_to(first.values(), limit), b = up_to(second.values(), limit);
  std::uint32_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t x = a[i], y = b[j];
    both += x == y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  return {.both = both,
          .only_first = static_cast<std::uint32_t>(a.size()) - both,
          .only_second = static_cast<std::uint32_t>(b.size()) - both};
}

}  // namespace

Sketch Sketcher::sketch(std::string_view title, std::string_view text) {
  shingles_.clear();
  append_shingles(title, kRunsMax, shingles_);
  append_shingles(text, kRunsMax, shingles_);
  Sketch sketch;
  take_sample(shingles_.runs, sketch.runs);
  take_sample(shingles_.numbers, sketch.numbers);
  return sketch;
}

SketchOverlap overlap(const Sketch& first, const Sketch& second) {
  return {.runs = shared(first.runs, second.runs),
          .numbers = shared(first.numbers, second.numbers)};
}

double Overlap::resemblance() const {
  const std::uint32_t all = both + only_first + only_second;
  return all == 0 ? 0 : static_cast<double>(both) / all;
}

double Overlap::containment() const {
  const std::uint32_t less = both + std::min(only_first, only_second);
  return less == 0 ? 0 : static_cast<double>(both) / less;
}

}  // namespace tidings::stories
