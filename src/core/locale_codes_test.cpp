#include "core/locale_codes.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

TEST(TidyLanguage, SpellsATagOneWay) {
  const struct {
    std::string_view given, expected;
  } cases[] = {
      {"en", "en"},
      {"en-us", "en-US"},
      {"EN_us", "en-US"},
      {" de-DE ", "de-DE"},
      {"ZH_hant_tw", "zh-Hant-TW"},
      {"zh-CN", "zh-CN"},
      {"es-419", "es-419"},
      {"en_US.UTF-8", "en-US"},
      {"en, de", "en"},
      {"sr-Latn", "sr-Latn"},
      {"de-DE-1996", "de-DE"},
      {"en-english", "en"},
      {"en-", "en"},
      {"en-ZZ", "en"},
      {"jp", "ja"},
      {"eng-GB", "en-GB"},
      {"gsw", "gsw"},
      {"iw", "he"},
      {"", ""},
      {"english", ""},
      {"und", ""},
      {"xx", ""},
      {"e", ""},
      {"12", ""},
      {"-us", ""},
      {"<en>", ""},
      {"n e", ""},
      {"en\xC3\xA9", ""},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(tidy_language(c.given), c.expected) << c.given;
    EXPECT_EQ(tidy_language(c.expected), c.expected) << c.given;
  }
}

TEST(CountryCode, IsIso3166) {
  for (const std::string_view code : {"DE", "US", "XK", "ZW", "AD"})
    EXPECT_TRUE(is_country_code(code)) << code;
  for (const std::string_view code : {"", "D", "de", "UK", "EU", "ZZ", "DEU", "E ", " D"}) {
    EXPECT_FALSE(is_country_code(code)) << code;
  }
}

}  // namespace
}  // namespace tidings
