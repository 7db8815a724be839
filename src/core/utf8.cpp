#include "core/utf8.h"

#include <cstdint>
#include <cstring>

namespace tidings {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

struct Decoded {
  std::size_t size;  // of the code point, or of the maximal bad part
  bool valid;
};

// Unicode table 3-7: the well-formed byte sequences.
Decoded decode_at(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint8_t low = 0x80, high = 0xBF;  // bounds of the second byte
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < size; ++i, low = 0x80, high = 0xBF) {
    if (at + i >= text.size()) return {i, false};
    const std::uint8_t next = byte_at(text, at + i);
    if (next < low || next > high) return {i, false};
  }
  return {size, true};
}

// Where the first bad part begins; the size of the text when there is none.
std::size_t first_invalid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size()) {  // eight ASCII bytes at a time
      std::uint64_t word;
      std::memcpy(&word, text.data() + at, 8);
      if ((word & 0x8080808080808080ULL) == 0) {
        at += 8;
        continue;
      }
    }
    const Decoded decoded = decode_at(text, at);
    if (!decoded.valid) return at;
    at += decoded.size;
  }
  return at;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  return first_invalid(text) == text.size();
}

std::string repaired_utf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size() + text.size() / 2);
  while (true) {
    const std::size_t bad = first_invalid(text);
    repaired.append(text.substr(0, bad));
    if (bad == text.size()) return repaired;
    repaired.append(kReplacement);
    text.remove_prefix(bad + decode_at(text, bad).size);
  }
}

void blank_invalid_utf8(std::string& text) {
  std::size_t at = 0;
  while (true) {
    at += first_invalid(std::string_view(text).substr(at));
    if (at == text.size()) return;
    const std::size_t size = decode_at(text, at).size;
    text.replace(at, size, size, ' ');
    at += size;
  }
}

std::string_view utf8_prefix(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return text;
  std::size_t size = size_max;
  while (size > 0 && (byte_at(text, size) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

void append_utf8(std::string& out, char32_t c) {
  if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const Decoded decoded = decode_at(text, position);
  if (!decoded.valid) {
    ++position;
    return 0xFFFD;
  }
  constexpr std::uint8_t kLeadMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t value = byte_at(text, position) & kLeadMask[decoded.size];
  for (std::size_t i = 1; i < decoded.size; ++i)
    value = value << 6 | (byte_at(text, position + i) & 0x3F);
  position += decoded.size;
  return value;
}

}  // namespace tidings
