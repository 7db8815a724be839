// The letters of windows-1252 where Unicode has controls: what publishers mean by U+0080 to U+009F.
#pragma once

#include <array>
#include <cstddef>

namespace tidings::text {

// What byte 0x80 + i is in windows-1252 (WHATWG Encoding, index windows-1252); 0 where it is no
// letter.
inline constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The letter that is meant by a control of U+0080 to U+009F; 0 for none, and for other characters.
constexpr char32_t windows_1252_letter(char32_t control) {
  return control >= 0x80 && control <= 0x9F ? kWindows1252[control - 0x80] : 0;
}

}  // namespace tidings::text
