// Numbers and days of the year in a text, however its language writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::stories {

struct WrittenNumber {
  std::string text;  // as written, without what it counts
  double value = 0;
  int digits = 0;  // without zeros at either end
  bool has_fraction = false;
  int month = 0;  // 1 to 12 where it is a day of the month; else 0
};

// In their order. What is grown together with letters ("A350"), times of day and what has more than
// 15 digits are left out.
std::vector<WrittenNumber> numbers_of(std::string_view text, std::string_view language);

}  // namespace tidings::stories
