// The text of a date with the spellings of other scripts taken off.
#pragma once

#include <cstddef>
#include <string_view>

namespace tidings::text {

// Digits of any script become ASCII, so do full-width signs, dashes and spaces; marks of direction
// and of width nothing are dropped. Keeps a copy where something had to change; without allocating.
class DateText {
 public:
  explicit DateText(std::string_view text);
  std::string_view view() const { return is_copied_ ? std::string_view(letters_, size_) : given_; }

 private:
  static constexpr std::size_t kSizeMax = 192;

  std::string_view given_;
  char letters_[kSizeMax];
  std::size_t size_ = 0;
  bool is_copied_ = false;
};

}  // namespace tidings::text
