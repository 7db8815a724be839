// Quotations and parentheses that are short enough to be kept in one sentence.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace tidings::text {

// For one thread, from the text's begin to its end. Linear however many marks stay open.
class KeptSpans {
 public:
  static constexpr std::size_t kBytesMax = 480;

  explicit KeptSpans(std::string_view text) : text_(text) {}

  // Tells of the character at `at`, which may open a span; characters come in order.
  void meet(char32_t c, std::size_t at);
  // Does a span that has opened go on behind `end`?
  bool holds(std::size_t end) const { return end <= end_; }

 private:
  std::size_t close_of(std::size_t kind, std::size_t begin);
  bool closes(std::size_t kind, char32_t c, std::size_t begin, std::size_t end) const;

  static constexpr std::size_t kKinds = 9;
  std::string_view text_;
  std::size_t end_ = 0;  // where the span's closing mark begins; 0: none is open
  std::array<std::size_t, kKinds> none_before_ = {};  // no closing mark of the kind before this
};

}  // namespace tidings::text
