#include "query/number_ranges.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::query {
namespace {

// From which distance of zero on a tone is one (analyze/sentiment.h), in hundredths.
constexpr double kToneBegins = 10;

// In steps of the field, whole ones where the number lies on one.
// One step too many is no error beside a sign: ">1" is written ">=1.01" when ranges are put in
// words.
Result<double> steps_of(QueryField field, std::string_view written, double steps_too_many = 0) {
  const std::string_view digits = trim(written);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number,
                                            std::chars_format::fixed);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
    return invalid_input(
        fmt::format("\"{}\" is no number; write >500, <=0.3, 100..500 or the like", written));
  const bool is_tone = field == QueryField::Sentiment;
  const double least = is_tone ? -1 : 0;
  const double most = is_tone ? 1 : 1e9;
  const double most_steps = most * steps_per_one(field) + steps_too_many;
  if (!(number >= least && std::round(number * steps_per_one(field)) <= most_steps))
    return invalid_input(fmt::format("{} is not between {} and {:.0f}", digits, least, most));
  constexpr double kRounding = 1e-6;
  const double steps = number * steps_per_one(field);
  const double whole = std::round(steps);
  return std::abs(steps - whole) < kRounding ? whole : steps;
}

Query range(QueryField field, double first, double end) {
  const double steps = steps_per_one(field);
  // Zero has no sign here, so that equal ranges are equal texts.
  return {.kind = QueryKind::Range,
          .field = field,
          .at_least = first / steps + 0.0,
          .below = end / steps + 0.0};
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Result<Query> between(QueryField field, std::string_view from, std::string_view to) {
  const double first = std::ceil(TRY(steps_of(field, from)));
  const double last = std::floor(TRY(steps_of(field, to)));
  if (last < first)
    return invalid_input(fmt::format("{}..{} ends before it begins", trim(from), trim(to)));
  return range(field, first, last + 1);
}

}  // namespace

double steps_per_one(QueryField field) {
  return field == QueryField::Sentiment ? 100 : 1;
}

Result<Query> number_range(QueryField field, std::string_view written) {
  const std::string text = to_lower(trim(written));
  const std::string_view view = text;
  if (field == QueryField::Sentiment) {
    if (text == "negative") return range(field, -kInfinity, 1 - kToneBegins);
    if (text == "neutral") return range(field, 1 - kToneBegins, kToneBegins);
    if (text == "positive") return range(field, kToneBegins, kInfinity);
  }
  if (const std::size_t dots = view.find(".."); dots != std::string_view::npos)
    return between(field, view.substr(0, dots), view.substr(dots + 2));
  if (view.starts_with(">="))
    return range(field, std::ceil(TRY(steps_of(field, view.substr(2), 1))), kInfinity);
  if (view.starts_with("<="))
    return range(field, -kInfinity, std::floor(TRY(steps_of(field, view.substr(2)))) + 1);
  if (view.starts_with('>'))
    return range(field, std::floor(TRY(steps_of(field, view.substr(1)))) + 1, kInfinity);
  if (view.starts_with('<'))
    return range(field, -kInfinity, std::ceil(TRY(steps_of(field, view.substr(1), 1))));
  return between(field, view, view);
}

}  // namespace tidings::query
