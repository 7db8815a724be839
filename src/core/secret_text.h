// A text that is wiped when it goes: passwords, keys and tokens while they are open.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tidings {

// Overwrites the bytes in a way that the compiler does not leave out, and empties the text.
void wipe(std::string& text);

// Whether both are the same bytes, in a time that depends on their lengths alone: what is compared
// with a secret must not tell by the clock how much of it was right.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// Owns one text. Not copied, never printed; a view of it lives as long as this does.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  // A short text lies inside the string, where a move leaves it behind: it is wiped there too.
  SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
  SecretText& operator=(SecretText&& other) noexcept {
    wipe(text_);
    text_ = std::move(other.text_);
    wipe(other.text_);
    return *this;
  }
  ~SecretText() { wipe(text_); }

  std::string_view view() const { return text_; }
  operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor)
  bool empty() const { return text_.empty(); }
  std::size_t size() const { return text_.size(); }

 private:
  std::string text_;
};

}  // namespace tidings
