#include "core/locale_codes.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/strings.h"

namespace tidings {
namespace {

// ISO 639-1.
constexpr std::string_view kLanguages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii "
    "ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr "
    "ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk "
    "sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za "
    "zh zu ";

// ISO 3166-1 alpha-2.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET "
    "FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ "
    "IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
    "MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS "
    "PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
    "TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ";

struct Slip {
  std::string_view given, meant;
};

// Country codes taken for languages (where no language has that code), retired codes, and ISO 639-2
// where ISO 639-1 has a shorter one.
constexpr Slip kSlips[] = {
    {"iw", "he"},  {"in", "id"},  {"ji", "yi"},  {"jp", "ja"},  {"cz", "cs"},  {"ua", "uk"},
    {"cn", "zh"},  {"dk", "da"},  {"gr", "el"},  {"eng", "en"}, {"deu", "de"}, {"ger", "de"},
    {"fra", "fr"}, {"fre", "fr"}, {"spa", "es"}, {"ita", "it"}, {"por", "pt"}, {"rus", "ru"},
    {"zho", "zh"}, {"chi", "zh"}, {"jpn", "ja"}, {"ara", "ar"}, {"nld", "nl"}, {"dut", "nl"},
    {"pol", "pl"}, {"tur", "tr"}, {"ukr", "uk"}, {"kor", "ko"},
};

bool contains(std::string_view codes, std::string_view code) {
  return code.size() == 2 && codes.find(std::string(code) + " ") != std::string_view::npos;
}

bool are_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_alpha);
}
bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::string primary_language(std::string_view subtag) {
  std::string code = to_lower(subtag);
  for (const Slip& slip : kSlips) {
    if (code == slip.given) return std::string(slip.meant);
  }
  if (contains(kLanguages, code)) return code;
  const bool says_nothing =
      code == "und" || code == "mul" || code == "zxx" || code == "mis" || code == "xxx";
  return code.size() == 3 && are_letters(code) && !says_nothing ? code : std::string();
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return upper;
}

}  // namespace

std::string tidy_language(std::string_view tag) {
  std::string given(trim(tag));
  given.resize(std::min(given.find_first_of(" ,;.@"), given.size()));  // "en_US.UTF-8", "en, de"
  std::replace(given.begin(), given.end(), '_', '-');
  const std::vector<std::string_view> subtags = split(given, '-');
  std::string tidy = primary_language(subtags.front());
  if (tidy.empty()) return tidy;
  std::size_t next = 1;
  if (next < subtags.size() && subtags[next].size() == 4 &&
      are_letters(subtags[next])) {  // a script
    tidy += '-';
    tidy += to_upper(subtags[next].substr(0, 1)) + to_lower(subtags[next].substr(1));
    ++next;
  }
  if (next < subtags.size()) {
    const std::string region = to_upper(subtags[next]);
    if (is_country_code(region) || (region.size() == 3 && are_digits(region))) tidy += "-" + region;
  }
  return tidy;
}

bool is_country_code(std::string_view code) {
  return contains(kCountries, code);
}

}  // namespace tidings
