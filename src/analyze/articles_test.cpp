// Keyphrases and summaries of the articles in tests/analysis/articles: "# title", the text in one
// line, then "+ a keyphrase among the first ten", "* words that a sentence of the summary has", "-
// words that none has".
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyze/keyphrases.h"
#include "analyze/summary.h"
#include "core/strings.h"
#include "tests/support/analysis_cases.h"
#include "text/lower.h"

namespace tidings::analyze {
namespace {

using Texts = std::vector<std::string>;

struct Article {
  std::string language;
  std::string title;
  std::string text;
  Texts keyphrases;
  Texts in_summary;
  Texts not_in_summary;

  std::string whole() const { return title + "\n" + text; }
};

std::vector<Article> articles() {
  std::vector<Article> found;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TIDINGS_TREE) +
                                                               "/tests/analysis/articles")) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const std::string rest = line.size() > 2 ? line.substr(2) : "";
      if (line.starts_with("# ")) {
        found.push_back({.language = entry.path().stem().string(), .title = rest});
      } else if (line.starts_with("+ ")) {
        found.back().keyphrases.push_back(rest);
      } else if (line.starts_with("* ")) {
        found.back().in_summary.push_back(rest);
      } else if (line.starts_with("- ")) {
        found.back().not_in_summary.push_back(rest);
      } else if (!line.empty()) {
        found.back().text = line;
      }
    }
  }
  return found;
}

struct Score {
  std::size_t right = 0;
  std::size_t all = 0;

  void add(bool is_right, const std::string& what) {
    ++all;
    right += is_right ? 1 : 0;
    if (!is_right) std::cout << what << '\n';
  }
  double share() const { return static_cast<double>(right) / static_cast<double>(all); }
};

TEST(Articles, HaveTheirKeyphrases) {
  Score score;
  for (const Article& article : articles()) {
    const std::string text = article.whole();
    const Document document =
        document_of(text, article.language, static_cast<std::uint32_t>(article.title.size()));
    Texts found;
    for (const Keyphrase& phrase : keyphrases(document)) found.push_back(text::lower(phrase.text));
    for (const std::string& expected : article.keyphrases) {
      score.add(std::ranges::find(found, text::lower(expected)) != found.end(),
                expected + " is not in " + join(found, ", "));
    }
  }
  EXPECT_GE(score.all, 60u);
  EXPECT_GE(score.share(), 0.95);
}

bool has(const Texts& sentences, const std::string& words) {
  return std::ranges::any_of(sentences, [&](const std::string& sentence) {
    return sentence.find(words) != std::string::npos;
  });
}

TEST(Articles, HaveTheirSummaries) {
  Score score;
  for (const Article& article : articles()) {
    const std::string text = article.whole();
    const Document document =
        document_of(text, article.language, static_cast<std::uint32_t>(article.title.size()));
    const Texts found = summary(document);
    for (const std::string& words : article.in_summary) {
      score.add(has(found, words), words + " is not in " + join(found, " "));
    }
    for (const std::string& words : article.not_in_summary) {
      score.add(!has(found, words), words + " is in " + join(found, " "));
    }
    std::size_t at = article.title.size();
    bool is_in_order = found.size() >= 2 && found.size() <= 4;
    for (const std::string& sentence : found) {
      at = text.find(sentence, at);
      is_in_order &= at != std::string::npos;
    }
    score.add(is_in_order, "not in order: " + join(found, " "));
  }
  EXPECT_GE(score.all, 60u);
  EXPECT_GE(score.share(), 0.95);
}

TEST(Keyphrases, RepeatedPhrasesStandForTheirWords) {
  const std::string text =
      "The solar farm feeds the town. A solar farm needs sun. Sheep graze at the solar farm.";
  const auto found = keyphrases(document_of(text, "en"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().text, "solar farm");
  EXPECT_EQ(found.front().score, 1);
  for (const Keyphrase& phrase : found) EXPECT_NE(phrase.text, "solar");
}

TEST(Keyphrases, AreNoStopWordsNorNumbers) {
  for (const Keyphrase& phrase :
       keyphrases(document_of("the the the 2026 2026 and and and", "en"))) {
    ADD_FAILURE() << phrase.text;
  }
}

TEST(Keyphrases, AreAbsentWithoutStopWords) {
  EXPECT_TRUE(keyphrases(document_of("rain rain rain", "und")).empty());
  EXPECT_TRUE(keyphrases(document_of("", "en")).empty());
  EXPECT_TRUE(keyphrases(document_of("rain rain", "en"), 0).empty());
}

TEST(Keyphrases, WorkWithoutSpaces) {
  const auto found =
      keyphrases(document_of("地震が東京で起きた。地震の後、電車が止まった。地震は強い。", "ja"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().text, "地震");
}

TEST(Keyphrases, OneWordAMillionTimesIsOne) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "rain ";
  const auto found = keyphrases(document_of(text, "en"));
  ASSERT_LE(found.size(), 3u);
  EXPECT_EQ(found.back().text.substr(0, 4), "rain");
}

constexpr std::string_view kNews =
    "The bridge over the river opens on Monday. The bridge cost the town nine million. "
    "Engineers built the bridge over the river in three years. A band will play. "
    "The bridge over the river opens on Monday! The town paid for the bridge with a loan.";

TEST(Summary, SaysNothingTwice) {
  const Texts found = summary(document_of(std::string(kNews), "en"));
  EXPECT_EQ(std::ranges::count_if(found,
                                  [](const std::string& sentence) {
                                    return sentence.find("Monday") != sentence.npos;
                                  }),
            1);
}

TEST(Summary, HasAboutAsManyWordsAsAsked) {
  const std::string text(kNews);
  const Document document = document_of(text, "en");
  for (const int asked : {8, 16, 24, 32}) {
    std::size_t words = 0;
    for (const std::string& sentence : summary(document, asked)) {
      words += text::segment(sentence, "en").words().size();
    }
    EXPECT_NEAR(static_cast<double>(words), asked, 5) << asked;
  }
  EXPECT_TRUE(summary(document, 0).empty());
  EXPECT_TRUE(summary(document, -3).empty());
}

TEST(Summary, LeavesHeadlinesWithinTheTextOut) {
  const std::string text =
      "More about the river bridge\n\nThe river bridge opens on Monday. The river bridge is long.";
  EXPECT_EQ(summary(document_of(text, "en")),
            (Texts{"The river bridge opens on Monday.", "The river bridge is long."}));
}

TEST(Summary, TakesLinesWhereATextHasNoMarks) {
  const std::string text = "rain in the north\n\nsnow and rain in the hills\n\nsun in the south";
  EXPECT_EQ(summary(document_of(text, "en")).size(), 2u);
}

TEST(Summary, OfNothingIsNothing) {
  EXPECT_TRUE(summary(document_of("", "en")).empty());
  EXPECT_TRUE(summary(document_of("A title", "en", 7)).empty());
  EXPECT_TRUE(summary(document_of("😀😀😀", "en")).empty());
}

TEST(Summary, IsOneLineASentence) {
  const std::string text =
      "The ferry over the wide river was moved to the other side of the\n  harbor on Monday.";
  EXPECT_EQ(summary(document_of(text, "en")).front(),
            "The ferry over the wide river was moved to the other side of the harbor on Monday.");
}

}  // namespace
}  // namespace tidings::analyze
