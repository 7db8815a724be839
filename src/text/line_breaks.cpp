#include "text/line_breaks.h"

#include <algorithm>

namespace tidings::text {
namespace {

constexpr std::size_t kWrappedBytesMin = 40;  // what mail and old wires wrap lines at lies between
constexpr std::size_t kWrappedBytesMax = 130;
constexpr std::size_t kSlackBytes = 12;
constexpr std::size_t kNextLineBytesMax = 256;

std::string_view line_at(std::string_view text, std::size_t begin) {
  const std::string_view rest = text.substr(begin, kNextLineBytesMax);
  const std::string_view line = rest.substr(0, rest.find('\n'));
  return line.substr(0, line.find_last_not_of(" \r\t") + 1);
}

}  // namespace

bool LineBreaks::ends_sentence(std::size_t end, const Following& next) {
  const std::string_view line = text_.substr(line_begin_, end - line_begin_);
  const std::size_t width = line.find_last_not_of(" \r\t") + 1;
  width_max_ = std::max(width_max_, width);
  const std::string_view next_line = line_at(text_, next.begin);
  const bool may_be_wrapped = width >= kWrappedBytesMin && width <= kWrappedBytesMax;
  if (next.kind == Next::Lower) {
    // "features / contact manager" is a list; a line that ends in a point is not of one.
    if (width < line.size()) return false;  // where a program cut the line, it left the space
    const char last = next_line.empty() ? ' ' : next_line.back();
    return !may_be_wrapped && last != '.' && last != '!' && last != '?';
  }
  // The next word would not have fit, or only just: wires do not fill their lines to the last
  // letter.
  return !may_be_wrapped ||
         width + 1 + next.word.size() + kSlackBytes <= std::max(width_max_, next_line.size());
}

}  // namespace tidings::text
