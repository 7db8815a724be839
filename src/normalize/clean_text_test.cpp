#include "normalize/clean_text.h"

#include <gtest/gtest.h>

namespace tidings::normalize {
namespace {

TEST(CleanText, DropsWhatNobodySees) {
  const struct {
    std::string_view why, given, expected;
  } cases[] = {
      {"tab and newline stay", "a\tb\nc", "a\tb\nc"},
      {"line ends", "a\r\nb\rc\fd\r\r\n", "a\nb\nc\nd\n\n"},
      {"C0", std::string_view("a\0b\x1F", 4), "ab"},
      {"DEL", "a\x7F", "a"},
      {"C1 are letters of windows-1252", "it\xC2\x92s 5 \xC2\x80\xC2\xA0", "it’s 5 €\xC2\xA0"},
      {"C1 without a letter", "a\xC2\x81\xC2\x9D", "a"},
      {"noncharacters", "a\uFDD0\uFDEF\uFFFE\uFFFF\U0001FFFE\U0010FFFF", "a"},
      {"their neighbors", "\uFDCF\uFDF0\uFFFD\U0001FFFD\U00010000",
       "\uFDCF\uFDF0\uFFFD\U0001FFFD\U00010000"},
      {"bad UTF-8", "a\xFF\xE2\x82", "a\uFFFD\uFFFD"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(cleaned(c.given), c.expected) << c.why;
    EXPECT_EQ(is_clean(c.given), c.given == c.expected) << c.why;
    EXPECT_TRUE(is_clean(c.expected)) << c.why;
  }
}

TEST(CleanText, FindsWhatIsUnwantedAtEveryPlace) {
  for (std::size_t size = 0; size < 40; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      for (const std::string_view unwanted :
           {"\x01", "\x7F", "\x80", "\xC2\x80", "\xEF\xBF\xBF", "\r"}) {
        std::string text(size, ' ');
        EXPECT_TRUE(is_clean(text));
        text.insert(at, unwanted);
        EXPECT_FALSE(is_clean(text)) << size << " " << at;
      }
    }
  }
}

}  // namespace
}  // namespace tidings::normalize
