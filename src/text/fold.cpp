#include "text/fold.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "core/utf8.h"

namespace tidings::text {
namespace {

struct Spelling {
  char32_t letter;
  std::string_view folded;
};

// Letters that Unicode does not take apart, or takes apart where readers do not; ascending.
constexpr auto kSpellings = std::to_array<Spelling>({
    {U'ª', "a"},  {U'º', "o"},  {U'ß', "ss"},    {U'æ', "ae"}, {U'ð', "d"},  {U'ø', "o"},
    {U'þ', "th"}, {U'đ', "d"},  {U'ħ', "h"},     {U'ı', "i"},  {U'ĳ', "ij"}, {U'ĸ', "k"},
    {U'ŀ', "l"},  {U'ł', "l"},  {U'ŉ', "n"},     {U'ŋ', "n"},  {U'œ', "oe"}, {U'ŧ', "t"},
    {U'ſ', "s"},  {U'ƙ', "k"},  {U'ƴ', "y"},     {U'ǆ', "dz"}, {U'ǉ', "lj"}, {U'ǌ', "nj"},
    {U'ǝ', "e"},  {U'ǽ', "ae"}, {U'ǿ', "o"},     {U'ɓ', "b"},  {U'ɖ', "d"},  {U'ɗ', "d"},
    {U'ə', "e"},  {U'ɛ', "e"},  {U'ς', "σ"},     {U'ѐ', "е"},  {U'ё', "е"},  {U'ѝ', "и"},
    {U'ґ', "г"},  {U'آ', "ا"},  {U'أ', "ا"},     {U'إ', "ا"},  {U'ة', "ه"},  {U'ى', "ي"},
    {U'ٱ', "ا"},  {U'ک', "ك"},  {U'ۀ', "ه"},     {U'ہ', "ه"},  {U'ۂ', "ه"},  {U'ۃ', "ه"},
    {U'ی', "ي"},  {U'ە', "ه"},  {U'\u0901', "ं"}, {U'ẞ', "ss"},
});
static_assert(std::ranges::is_sorted(kSpellings, {}, &Spelling::letter));

constexpr bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

constexpr bool is_latin_mark(char32_t c) {
  return is_between(c, 0x0300, 0x036F);
}

// What stands above and below letters and goes with nobody's spelling of a word.
constexpr bool is_left_out(char32_t c) {
  const bool is_arabic = is_between(c, 0x0610, 0x061A) || is_between(c, 0x064B, 0x065F) ||
                         is_between(c, 0x06D6, 0x06DC) || is_between(c, 0x06DF, 0x06E4) ||
                         is_between(c, 0x06E7, 0x06E8) || is_between(c, 0x06EA, 0x06ED) ||
                         c == 0x0670 || c == 0x0640;
  const bool is_hebrew = is_between(c, 0x0591, 0x05BD) || c == 0x05BF ||
                         is_between(c, 0x05C1, 0x05C2) || is_between(c, 0x05C4, 0x05C5) ||
                         c == 0x05C7;
  constexpr char32_t kNukta = 0x093C;
  return is_latin_mark(c) || is_arabic || is_hebrew || c == kNukta;
}

// Scripts whose letters with marks are read as the letters. Cyrillic's are letters of their own but
// for those in the table; in other scripts marks are sounds.
constexpr bool loses_marks(char32_t c) {
  return is_between(c, 0x00C0, 0x024F) || is_between(c, 0x0370, 0x03FF) ||
         is_between(c, 0x1E00, 0x1FFF);
}

std::string_view spelling_of(char32_t c) {
  const auto found = std::ranges::lower_bound(kSpellings, c, {}, &Spelling::letter);
  return found != kSpellings.end() && found->letter == c ? found->folded : std::string_view();
}

// The letter without its last mark; the letter itself where it has none.
char32_t without_mark(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString parts;
  if (nfc == nullptr || !nfc->getRawDecomposition(static_cast<UChar32>(c), parts)) return c;
  const auto mark = static_cast<char32_t>(parts.char32At(parts.length() - 1));
  return parts.countChar32() == 2 && is_latin_mark(mark) ? static_cast<char32_t>(parts.char32At(0))
                                                         : c;
}

}  // namespace

void append_folded(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (is_left_out(c)) return;
  if (const std::string_view spelled = spelling_of(c); !spelled.empty()) {
    out += spelled;
    return;
  }
  if (loses_marks(c)) {
    if (const char32_t letter = without_mark(c); letter != c) return append_folded(out, letter);
  }
  const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(c));
  if (digit >= 0 && u_isdigit(static_cast<UChar32>(c)) != 0) {
    out += static_cast<char>('0' + digit);
    return;
  }
  append_utf8(out, c);
}

bool is_folded(std::string_view lowered) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  return std::ranges::all_of(lowered, is_ascii) || fold(lowered) == lowered;
}

std::string fold(std::string_view lowered) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(lowered, is_ascii)) return std::string(lowered);
  std::string folded;
  folded.reserve(lowered.size());
  for (std::size_t at = 0; at < lowered.size();) {
    append_folded(folded, next_code_point(lowered, at));
  }
  return folded.empty() ? std::string(lowered) : folded;
}

}  // namespace tidings::text
