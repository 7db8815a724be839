#include "text/segments.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::text {
namespace {

std::vector<std::string> words_of(const Segments& segments) {
  std::vector<std::string> found;
  for (const Word& word : segments.words()) found.emplace_back(segments.written(word));
  return found;
}

std::vector<std::string> sentences_of(const Segments& segments) {
  std::vector<std::string> found;
  for (const Sentence& sentence : segments.sentences())
    found.emplace_back(segments.text().substr(sentence.begin, sentence.end - sentence.begin));
  return found;
}

TEST(Segments, CutsWordsWhereScriptsHaveSpaces) {
  const Segments cut = segment("Don't pay 3.5 for well-known “Ärger”.", "en");
  EXPECT_EQ(words_of(cut),
            (std::vector<std::string>{"Don't", "pay", "3.5", "for", "well", "known", "Ärger"}));
}

TEST(Segments, SharesFormsAndStems) {
  const Segments cut = segment("Runs RUNS running", "en");
  ASSERT_EQ(cut.words().size(), 3u);
  EXPECT_EQ(cut.words()[0].form, cut.words()[1].form);
  EXPECT_EQ(cut.forms().size(), 2u);
  EXPECT_EQ(cut.stem_count(), 1u);
  EXPECT_EQ(cut.stem(cut.words()[2]), "run");
  EXPECT_EQ(cut.forms()[0].count, 2u);
}

TEST(Segments, TitleIsASentenceOfItsOwn) {
  const std::string text = "Rain comes\nIt rained. It did!";
  EXPECT_EQ(sentences_of(segment(text, "en", 10)),
            (std::vector<std::string>{"Rain comes", "It rained.", "It did!"}));
}

TEST(Segments, NothingIsNothing) {
  EXPECT_TRUE(segment("", "en").sentences().empty());
  EXPECT_TRUE(segment(" \n\n ... ", "und").words().empty());
}

}  // namespace
}  // namespace tidings::text
