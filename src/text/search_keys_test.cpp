#include "text/search_keys.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/utf8.h"
#include "text/fold.h"

namespace tidings::text {
namespace {

bool finds(std::string_view looked_for, std::string_view in_text, std::string_view language) {
  const SearchLanguage number = search_language(language);
  const auto wanted = keys_looked_for(search_form(looked_for), number);
  const auto there = keys_in_text(search_form(in_text), number);
  return std::ranges::any_of(
      wanted, [&](const std::string& key) { return std::ranges::find(there, key) != there.end(); });
}

struct Pair {
  std::string_view language;
  std::string_view looked_for;
  std::string_view in_text;
};

TEST(SearchKeys, FindWhatAReaderOfTheLanguageExpects) {
  constexpr Pair kPairs[] = {
      {"en", "election", "Elections"},
      {"en", "elections", "election"},
      {"en", "cafe", "café"},
      {"en", "café", "cafe"},
      {"en", "EU", "EU’s"},
      {"en", "encyclopaedia", "Encyclopædia"},
      {"en-GB", "minister", "ministers"},
      {"de", "mueller", "Müller"},
      {"de", "müller", "Mueller"},
      {"de", "muller", "Müller"},
      {"de", "MÜLLER", "Müllers"},
      {"de", "strasse", "Straße"},
      {"de", "Straße", "STRASSE"},
      {"de", "haus", "Häuser"},
      {"de", "Häuser", "Häusern"},
      {"de", "haeuser", "Häusern"},
      {"fr", "eleves", "élèves"},
      {"fr", "élève", "ELEVES"},
      {"fr", "oeuvre", "œuvres"},
      {"fr", "francais", "française"},
      {"es", "espana", "España"},
      {"es", "España", "ESPAÑA"},
      {"es", "eleccion", "elección"},
      {"es", "elecciones", "elección"},
      {"it", "citta", "città"},
      {"pt", "eleicoes", "eleições"},
      {"nl", "auto", "auto's"},
      {"nl", "reele", "reële"},
      {"sv", "malmo", "Malmö"},
      {"sv", "Malmö", "MALMÖ"},
      {"sv", "EU", "EU:s"},
      {"fi", "EU", "EU:n"},
      {"fi", "presidentti", "presidentin"},
      {"da", "Aarhus", "Århus"},
      {"da", "Århus", "Aarhus"},
      {"da", "bjorn", "Bjørn"},
      {"no", "Bjørn", "Bjoern"},
      {"nb", "tromso", "Tromsø"},
      {"is", "thingvellir", "Þingvellir"},
      {"pl", "lodz", "Łódź"},
      {"pl", "Łódź", "ŁÓDŹ"},
      {"cs", "prezident", "prezident"},
      {"cs", "cesky", "český"},
      {"cs", "cesko", "Česko"},
      {"sk", "kosice", "Košice"},
      {"hr", "dokovic", "Đoković"},
      {"sr", "beograd", "Београд"},
      {"sr", "Đoković", "Ђоковић"},
      {"sr", "Ђоковић", "Đoković"},
      {"hu", "gyor", "Győr"},
      {"hu", "Györ", "Győr"},
      {"ro", "timisoara", "Timișoara"},
      {"ro", "Timişoara", "Timișoara"},
      {"tr", "istanbul", "İSTANBUL"},
      {"tr", "İstanbul", "istanbul"},
      {"tr", "Isparta", "ısparta"},
      {"tr", "ısparta", "ISPARTA"},
      {"tr", "kadin", "kadınlar"},
      {"tr", "sehir", "şehirler"},
      {"tr", "Ankara", "Ankara’da"},
      {"az", "bakida", "Bakıda"},
      {"ru", "елка", "ёлка"},
      {"ru", "Ёлка", "елка"},
      {"ru", "выборы", "выборах"},
      {"uk", "об'єкт", "обʼєкт"},
      {"uk", "гелгав", "Ґелґав"},
      {"bg", "избори", "ИЗБОРИ"},
      {"el", "αθηνα", "Αθήνα"},
      {"el", "ΠΟΛΗΣ", "πόλης"},
      {"ar", "انتخابات", "اِنتِخابات"},
      {"ar", "احمد", "أحمد"},
      {"ar", "مدرسه", "مدرسة"},
      {"ar", "على", "علي"},
      {"fa", "می‌خواهم", "میخواهم"},
      {"fa", "كتاب", "کتاب"},
      {"fa", "۱۴۰۳", "1403"},
      {"he", "ירושלים", "יְרוּשָׁלַיִם"},
      {"hi", "चुनावों", "चुनाव"},
      {"hi", "हिंदी", "हिँदी"},
      {"hi", "सडक", "सड़क"},
      {"vi", "ha", "Hà"},
      {"vi", "noi", "Nội"},
      {"vi", "da", "Đà"},
      {"vi", "Đà", "ĐÀ"},
      {"id", "pemilihan", "pemilihan"},
      {"ja", "選挙", "選挙"},
      {"ja", "NHK", "ＮＨＫ"},
      {"ja", "ニュース", "ﾆｭｰｽ"},
      {"zh", "选举", "选举"},
      {"th", "เลือกตั้ง", "เลือกตั้ง"},
      {"th", "2567", "๒๕๖๗"},
      {"ko", "선거", "선거"},
      {"und", "Zürich", "ZURICH"},
      {"", "naïve", "naive"},
      {"lt", "siauliai", "Šiauliai"},
      {"lv", "riga", "Rīga"},
      {"et", "parnu", "Pärnu"},
      {"sl", "zalec", "Žalec"},
  };
  for (const Pair& p : kPairs) {
    EXPECT_TRUE(finds(p.looked_for, p.in_text, p.language))
        << p.language << ": " << p.looked_for << " should find " << p.in_text;
  }
}

TEST(SearchKeys, TellALanguagesOwnLettersApart) {
  constexpr Pair kPairs[] = {
      {"sv", "här", "har"},        {"sv", "Malmö", "Malmo"}, {"fi", "näin", "nain"},
      {"da", "får", "far"},        {"no", "Bjørn", "Bjorn"}, {"de", "schön", "schon"},
      {"de", "Müller", "Muller"},  {"es", "año", "ano"},     {"pl", "łódź", "lodz"},
      {"cs", "řad", "rad"},        {"hu", "öt", "ot"},       {"tr", "şehir", "sehir"},
      {"ro", "față", "fata"},      {"hr", "čin", "cin"},     {"is", "þing", "thing"},
      {"vi", "má", "ma"},          {"vi", "má", "mà"},       {"uk", "їж", "іж"},
      {"bg", "мой", "мои"},        {"ja", "が", "か"},       {"th", "ไก่", "ไก"},
      {"en", "universe", "house"}, {"tr", "d'estaing", "d"}, {"de", "häuser", "haus"},
      {"ja", "ハ", "パ"},
  };
  for (const Pair& p : kPairs) {
    EXPECT_FALSE(finds(p.looked_for, p.in_text, p.language))
        << p.language << ": " << p.looked_for << " should not find " << p.in_text;
  }
}

TEST(SearchKeys, FindEveryFormByItself) {
  const std::set<std::string> languages = {"en", "de", "sv",  "tr", "vi", "sr", "ro", "ar", "hi",
                                           "el", "ja", "und", "fi", "hu", "da", "az", "is"};
  for (const std::string& language : languages) {
    for (const std::string_view word :
         {"news", "Müller", "İstanbul'da", "Đoković", "Ђоковић", "ـــ", "ﬁn", "EU:n", "a",
          "Ångström", "選挙", "Ể", "أحمد", "ß"}) {
      EXPECT_TRUE(finds(word, word, language)) << language << ": " << word;
      const SearchLanguage number = search_language(language);
      const auto keys = keys_in_text(search_form(word), number);
      EXPECT_LE(keys.size(), kSearchKeysMax);
      EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), keys.size()) << "each once";
      for (const std::string& key : keys) EXPECT_FALSE(key.empty());
    }
  }
}

TEST(SearchKeys, LookFamiliarInEnglish) {
  EXPECT_EQ(keys_in_text("elections", search_language("en")),
            (std::vector<std::string>{"elect", "elections"}));
  EXPECT_EQ(keys_in_text("news", search_language("und")), std::vector<std::string>{"news"});
  EXPECT_EQ(keys_in_text("malmö", search_language("sv")),
            (std::vector<std::string>{"malmo", "malmö"}));
  EXPECT_EQ(keys_looked_for("malmö", search_language("sv")), std::vector<std::string>{"malmö"});
}

TEST(SearchLanguageNumber, NeverChanges) {
  struct Number {
    std::string_view language;
    int expected;
  };
  constexpr Number kNumbers[] = {{"", 0},    {"und", 0}, {"ja", 0},     {"ar", 1},  {"da", 5},
                                 {"en", 7},  {"de", 10}, {"de-AT", 10}, {"NB", 19}, {"nn-NO", 19},
                                 {"sv", 25}, {"tr", 27}, {"pl", 29},    {"hr", 33}, {"bs", 33},
                                 {"vi", 41}, {"yo", 48}, {"english", 0}};
  for (const Number& n : kNumbers) EXPECT_EQ(search_language(n.language), n.expected) << n.language;
}

TEST(SearchForm, IsOneSpellingOfWhatIsSeen) {
  struct Case {
    std::string_view why;
    std::string_view given;
    std::string_view expected;
  };
  constexpr Case kCases[] = {
      {"lower case", "NATO", "nato"},
      {"composed", "Cafe\u0301", "café"},
      {"one apostrophe", "don’t", "don't"},
      {"apostrophes around it are none of its", "ʻtis’", "tis"},
      {"soft hyphens", "Bundes\u00ADrat", "bundesrat"},
      {"joiners", "می\u200Cخواهم", "میخواهم"},
      {"directions", "\u200Fשלום\u200E", "שלום"},
      {"Turkish capital", "İZMİR", "izmir"},
      {"Turkish capital made small elsewhere", "i\u0307zmir", "izmir"},
      {"ligatures", "ﬁnance", "finance"},
      {"full width", "ＮＨＫ", "nhk"},
      {"half width", "ﾆｭｰｽ", "ニュース"},
      {"voiced half width", "ﾊﾟﾘ", "パリ"},
      {"shapes that are sentences", "ﷺ", "ﷺ"},
      {"Arabic shapes", "ﺳﻼﻡ", "سلام"},
      {"bytes that are not UTF-8", "a\xFFz", "a\uFFFDz"},
      {"diacritics stay", "Élysée", "élysée"},
      {"nothing", "", ""},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(search_form(c.given), c.expected) << c.why;
    EXPECT_EQ(search_form(c.expected), c.expected) << c.why;
  }
}

TEST(SearchKeys, BeginAsTheFormWhereTheLanguageKeepsBeginnings) {
  const std::array endings = {"",      "a",     "e",   "s",      "es",    "en", "ing", "ed",
                              "ation", "ement", "lar", "ission", "ungen", "ov", "’s",  "2026"};
  std::size_t compared = 0;
  for (SearchLanguage language = 0; language < kSearchLanguages; ++language) {
    if (!keeps_beginnings(language)) continue;
    for (const char first : std::string_view("abcdefghijklmnopqrstuvwxyz059")) {
      for (const std::string_view second : {"", "a", "e", "h", "j", "l", "y", "ü", "ö"}) {
        for (const std::string_view ending : endings) {
          const std::string form = search_form(std::string(1, first).append(second).append(ending));
          for (const std::string& key : keys_in_text(form, language)) {
            EXPECT_EQ(key.front(), form.front()) << form << " in " << int{language} << ": " << key;
            ++compared;
          }
        }
      }
    }
  }
  EXPECT_GT(compared, 100'000U);
  EXPECT_FALSE(keeps_beginnings(search_language("id")));
}

TEST(Fold, IsIdempotentForEveryCharacter) {
  for (char32_t c = 1; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string character;
    append_utf8(character, c);
    const std::string form = search_form(character);
    EXPECT_EQ(search_form(form), form) << std::hex << static_cast<std::uint32_t>(c);
    const std::string folded = fold(form);
    EXPECT_EQ(fold(folded), folded) << std::hex << static_cast<std::uint32_t>(c);
    EXPECT_EQ(folded.empty(), form.empty());
  }
}

}  // namespace
}  // namespace tidings::text
