#include "text/stop_words.h"

#include <gtest/gtest.h>

namespace tidings::text {
namespace {

TEST(StopWords, HasListsOfManyLanguages) {
  EXPECT_TRUE(StopWords("en").contains("the"));
  EXPECT_TRUE(StopWords("de-AT").contains("und"));
  EXPECT_TRUE(StopWords("fr").contains("pour"));
  EXPECT_TRUE(StopWords("ru").contains("если"));
  EXPECT_TRUE(StopWords("ar").contains("على"));
  EXPECT_TRUE(StopWords("nb").contains("ikke"));
  EXPECT_FALSE(StopWords("en").contains("parliament"));
  EXPECT_FALSE(StopWords("de").contains("the"));
}

TEST(StopWords, TakesBothApostrophes) {
  EXPECT_TRUE(StopWords("en").contains("don't"));
  EXPECT_TRUE(StopWords("en").contains("don’t"));
}

TEST(StopWords, LeavesTheNamesOfCountries) {
  EXPECT_FALSE(StopWords("en").contains("uk"));
  EXPECT_FALSE(StopWords("en").contains("eu"));
  EXPECT_TRUE(StopWords("en").contains("us"));
}

TEST(StopWords, AnUnknownLanguageHasNone) {
  EXPECT_FALSE(StopWords("und").knows_language());
  EXPECT_FALSE(StopWords("").contains("the"));
  EXPECT_FALSE(StopWords("a-very-long-code").contains(""));
  EXPECT_FALSE(StopWords("en").contains(""));
}

}  // namespace
}  // namespace tidings::text
