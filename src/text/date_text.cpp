#include "text/date_text.h"

#include <algorithm>
#include <string>

#include "core/utf8.h"

namespace tidings::text {
namespace {

// Zeros of the scripts whose digits stand in dates: Arabic, Persian, Devanagari, Bengali, Thai,
// Khmer, Myanmar, full-width.
constexpr char32_t kZeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x17E0, 0x1040, 0xFF10};

// 0 for what is dropped, the character itself where it is no other spelling.
char32_t plain(char32_t c) {
  for (const char32_t zero : kZeros) {
    if (c >= zero && c < zero + 10) return U'0' + (c - zero);
  }
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000) return ' ';
  if (c == 0x200B || c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF)
    return 0;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
  if (c == 0x60C || c == 0x3001) return ',';
  return c;
}

}  // namespace

DateText::DateText(std::string_view text) : given_(text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) return;
  is_copied_ = true;
  std::string encoded;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = plain(next_code_point(text, at));
    if (c == 0) continue;
    encoded.clear();
    append_utf8(encoded, c);
    if (size_ + encoded.size() > kSizeMax) return;
    size_ += encoded.copy(letters_ + size_, encoded.size());
  }
}

}  // namespace tidings::text
