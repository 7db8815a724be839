#include "analyze/language.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyze/language_model.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

// How many headlines of a language were told right, and how many at least to be of a sister, which
// shares most of their words.
struct Told {
  int right = 0;
  int fair = 0;
  int all = 0;

  void add(const std::string& code, const std::string& answer) {
    static const std::vector<std::string> kSisters = {"bs hr sr sl", "id ms", "nb nn da", "xh zu",
                                                      "st tn",       "ca es", "nl af"};
    ++all;
    if (code == answer) ++right;
    const bool related = std::ranges::any_of(kSisters, [&](const std::string& group) {
      return group.find(code) != std::string::npos && group.find(answer) != std::string::npos;
    });
    if (code == answer || related) ++fair;
  }
};

// 0.95 but where a floor is named.
void expect_told(const std::map<std::string, Told>& told,
                 const std::map<std::string, double>& floors) {
  for (const auto& [code, counts] : told) {
    EXPECT_GE(counts.all, 60) << code;
    EXPECT_GE(static_cast<double>(counts.fair) / counts.all, 0.93) << code << " or a sister";
    const auto floor = floors.find(code);
    EXPECT_GE(static_cast<double>(counts.right) / counts.all,
              floor == floors.end() ? 0.95 : floor->second)
        << code << ": " << counts.right << " of " << counts.all;
  }
}

TEST(IdentifyLanguage, KnowsHeadlinesInEveryLanguageThatShips) {
  std::map<std::string, Told> told;
  for (const auto& row : case_lines("language/headlines.tsv")) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    const bool spaced = row[0] != "ja" && row[0] != "zh" && row[0] != "th";
    for (const std::string_view beginning : split(row[1], '|')) {
      for (const std::string_view ending : split(row[2], '|')) {
        const auto guess =
            identify_language(std::string(beginning) + (spaced ? " " : "") + std::string(ending));
        told[row[0]].add(row[0], guess.code);
      }
    }
  }
  EXPECT_GE(told.size(), 75U);
  expect_told(told, {{"bs", 0.7},
                     {"ca", 0.88},
                     {"hr", 0.85},
                     {"id", 0.8},
                     {"nn", 0.8},
                     {"sl", 0.75},
                     {"st", 0.8},
                     {"xh", 0.73},
                     {"zu", 0.8}});
}

TEST(IdentifyLanguage, KnowsHeadlinesAsPapersWriteThem) {
  std::map<std::string, Told> told;
  for (const auto& row : case_lines("language/written.tsv")) {
    ASSERT_EQ(row.size(), 2U) << row[0];
    for (const std::string_view headline : split(row[1], '|'))
      told[row[0]].add(row[0], identify_language(headline, "").code);
  }
  EXPECT_GE(told.size(), 22U);
  expect_told(told, {{"bs", 0.5},
                     {"cs", 0.92},
                     {"da", 0.9},
                     {"en", 0.93},
                     {"hr", 0.7},
                     {"id", 0.78},
                     {"nb", 0.9},
                     {"nl", 0.85},
                     {"nn", 0.75},
                     {"pt", 0.92},
                     {"sr", 0.8}});
}

TEST(IdentifyLanguage, SaysNothingWhereNothingTells) {
  for (const auto& row : case_lines("language/undecided.tsv")) {
    ASSERT_EQ(row.size(), 2U) << row[0];
    EXPECT_EQ(identify_language(row[0]).code, row[1]) << row[0];
  }
}

TEST(IdentifyLanguage, ReadsTheTextBeforeTheTitle) {
  EXPECT_EQ(
      identify_language("Breaking News",
                        "Die Regierung stellt am Montag den Haushalt für das nächste Jahr vor, "
                        "und die Opposition will dagegen stimmen.")
          .code,
      "de");
  EXPECT_EQ(identify_language("Die Regierung stellt den Haushalt vor", "").code, "de");
  EXPECT_EQ(identify_language("", "").code, "und");
}

TEST(IdentifyLanguage, IsSurerOfASentenceThanOfAWord) {
  const double word = identify_language("plan").confidence;
  const double sentence =
      identify_language("The government sets out its plan for next year's budget").confidence;
  EXPECT_LT(word, 0.8);
  EXPECT_GT(sentence, 0.95);
  EXPECT_LE(sentence, 1);
}

TEST(IdentifyLanguage, IsBoundedWhateverTheInput) {
  EXPECT_EQ(identify_language(std::string(10'000'000, 'a')).confidence,
            identify_language(std::string(kLanguageBytesMax, 'a')).confidence);
  EXPECT_EQ(identify_language(std::string(5000, '<')).code, "und");
  EXPECT_EQ(identify_language("\xff\xfe\xc3\x28\xe2\x82").code, "und");
}

TEST(IdentifyLanguage, IsNotSurerOfAWordThatIsRepeated) {
  for (const std::string word : {"word", "plan", "banka", "министр"}) {
    std::string repeated;
    for (int at = 0; at < 1'000'000; ++at) repeated += word + " ";
    EXPECT_EQ(identify_language(repeated).code, identify_language(word).code) << word;
    EXPECT_EQ(identify_language(repeated).confidence, identify_language(word).confidence) << word;
  }
}

TEST(LanguageModel, RefusesWhatIsNotOne) {
  EXPECT_FALSE(LanguageModel::open(""));
  EXPECT_FALSE(LanguageModel::open("TDLANG03"));
  std::string bytes = "TDLANG03";
  bytes += std::string("\x01\0\0\0\0\0\0\0", 8);
  bytes.resize(language_file::buckets_begin(0) + language_file::kBucketBytes);
  EXPECT_TRUE(LanguageModel::open(bytes));
  EXPECT_FALSE(LanguageModel::open(bytes.substr(1)));
  EXPECT_FALSE(LanguageModel::open(bytes + "x"));
  bytes.back() = '\x7f';
  EXPECT_FALSE(LanguageModel::open(bytes));
}

// Names are of any language; what else is there decides, and what news is mostly written in.
TEST(Language, HeadlinesFullOfNamesAreMostLikelyEnglish) {
  EXPECT_EQ(identify_language("President Biden visits Berlin", "").code, "en");
  EXPECT_EQ(identify_language("Manchester United beat Arsenal 2-1", "").code, "en");
  EXPECT_EQ(identify_language("Tennis: Ana Ruiz wins in Paris",
                              "Ana Ruiz won the final. \"A wonderful day for me,\" Ruiz said.")
                .code,
            "en");
  EXPECT_EQ(identify_language("Le président Macron visite Berlin", "").code, "fr");
  EXPECT_EQ(identify_language("Bundeskanzler Scholz besucht Paris", "").code, "de");
  EXPECT_EQ(identify_language("Prezident Pavel navštíví Berlín", "").code, "cs");
}

TEST(Language, NamesAloneDecideNothing) {
  EXPECT_LE(identify_language("Real Madrid - FC Barcelona 3:1", "").confidence, 0.5);
  EXPECT_GE(identify_language("Real Madrid - FC Barcelona 3:1", "El partido fue de los blancos.")
                .confidence,
            0.8);
  EXPECT_GE(identify_language("Council Approves New Budget After Months Of Debate", "").confidence,
            0.8);
}

}  // namespace
}  // namespace tidings::analyze
