#include "analyze/sentiment.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyze/analyze.h"
#include "analyze/sentiment_lexicon.h"
#include "analyze/sentiment_model.h"
#include "analyze/sentiment_tokens.h"
#include "analyze/target_sentiment.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

double score_of(std::string_view text, std::string_view language = "en") {
  const std::optional<Sentiment> found = sentiment(document_of(text, language));
  return found ? found->score : 0;
}

// The share of a file's cases that came out as written there.
void expect_share(const std::string& name, double floor,
                  const std::function<Tone(const std::string&)>& label_of) {
  const auto cases = case_lines("sentiment/" + name + ".tsv");
  EXPECT_GE(cases.size(), name.starts_with("second.") ? 14u : 60u);
  std::size_t right = 0;
  std::string wrong;
  for (const auto& fields : cases) {
    const std::string_view label = to_string(label_of(fields.at(1)));
    if (label == fields[0])
      ++right;
    else
      wrong += std::string(label) + " for " + fields[0] + ": " + fields[1] + "\n";
  }
  const double share = static_cast<double>(right) / static_cast<double>(cases.size());
  EXPECT_GE(share, floor) << name << "\n" << wrong;
  ::testing::Test::RecordProperty(name + "_right", std::to_string(share));
}

using Floors = std::vector<std::pair<std::string, double>>;

void expect_tones(const std::string& prefix, const Floors& floors) {
  for (const auto& [language, floor] : floors)
    expect_share(prefix + language, floor, [&language = language](const std::string& text) {
      return sentiment(document_of(text, language))->label;
    });
}

// The target stands in brackets.
void expect_targets(const std::string& prefix, const Floors& floors) {
  for (const auto& [language, floor] : floors)
    expect_share(prefix + language, floor, [&language = language](std::string text) {
      const auto begin = static_cast<std::uint32_t>(text.find('['));
      const auto end = static_cast<std::uint32_t>(text.find(']')) - 1;
      text.erase(text.find(']'), 1).erase(begin, 1);
      const TextSpan span{begin, end};
      return sentiment_toward(document_of(text, language), std::span(&span, 1)).at(0).label;
    });
}

TEST(Sentiment, EachLanguageStaysAboveItsFloor) {
  expect_tones("", {{"en", 0.78},
                    {"de", 0.7},
                    {"es", 0.66},
                    {"fr", 0.78},
                    {"it", 0.78},
                    {"nl", 0.66},
                    {"pt", 0.73}});
}

TEST(TargetSentiment, EachLanguageStaysAboveItsFloor) {
  expect_targets("targets.", {{"en", 0.83},
                              {"de", 0.9},
                              {"es", 0.85},
                              {"fr", 0.78},
                              {"it", 0.87},
                              {"nl", 0.82},
                              {"pt", 0.87}});
}

// Written after the lists and measured once before they grew further (docs/quality.md). Nobody went
// through what is wrong here: new cases to learn from belong into the files above.
TEST(Sentiment, HoldsOnTheSecondCases) {
  expect_tones("second.", {{"en", 0.7},
                           {"de", 0.63},
                           {"es", 0.66},
                           {"fr", 0.56},
                           {"it", 0.63},
                           {"nl", 0.6},
                           {"pt", 0.53}});
}

TEST(TargetSentiment, HoldsOnTheSecondCases) {
  expect_targets("second.targets.", {{"en", 0.78},
                                     {"de", 0.64},
                                     {"es", 0.64},
                                     {"fr", 0.57},
                                     {"it", 0.71},
                                     {"nl", 0.71},
                                     {"pt", 0.71}});
}

const Entity* entity_named(const Analysis& analysis, std::string_view name) {
  for (const Entity& entity : analysis.entities)
    if (entity.text.find(name) != std::string::npos) return &entity;
  return nullptr;
}

TEST(Sentiment, OfArticlesAndOfWhoIsInThem) {
  std::size_t tones = 0, toward = 0, asked = 0;
  for (const auto& fields : case_lines("sentiment/articles.tsv")) {
    const Analysis analysis = analyze({.title = fields.at(1), .text = fields.at(2)});
    tones += to_string(analysis.sentiment.value().label) == fields.at(0) ? 1 : 0;
    for (const std::string_view expected : split(fields.at(3), ';')) {
      const std::size_t middle = expected.find('=');
      const Entity* entity = entity_named(analysis, expected.substr(0, middle));
      ++asked;
      if (entity == nullptr || !entity->sentiment) continue;
      const double score = *entity->sentiment;
      const Tone tone = score > 0.1    ? Tone::Positive
                        : score < -0.1 ? Tone::Negative
                                       : Tone::Neutral;
      toward += to_string(tone) == expected.substr(middle + 1) ? 1 : 0;
    }
  }
  EXPECT_GE(tones, 12u) << "of 15";
  EXPECT_GE(toward, 20u) << "of " << asked;
}

TEST(Sentiment, HearsNegationIntensifiersAndContrast) {
  EXPECT_GT(score_of("The plan is good."), score_of("The plan is not good."));
  EXPECT_GT(score_of("The plan is very good."), score_of("The plan is good."));
  EXPECT_GT(score_of("The start was bad, but the end was good."),
            score_of("The start was good, but the end was bad."));
}

TEST(Sentiment, HearsWhatFallsAndRises) {
  EXPECT_GT(score_of("Unemployment falls again."), 0);
  EXPECT_LT(score_of("Unemployment rises again."), 0);
  EXPECT_LT(score_of("Unemployment never fell."), score_of("Unemployment fell."));
  EXPECT_GT(score_of("Die Zahl der Arbeitslosen sinkt.", "de"), 0);
  EXPECT_LT(score_of("Die Zahl der Arbeitslosen steigt.", "de"), 0);
  EXPECT_GT(score_of("El paro baja en marzo.", "es"), score_of("El paro sube en marzo.", "es"));
}

TEST(Sentiment, HearsWhatIsPreventedAndWhatIsNot) {
  EXPECT_GT(score_of("The plan prevents violence."), score_of("The plan brings violence."));
  EXPECT_GT(score_of("The plan prevents violence."), score_of("It fails to prevent violence."));
  EXPECT_GT(score_of("The hostages were freed."), score_of("The hostages were killed."));
  EXPECT_GT(score_of("Los rehenes fueron liberados.", "es"), score_of("Hay rehenes.", "es"));
  EXPECT_GT(score_of("No one was hurt in the fire."), score_of("They were hurt in the fire."));
}

TEST(Sentiment, ANegatorMayStandBehindItsVerb) {
  EXPECT_LT(score_of("Das Stück überzeugt nicht.", "de"), 0);
  EXPECT_GT(score_of("Das Stück überzeugt.", "de"), 0);
}

TEST(Sentiment, KnowsWordsByTheirBeginningsAndEndings) {
  EXPECT_LT(score_of("asesinaban", "es"), 0) << "asesin*";
  EXPECT_LT(score_of("Grubenunglück", "de"), 0) << "*unglück";
  EXPECT_NEAR(score_of("mientras", "es"), score_of("mesa", "es"), 1e-6);
}

TEST(Sentiment, HearsShoutingMarksAndEmoji) {
  EXPECT_GT(score_of("This is GREAT news"), score_of("This is great news"));
  EXPECT_GT(score_of("This is great news!!!"), score_of("This is great news"));
  EXPECT_GT(score_of("the match 😍"), score_of("the match"));
  EXPECT_LT(score_of("the match :("), score_of("the match"));
  EXPECT_GT(score_of("the match :D"), score_of("the match"));
}

TEST(Sentiment, WhatIsQuotedCountsLess) {
  EXPECT_GT(score_of("He said: \"This is a terrible and shameful disgrace\" and left the hall."),
            score_of("He said: This is a terrible and shameful disgrace, and left the hall."));
  EXPECT_EQ(score_of("It was a “terrible” day."), score_of("It was a terrible day."))
      << "a single word in quotation marks is the author's own";
}

TEST(Sentiment, TheHeadlineHasItsOwnScoreAndLeadsTheArticle) {
  const std::string text = "A wonderful triumph\nThe committee met on Tuesday in room nine.";
  const std::optional<Sentiment> with = sentiment(document_of(text, "en", 19));
  ASSERT_TRUE(with && with->headline_score);
  EXPECT_GT(*with->headline_score, with->score);
  EXPECT_EQ(with->label, Tone::Positive);
  EXPECT_FALSE(sentiment(document_of("No title here.", "en"))->headline_score);
}

TEST(Sentiment, NamesTheWordsThatMadeIt) {
  const std::optional<Sentiment> found =
      sentiment(document_of("A wonderful, wonderful day in a horrible town, said the mayor."));
  ASSERT_TRUE(found);
  ASSERT_GE(found->evidence.size(), 2u);
  EXPECT_EQ(found->evidence[0].text, "wonderful");
  EXPECT_GT(found->evidence[0].weight, 0);
  EXPECT_EQ(found->evidence[1].text, "horrible");
  EXPECT_LT(found->evidence[1].weight, 0);
}

TEST(Sentiment, IsAbsentRatherThanWrong) {
  EXPECT_FALSE(sentiment(document_of("", "en")));
  EXPECT_FALSE(sentiment(document_of(" … — ", "en")));
  EXPECT_FALSE(sentiment(document_of("Hyvä päivä", "fi")));
  EXPECT_FALSE(sentiment(document_of("good", "und")));
  EXPECT_TRUE(sentiment(document_of("😍", "en"))) << "an emoji alone has a tone";
}

TEST(Sentiment, BearsWhatFeedsBear) {
  std::string repeated;
  for (int i = 0; i < 200'000; ++i) repeated += "good ";
  for (const std::string& text :
       {repeated, std::string("\xff\xfe good \xe2\x80"), std::string("\"“»«”\"“ a ’"),
        std::string(5000, '!'), std::string("A ALL CAPS HEADLINE IS NO SHOUTING"),
        std::string("good\0bad :", 10)}) {
    const std::optional<Sentiment> found = sentiment(document_of(text));
    if (!found) continue;
    EXPECT_GE(found->score, -1) << text.substr(0, 40);
    EXPECT_LE(found->score, 1) << text.substr(0, 40);
  }
}

TEST(Sentiment, ReadsNoFurtherThanItsLimit) {
  std::string text;
  for (std::size_t i = 0; i < kToneWordsMax; ++i) text += "table ";
  const std::string beyond = text + "awful awful awful";
  EXPECT_EQ(score_of(beyond), score_of(text));
  const auto begin = static_cast<std::uint32_t>(text.size());
  const TextSpan target{begin, begin + 5};
  EXPECT_EQ(sentiment_toward(document_of(beyond), std::span(&target, 1)).at(0).score, 0);
}

TEST(TargetSentiment, TellsTargetsOfOneSentenceApart) {
  const std::string text =
      "Brown praised Lopez, a brave and brilliant leader, and attacked Kramer "
      "as a corrupt liar.";
  const auto at = [&text](std::string_view name) {
    const auto begin = static_cast<std::uint32_t>(text.find(name));
    return TextSpan{begin, begin + static_cast<std::uint32_t>(name.size())};
  };
  const std::vector<TextSpan> targets = {at("Lopez"), at("Kramer")};
  const std::vector<TargetSentiment> found = sentiment_toward(document_of(text), targets);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].span, targets[0]);
  EXPECT_GT(found[0].score, found[1].score);
  EXPECT_EQ(found[1].label, Tone::Negative);
}

TEST(TargetSentiment, ASpanWithoutWordsIsNeutral) {
  const std::vector<TextSpan> targets = {{3, 4}, {100, 200}, {7, 2}};
  for (const TargetSentiment& one : sentiment_toward(document_of("One two awful."), targets)) {
    EXPECT_EQ(one.score, 0);
    EXPECT_EQ(one.label, Tone::Neutral);
  }
  EXPECT_TRUE(sentiment_toward(document_of("Hyvä päivä", "fi"), targets).empty());
}

TEST(SentimentTables, RefuseWhatIsCutShortOrOfAnotherKind) {
  EXPECT_FALSE(SentimentModel::open("TSNT0001"));
  EXPECT_FALSE(SentimentModel::open(""));
  EXPECT_FALSE(SentimentLexicon::open("TSLX"));
  EXPECT_FALSE(SentimentLexicon::open(std::string(64, 'x')));
}

}  // namespace
}  // namespace tidings::analyze
