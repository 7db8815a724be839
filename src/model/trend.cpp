#include "model/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace tidings {
namespace {

constexpr std::array<std::string_view, kTrendKinds> kKinds = {
    "term", "keyphrase", "entity", "topic", "place", "country", "story"};

// 10⁻²⁰
std::string power_of_ten(int exponent) {
  static constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                               "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : fmt::format("{}", std::abs(exponent)))
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  return text;
}

std::string window_name(std::chrono::minutes window) {
  if (window < std::chrono::hours(1)) return fmt::format("{} min", window.count());
  if (window <= std::chrono::hours(48)) return fmt::format("{} h", window.count() / 60);
  return fmt::format("{:.1f} days", static_cast<double>(window.count()) / (24.0 * 60));
}

}  // namespace

std::string_view to_string(TrendKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

std::optional<TrendKind> parse_trend_kind(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<TrendKind>(found - kKinds.begin());
}

double Rise::rank() const {
  const double excess = std::max(discounted - expected, 0.0);
  return std::log2(1 + ratio()) * std::log2(1 + excess);
}

std::string Rise::explanation() const {
  std::string text =
      fmt::format("{} article{} in {}", count, count == 1 ? "" : "s", window_name(window));
  if (discounted < count - 0.5)
    text += fmt::format(" (as {:.0f}: few publishers have most)", discounted);
  text += expected >= 0.05 ? fmt::format(", {:.1f} expected", expected)
                           : std::string(", none expected");
  return text + ", p < " + power_of_ten(static_cast<int>(std::ceil(log10_p)));
}

}  // namespace tidings
