// What every analyzer works on: an article's title and text, cut up once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/analysis.h"
#include "text/segments.h"

namespace tidings::analyze {

struct Document {
  text::Segments segments;      // of title, newline, text
  std::uint32_t title_end = 0;  // bytes of the title, without the newline; 0: there is no title
  std::string language;         // BCP 47 without region: "en", "zh"; "und" where nobody knows
};

}  // namespace tidings::analyze
