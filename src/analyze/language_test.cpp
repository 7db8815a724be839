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

TEST(IdentifyLanguage, KnowsHeadlinesInEveryLanguageThatShips) {
  // Sisters share most of a headline's words: one of them is a fair answer, the right one is told
  // as often as stands here.
  const std::map<std::string, double> floors = {
      {"bs", 0.3},  {"id", 0.43}, {"hr", 0.5},  {"nn", 0.65}, {"xh", 0.68},
      {"ms", 0.7},  {"zu", 0.75}, {"st", 0.83}, {"sl", 0.85}, {"nb", 0.86},
      {"da", 0.88}, {"ca", 0.9},  {"nl", 0.92}};
  const std::vector<std::string> sisters = {"bs hr sr sl", "id ms", "nb nn da", "xh zu",
                                            "st tn",       "ca es", "nl af"};
  const auto related = [&](const std::string& one, const std::string& other) {
    return std::ranges::any_of(sisters, [&](const std::string& group) {
      return group.find(one) != std::string::npos && group.find(other) != std::string::npos;
    });
  };
  std::map<std::string, int> fair;
  std::map<std::string, std::pair<int, int>> right;
  for (const auto& row : case_lines("language/headlines.tsv")) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    const bool spaced = row[0] != "ja" && row[0] != "zh" && row[0] != "th";
    for (const std::string_view beginning : split(row[1], '|')) {
      for (const std::string_view ending : split(row[2], '|')) {
        const auto guess =
            identify_language(std::string(beginning) + (spaced ? " " : "") + std::string(ending));
        auto& [hits, all] = right[row[0]];
        ++all;
        hits += guess.code == row[0] ? 1 : 0;
        fair[row[0]] += guess.code == row[0] || related(row[0], guess.code) ? 1 : 0;
      }
    }
  }
  EXPECT_GE(right.size(), 75U);
  for (const auto& [code, counts] : right) {
    EXPECT_GE(counts.second, 60) << code;
    EXPECT_GE(static_cast<double>(fair[code]) / counts.second, 0.95) << code << " or a sister";
    const auto floor = floors.find(code);
    EXPECT_GE(static_cast<double>(counts.first) / counts.second,
              floor == floors.end() ? 0.95 : floor->second)
        << code << ": " << counts.first << " of " << counts.second;
  }
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
  std::string long_text;
  for (int at = 0; at < 1'000'000; ++at) long_text += "word ";
  EXPECT_LE(identify_language(long_text).confidence, 1);
  EXPECT_EQ(identify_language(std::string(10'000'000, 'a')).confidence,
            identify_language(std::string(kLanguageBytesMax, 'a')).confidence);
  EXPECT_EQ(identify_language(std::string(5000, '<')).code, "und");
  EXPECT_EQ(identify_language("\xff\xfe\xc3\x28\xe2\x82").code, "und");
}

TEST(LanguageModel, RefusesWhatIsNotOne) {
  EXPECT_FALSE(LanguageModel::open(""));
  EXPECT_FALSE(LanguageModel::open("TDLANG02"));
  std::string bytes = "TDLANG02";
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

}  // namespace
}  // namespace tidings::analyze
