#include "normalize/clean_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/utf8.h"
#include "text/windows_1252.h"

namespace tidings::normalize {
namespace {

bool is_unwanted(char32_t c) {
  const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
  const bool is_noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
  return is_control || is_noncharacter;
}

// Bytes that an unwanted character can begin with.
constexpr std::array<bool, 256> kSuspects = [] {
  std::array<bool, 256> suspects{};
  for (std::size_t c = 0; c < 0x20; ++c) suspects[c] = c != '\t' && c != '\n';
  suspects[0x7F] = suspects[0xC2] = suspects[0xEF] = true;
  for (std::size_t c = 0xF0; c <= 0xF4; ++c) suspects[c] = true;
  return suspects;
}();

// Eight bytes of printable ASCII.
bool is_printable_word(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL, kHighs = 0x8080808080808080ULL;
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t above = word + kOnes;         // DEL sets its high bit
  const std::uint64_t below = word - kOnes * 0x20;  // what is below a blank borrows
  return ((word | above | below) & kHighs) == 0;
}

}  // namespace

bool is_clean(std::string_view text) {
  if (!is_valid_utf8(text)) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + 8 < text.size() && is_printable_word(text.data() + i)) i += 8;
    if (!kSuspects[static_cast<std::uint8_t>(text[i])]) continue;
    std::size_t position = i;
    if (is_unwanted(next_code_point(text, position))) return false;
  }
  return true;
}

std::string cleaned(std::string_view text) {
  const std::string valid = repaired_utf8(text);
  std::string clean;
  clean.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(valid, i);
    if (c == '\r' && i < valid.size() && valid[i] == '\n') continue;
    if (c == '\r' || c == '\f') {
      clean += '\n';
    } else if (const char32_t letter = text::windows_1252_letter(c); letter != 0) {
      append_utf8(clean, letter);
    } else if (!is_unwanted(c)) {
      clean.append(valid, begin, i - begin);
    }
  }
  return clean;
}

}  // namespace tidings::normalize
