#include "text/search_language.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::text {
namespace {

struct Row {
  std::string_view tag;
  // Letters that the language's dictionaries sort as letters rather than as varieties of another
  // (CLDR's collation: primary differences), and what its readers write for them where they cannot
  // type them ("ü=ue").
  std::string_view own = {};
  std::string_view ending_marks = {};
  std::size_t ending_bytes_max = 0;
  bool is_spelled_first = false;
  bool keeps_marks = false;
  bool stems_change_beginnings = false;
};

// By number, which files keep: rows are added at the end and never moved.
// French, Italian, Portuguese, Catalan and Dutch have none: to them é is an e. Turkish ı is not its
// own although it is a letter, because capitals are made small here as English does it, which makes
// I an i. Czech and Slovak vowels with an acute sort as the vowels. Hungarians whose keyboard lacks
// ő write ö. German sorts ü as u, but "schön" is not "schon" to anyone who typed the ö.
constexpr auto kRows = std::to_array<Row>({
    {""},
    {.tag = "ar", .stems_change_beginnings = true},
    {"hy"},
    {"eu", "ñ"},
    {"ca"},
    {"da", "å=aa æ=ae ø=oe", "'", 1, true},
    {"nl", "", "'", 1},
    {"en"},
    {"fi", "å ä ö", ":'", 16},
    {"fr"},
    {"de", "ä=ae ö=oe ü=ue", "'", 1, true},
    {"el"},
    {"hi"},
    {"hu", "ö ü ő=ö ű=ü"},
    {.tag = "id", .stems_change_beginnings = true},
    {.tag = "ga", .stems_change_beginnings = true},
    {"it"},
    {"lt", "č š ž"},
    {"ne"},
    {"no", "å=aa æ=ae ø=oe", "'", 1, true},
    {"pt"},
    {"ro", "ă â î ș ț ş=ș ţ=ț"},
    {"ru"},
    {.tag = "sr", .own = "č ć đ š ž", .stems_change_beginnings = true},
    {"es", "ñ"},
    {"sv", "å ä ö", ":", 16},
    {.tag = "ta", .stems_change_beginnings = true},
    {"tr", "ç ğ ö ş ü", "'", 24},
    {.tag = "yi", .stems_change_beginnings = true},
    {"pl", "ą ć ę ł ń ó ś ź ż", "'", 8},
    {"cs", "č ř š ž"},
    {"sk", "ä č ô š ž"},
    {"sl", "č ć đ š ž"},
    {"hr", "č ć đ š ž"},
    {"is", "á ð é í ó ú ý þ æ ö"},
    {"fo", "á ð í ó ú ý æ ø"},
    {"et", "ä õ ö š ü ž"},
    {"lv", "č ģ ķ ļ ņ š ž"},
    {"sq", "ç ë"},
    {"mt", "ċ ġ ħ ż"},
    {"eo", "ĉ ĝ ĥ ĵ ŝ ŭ"},
    {"vi", "", "", 0, false, true},
    {"uk", "ґ"},
    {"az", "ç ə ğ ö ş ü", "'", 24},
    {"ku", "ç ê î ş û"},
    {"tk", "ä ç ž ň ö ş ü ý"},
    {"gl", "ñ"},
    {"fil", "ñ"},
    {"yo", "ẹ ọ ṣ"},
});
static_assert(kRows.size() <= kSearchLanguages);

struct Alias {
  std::string_view tag;
  std::string_view row;
};

constexpr auto kAliases = std::to_array<Alias>({{"nb", "no"},
                                                {"nn", "no"},
                                                {"bs", "hr"},
                                                {"sh", "sr"},
                                                {"tl", "fil"},
                                                {"in", "id"},
                                                {"ji", "yi"}});

SearchLanguageRules read_row(const Row& row) {
  SearchLanguageRules rules{.tag = row.tag,
                            .keeps_marks = row.keeps_marks,
                            .is_spelled_first = row.is_spelled_first,
                            .ending_marks = row.ending_marks,
                            .ending_bytes_max = row.ending_bytes_max,
                            .stems_change_beginnings = row.stems_change_beginnings};
  for (std::size_t at = 0; at < row.own.size();) {
    const std::size_t end = std::min(row.own.find(' ', at), row.own.size());
    const std::string_view letter = row.own.substr(at, end - at);
    const std::size_t sign = letter.find('=');
    std::string spelling(sign == std::string_view::npos ? letter : letter.substr(sign + 1));
    std::size_t letter_end = 0;
    const char32_t c = next_code_point(letter, letter_end);
    rules.own.push_back({.letter = c, .spelling = std::move(spelling)});
    at = end + 1;
  }
  return rules;
}

}  // namespace

SearchLanguage search_language(std::string_view language) {
  const std::string primary = to_lower(language.substr(0, language.find_first_of("-_")));
  if (primary.empty()) return 0;
  const auto alias = std::ranges::find(kAliases, primary, &Alias::tag);
  const std::string_view tag = alias == kAliases.end() ? primary : alias->row;
  const auto row = std::ranges::find(kRows, tag, &Row::tag);
  return row == kRows.end() ? 0 : static_cast<SearchLanguage>(row - kRows.begin());
}

const std::string* SearchLanguageRules::spelling_of(char32_t c) const {
  const auto found = std::ranges::find(own, c, &OwnLetter::letter);
  return found == own.end() ? nullptr : &found->spelling;
}

const SearchLanguageRules& rules_of(SearchLanguage language) {
  static const std::vector<SearchLanguageRules> rules = [] {
    std::vector<SearchLanguageRules> read;
    read.reserve(kRows.size());
    for (const Row& row : kRows) read.push_back(read_row(row));
    return read;
  }();
  return rules[language < rules.size() ? language : 0];
}

}  // namespace tidings::text
