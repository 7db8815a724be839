// The words that stand in dates: months, halves of the day, eras and units, in many languages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace tidings::text {

enum class HalfDay : std::uint8_t { Unsaid, Morning, Afternoon };
enum class DateUnit : std::uint8_t { Year, Month, Day, Hour, Minute, Second };

// A word with its case and accents taken off, in UTF-8: "Août" is "aout", "ΜΑΪΟΥ" is "μαιου"; what
// is longer than any word that is known here is cut.
class FoldedWord {
 public:
  explicit FoldedWord(std::string_view word);
  std::string_view view() const { return {letters_, size_}; }

 private:
  char letters_[48];
  std::size_t size_ = 0;
};

// 1 to 12; 0 when the word (at least three bytes of it) begins like no month. The languages are
// those of month_stems.inc.
int month_number(std::string_view folded);

// "下午", "오후", "μ.μ", "م"; what English says is read with the time (date.cpp).
HalfDay half_day(std::string_view folded);

// The year before the first of an era that `text` begins with, which is taken off: "令和" is 2018.
// 0 when there is none.
int era_begin(std::string_view& text);

// What the number before `text` counts ("年", "월"), and how many bytes say so.
std::optional<DateUnit> take_unit(std::string_view text, std::size_t& size);

}  // namespace tidings::text
