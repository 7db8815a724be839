// Every score can be asked why.
#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/analyze.h"
#include "analyze/evidence.h"
#include "analyze/language_explanation.h"
#include "analyze/stored_article.h"

namespace tidings::analyze {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kTitle =
    "Minister praises excellent rescue after terrible flood in Porto";
constexpr std::string_view kText =
    "Interior minister Ana Ruiz praised the rescue crews in Porto on Monday. Ruiz said the "
    "excellent "
    "work of the crews had saved many lives. Critics called Carlos Mendes, who runs the dams, a "
    "disgrace. Spanish helicopters flew in from Madrid. The rescue crews worked through the night, "
    "and the flood fell in the morning.";

Article article(Explain explain) {
  return {.title = kTitle, .text = kText, .explain = explain};
}

double sum(const std::vector<Evidence>& evidence) {
  return std::accumulate(evidence.begin(), evidence.end(), 0.0,
                         [](double so_far, const Evidence& one) { return so_far + one.weight; });
}

auto says(std::string_view text) {
  return Contains(Field(&Evidence::text, testing::Eq(text)));
}

TEST(Explanation, CostsNothingWhereNobodyAsks) {
  Analysis explained = analyze(article(Explain::Yes));
  const Analysis plain = analyze(article(Explain::No));
  EXPECT_NE(explained, plain);
  explained.language.evidence.clear();
  explained.sentiment.value().headline_evidence.clear();
  for (Entity& entity : explained.entities) {
    entity.evidence.clear();
    entity.sentiment_evidence.clear();
  }
  for (CountryScore& country : explained.countries) country.evidence.clear();
  for (Keyphrase& phrase : explained.keyphrases) phrase.evidence.clear();
  EXPECT_EQ(explained, plain);
}

TEST(Explanation, OfTheLanguageIsItsWords) {
  const Analysis english = analyze(article(Explain::Yes));
  EXPECT_EQ(english.language.code, "en");
  EXPECT_THAT(english.language.evidence, Not(IsEmpty()));
  EXPECT_GT(sum(english.language.evidence), 0);
  EXPECT_THAT(
      language_evidence("", "Die Regierung stellt den Haushalt für das nächste Jahr vor", "de"),
      says("nächste"));
  EXPECT_THAT(language_evidence("", "정부가 내년 예산안을 발표했다", "ko"), says("its script"));
  EXPECT_THAT(language_evidence("", "Vlada je usvojila budžet za sledeću godinu", "sr"),
              Not(says("its script")));
  EXPECT_THAT(language_evidence("", "Влада је усвојила буџет за следећу годину", "sr"),
              says("следећу"));
  EXPECT_THAT(language_evidence("", "1234", "und"), IsEmpty());
}

TEST(Explanation, SaysWhenThePublisherDecided) {
  const Analysis analysis =
      analyze({.title = "Real Madrid", .text = "", .language = "pt-BR", .explain = Explain::Yes});
  EXPECT_EQ(analysis.language.code, "pt");
  EXPECT_THAT(analysis.language.evidence, says("its publisher says so"));
}

TEST(Explanation, OfCountriesAddsUpToTheirScores) {
  const Analysis analysis = analyze(article(Explain::Yes));
  ASSERT_THAT(analysis.countries, Not(IsEmpty()));
  EXPECT_EQ(analysis.countries[0].code, "PT");
  for (const CountryScore& country : analysis.countries)
    EXPECT_NEAR(sum(country.evidence), country.score, 0.01) << country.code;
  EXPECT_THAT(analysis.countries[0].evidence, ElementsAre(Field(&Evidence::text, "Porto")));
  ASSERT_GT(analysis.countries.size(), 1u);
  EXPECT_THAT(analysis.countries[1].evidence, says("Madrid"));

  const Analysis german = analyze({.title = "",
                                   .text = "Das französische Parlament in Paris stimmte dem "
                                           "Gesetz am Montag mit großer Mehrheit zu.",
                                   .explain = Explain::Yes});
  ASSERT_THAT(german.countries, Not(IsEmpty()));
  EXPECT_THAT(german.countries[0].evidence, says("französische"));
}

TEST(Explanation, OfSalienceIsTheSpellings) {
  const Analysis analysis = analyze(article(Explain::Yes));
  const auto ruiz = std::ranges::find(analysis.entities, "Ana Ruiz", &Entity::text);
  ASSERT_NE(ruiz, analysis.entities.end());
  EXPECT_THAT(ruiz->evidence, says("Ruiz"));
  EXPECT_THAT(ruiz->evidence, says("Ana Ruiz"));
  for (const Entity& entity : analysis.entities)
    EXPECT_NEAR(sum(entity.evidence), entity.salience, 0.01) << entity.text;
}

TEST(Explanation, OfTheToneTowardSomebodyIsTheWordsBeside) {
  const Analysis analysis = analyze(article(Explain::Yes));
  const auto mendes = std::ranges::find(analysis.entities, "Carlos Mendes", &Entity::text);
  ASSERT_NE(mendes, analysis.entities.end());
  EXPECT_LT(mendes->sentiment.value_or(0), 0);
  EXPECT_THAT(mendes->sentiment_evidence, says("disgrace"));
  EXPECT_LT(mendes->sentiment_evidence[0].weight, 0);
}

TEST(Explanation, OfTheHeadlineIsOfItsWordsAlone) {
  const Analysis analysis = analyze(article(Explain::Yes));
  ASSERT_TRUE(analysis.sentiment);
  const auto& evidence = analysis.sentiment->headline_evidence;
  EXPECT_THAT(evidence, says("terrible"));
  for (const Evidence& one : evidence) EXPECT_NE(kTitle.find(one.text), std::string_view::npos);
}

TEST(Explanation, OfKeyphrasesIsTheFactorsOfTheirScores) {
  const Analysis analysis = analyze(article(Explain::Yes));
  ASSERT_GT(analysis.keyphrases.size(), 1u);
  const auto product = [](const Keyphrase& phrase) {
    return std::accumulate(phrase.evidence.begin(), phrase.evidence.end(), 1.0,
                           [](double so_far, const Evidence& one) { return so_far * one.weight; });
  };
  const double best = product(analysis.keyphrases[0]);
  for (const Keyphrase& phrase : analysis.keyphrases)
    EXPECT_NEAR(product(phrase) / best, phrase.score, 1e-9) << phrase.text;
}

TEST(Explanation, JoinsEqualWordsStrongestFirst) {
  const std::vector<Evidence> noted = {{"good", 0.2}, {"bad", -0.3}, {"good", 0.2}, {"so", 0.0001}};
  EXPECT_THAT(strongest(noted), ElementsAre(Evidence{"good", 0.4}, Evidence{"bad", -0.3}));
  EXPECT_THAT(strongest(noted, 1), ElementsAre(Evidence{"good", 0.4}));
}

class StoredExplanation : public testing::Test {
 protected:
  StoredExplanation() {
    stored_.summary.title = kTitle;
    stored_.summary.revision = 2;
    stored_.body.text = kText;
    analysis_ = analyze(article_of(stored_));
  }

  tidings::Article stored_;
  Analysis analysis_;
};

TEST_F(StoredExplanation, FillsInWhatIsNotStored) {
  const Analysis before = analysis_;
  explain(stored_, 2, kAnalyzers, analysis_);
  const Analysis explained = analyze(article(Explain::Yes));
  EXPECT_EQ(analysis_, explained);
  EXPECT_NE(analysis_, before);
}

TEST_F(StoredExplanation, LeavesOutWhatWouldNotExplainTheseScores) {
  const Analysis before = analysis_;
  explain(stored_, 1, kAnalyzers, analysis_);
  EXPECT_EQ(analysis_, before) << "edited since";
  explain(stored_, 2, kAnalyzers - 1, analysis_);
  EXPECT_EQ(analysis_, before) << "by other analyzers";
  stored_.body.text.clear();
  explain(stored_, 2, kAnalyzers, analysis_);
  EXPECT_EQ(analysis_, before) << "without its body";
}

}  // namespace
}  // namespace tidings::analyze
