// The words that stand in dates: months, weekdays and zones.
#pragma once

#include <optional>
#include <string_view>

namespace tidings::text {

// A word of a date with its case and accents taken off: "Août" is "aout", "MÄRZ" is "marz".
class FoldedWord {
 public:
  explicit FoldedWord(std::string_view word);
  std::string_view view() const { return {letters_, size_}; }

 private:
  char letters_[16];
  std::size_t size_ = 0;
};

// 1 to 12; 0 when the word (at least three letters of it) names no month.
int month_number(std::string_view folded);

// The same for a word as it stands, in the languages of month_stems.inc.
int month_number_elsewhere(std::string_view word);

// Minutes east of UTC: "est", "cest", "z". Single letters are the military zones as RFC 822 §5.1
// has them.
std::optional<int> zone_offset_minutes(std::string_view folded);

}  // namespace tidings::text
