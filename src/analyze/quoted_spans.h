// What stands between quotation marks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace tidings::analyze {

// In the order of the text from `begin` on, without the marks, none within another, at most
// `count_max`. Marks of all the languages; an apostrophe or a sign for inches is none. What does
// not close within kQuotationBytesMax, or at the end of a paragraph whose next does not open with
// the mark again, is no span. Linear time.
inline constexpr std::size_t kQuotationBytesMax = 2000;
std::vector<TextSpan> quoted_spans(std::string_view text, std::size_t begin, std::size_t count_max);

}  // namespace tidings::analyze
