// Whether a line's end is a paragraph's end or only where the paper was full.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/sentence_rules.h"

namespace tidings::text {

// For one thread, from the text's begin to its end. Linear.
class LineBreaks {
 public:
  explicit LineBreaks(std::string_view text) : text_(text) {}

  // The line that ends at `end` (a line break stands there), with what follows it: does a sentence
  // end, although no mark says so?
  bool ends_sentence(std::size_t end, const Following& next);
  void begin_paragraph() { width_max_ = 0; }
  void begin_line(std::size_t begin) { line_begin_ = begin; }

 private:
  std::string_view text_;
  std::size_t line_begin_ = 0;
  std::size_t width_max_ = 0;  // bytes of the paragraph's longest line so far
};

}  // namespace tidings::text
