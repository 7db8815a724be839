#include "text/date_names.h"

#include <cstdint>
#include <iterator>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::text {
namespace {

// U+00C0 to U+017F, and Vietnamese U+1EA0 to U+1EF9, without their accents.
constexpr std::string_view kLatinLetters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeee"
    "eegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuu"
    "wwyyyzzzzzzs";
constexpr std::string_view kVietnameseLetters =
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

constexpr struct {
  std::string_view letters;
  int month;
} kMonthStems[] = {
#include "text/month_stems.inc"
};

constexpr std::pair<std::string_view, HalfDay> kHalves[] = {
    {"上午", HalfDay::Morning},   {"下午", HalfDay::Afternoon},   {"午前", HalfDay::Morning},
    {"午後", HalfDay::Afternoon}, {"午后", HalfDay::Afternoon},   {"오전", HalfDay::Morning},
    {"오후", HalfDay::Afternoon}, {"凌晨", HalfDay::Morning},     {"早上", HalfDay::Morning},
    {"中午", HalfDay::Afternoon}, {"晚上", HalfDay::Afternoon},   {"π.μ", HalfDay::Morning},
    {"πμ", HalfDay::Morning},     {"μ.μ", HalfDay::Afternoon},    {"μμ", HalfDay::Afternoon},
    {"ص", HalfDay::Morning},      {"م", HalfDay::Afternoon},      {"صباحا", HalfDay::Morning},
    {"مساء", HalfDay::Afternoon}, {"sa", HalfDay::Morning},       {"ch", HalfDay::Afternoon},
    {"sang", HalfDay::Morning},   {"chieu", HalfDay::Afternoon},  {"toi", HalfDay::Afternoon},
    {"पूर्वाह्न", HalfDay::Morning}, {"अपराह्न", HalfDay::Afternoon}, {"oo", HalfDay::Morning},
    {"os", HalfDay::Afternoon},
};

constexpr std::pair<std::string_view, int> kEras[] = {
    {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"民國", 1911}, {"民国", 1911}};

constexpr std::pair<std::string_view, DateUnit> kUnits[] = {
    {"年", DateUnit::Year},   {"년", DateUnit::Year},   {"月", DateUnit::Month},
    {"월", DateUnit::Month},  {"日", DateUnit::Day},    {"일", DateUnit::Day},
    {"号", DateUnit::Day},    {"號", DateUnit::Day},    {"時", DateUnit::Hour},
    {"时", DateUnit::Hour},   {"点", DateUnit::Hour},   {"點", DateUnit::Hour},
    {"시", DateUnit::Hour},   {"分", DateUnit::Minute}, {"분", DateUnit::Minute},
    {"秒", DateUnit::Second}, {"초", DateUnit::Second},
};

char32_t folded_greek(char32_t c) {
  constexpr std::pair<char32_t, char32_t> kAccented[] = {
      {0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF},
      {0x38E, 0x3C5}, {0x38F, 0x3C9}, {0x390, 0x3B9}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5},
      {0x3AE, 0x3B7}, {0x3AF, 0x3B9}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5},
      {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9}, {0x3AA, 0x3B9}};
  for (const auto& [accented, plain] : kAccented) {
    if (accented == c) return plain;
  }
  return c >= 0x391 && c <= 0x3A9 ? c + 0x20 : c;
}

char32_t folded_cyrillic(char32_t c) {
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) c += 0x50;
  return c == 0x451 ? 0x435 : c;
}

// Letters that are spelled in several ways become one; marks become 0.
char32_t folded_arabic(char32_t c) {
  if (c == 0x640 || (c >= 0x64B && c <= 0x652)) return 0;
  if (c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671) return 0x627;
  if (c == 0x649 || c == 0x6CC) return 0x64A;
  return c == 0x6A9 ? 0x643 : c;
}

// 0 for marks that stand on their letter.
char32_t folded(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(to_lower(static_cast<char>(c)));
  if (c >= 0xC0 && c <= 0x17F) return static_cast<unsigned char>(kLatinLetters[c - 0xC0]);
  if (c == 0x218 || c == 0x219) return 's';
  if (c == 0x21A || c == 0x21B) return 't';
  if (c >= 0x300 && c <= 0x36F) return 0;
  if (c >= 0x370 && c <= 0x3FF) return folded_greek(c);
  if (c >= 0x400 && c <= 0x45F) return folded_cyrillic(c);
  if (c >= 0x600 && c <= 0x6FF) return folded_arabic(c);
  if (c == 0x93C || c == 0x200C || c == 0x200D) return 0;
  if (c == 0x95E) return 0x92B;
  if (c >= 0x1EA0 && c <= 0x1EF9) return static_cast<unsigned char>(kVietnameseLetters[c - 0x1EA0]);
  return c;
}

}  // namespace

FoldedWord::FoldedWord(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = folded(next_code_point(word, at));
    if (c < 0x80) {
      if (c == 0) continue;
      if (size_ == sizeof letters_) return;
      letters_[size_++] = static_cast<char>(c);
    } else {
      std::string encoded;
      append_utf8(encoded, c);
      if (size_ + encoded.size() > sizeof letters_) return;
      size_ += encoded.copy(letters_ + size_, encoded.size());
    }
  }
}

int month_number(std::string_view folded) {
  if (folded.size() < 3) return 0;
  std::size_t longest = 0;
  int month = 0;
  for (const auto& stem : kMonthStems) {
    if (stem.letters.size() > longest && folded.starts_with(stem.letters)) {
      longest = stem.letters.size();
      month = stem.month;
    }
  }
  return month;
}

HalfDay half_day(std::string_view folded) {
  for (const auto& [name, half] : kHalves) {
    if (name == folded) return half;
  }
  return HalfDay::Unsaid;
}

int era_begin(std::string_view& text) {
  for (const auto& [name, year] : kEras) {
    if (text.starts_with(name)) {
      text.remove_prefix(name.size());
      return year;
    }
  }
  return 0;
}

std::optional<DateUnit> take_unit(std::string_view text, std::size_t& size) {
  for (const auto& [name, unit] : kUnits) {
    if (text.starts_with(name)) {
      size = name.size();
      return unit;
    }
  }
  return std::nullopt;
}

}  // namespace tidings::text
