#include "analyze/attempt.h"

#include <new>
#include <stdexcept>

#include <gtest/gtest.h>

#include "analyze/analyze.h"

namespace tidings::analyze {
namespace {

using Names = std::vector<std::string>;

TEST(Attempt, AnAnalyzerThatFailsCostsItsFieldAlone) {
  Names failed;
  Names found;
  attempt("topics", failed, [&] { found = {"sport"}; });
  attempt("places", failed, [&]() -> void { throw std::bad_alloc(); });
  attempt("summary", failed, [&] { found.push_back(std::string("weather").substr(9)); });
  attempt("keyphrases", failed, [&] { found.emplace_back("rain"); });
  EXPECT_EQ(found, (Names{"sport", "rain"}));
  EXPECT_EQ(failed, (Names{"places", "summary"}));
}

TEST(Attempt, OneWithinAnotherFailsAlone) {
  Names failed;
  bool is_after = false;
  attempt("words", failed, [&] {
    attempt("topics", failed, [&]() -> void { throw std::runtime_error("a fault"); });
    is_after = true;
  });
  EXPECT_TRUE(is_after);
  EXPECT_EQ(failed, Names{"topics"});
}

TEST(Analyze, NothingFailsOnAnOrdinaryArticle) {
  const Analysis found =
      analyze({.title = "Rain in Berlin", .text = "It rained in Berlin all day."});
  EXPECT_TRUE(found.failed.empty());
  EXPECT_EQ(found.words, 9);
  EXPECT_EQ(found.sentences, 2);
}

// What is behind the beginning of a long text is not looked at, and counts as if it were like that.
TEST(Analyze, OfALongTextTheBeginningIsLookedAt) {
  std::string text = "It rained in Berlin all day. ";
  while (text.size() < 3000) text += "The rain went on for hours. ";
  text += "Then the sun shone in Paris.";
  const Analysis head = analyze({.title = "Rain", .text = text}, {.text_bytes_max = 1000});
  const Analysis whole = analyze({.title = "Rain", .text = text});
  EXPECT_NEAR(head.words, whole.words, 0.05 * whole.words);
  EXPECT_NEAR(head.sentences, whole.sentences, 0.05 * whole.sentences);
  EXPECT_NEAR(head.reading_time_s, whole.reading_time_s, 0.05 * whole.reading_time_s);
  ASSERT_EQ(head.places.size(), 1u);
  EXPECT_EQ(head.places[0].text, "Berlin");
  EXPECT_EQ(whole.places.size(), 2u);
}

TEST(Analyze, AMillionTimesOneWordIsCounted) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "rain ";
  const Analysis found = analyze({.title = "", .text = text, .language = "en"});
  EXPECT_NEAR(found.words, 1'000'000, 1'000);
  EXPECT_TRUE(found.failed.empty());
}

}  // namespace
}  // namespace tidings::analyze
