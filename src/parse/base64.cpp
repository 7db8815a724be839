#include "parse/base64.h"

#include <cstdint>

#include "core/strings.h"

namespace tidings::parse {
namespace {

int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  bool is_padded = false;
  for (const char c : text) {
    if (is_space(c)) continue;
    if (c == '=') {
      is_padded = true;
      continue;
    }
    const int value = sextet(c);
    if (value < 0 || is_padded) return {};
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      decoded +=
          {static_cast<char>(bits >> 16), static_cast<char>(bits >> 8), static_cast<char>(bits)};
      count = 0;
    }
  }
  if (count == 1) return {};
  if (count == 2) decoded += static_cast<char>(bits >> 4);
  if (count == 3) decoded += {static_cast<char>(bits >> 10), static_cast<char>(bits >> 2)};
  return decoded;
}

}  // namespace tidings::parse
