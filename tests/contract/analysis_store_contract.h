// Defines AnalysisStore: every adapter instantiates this suite.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class AnalysisStoreContract : public StoresContract {
 protected:
  // Scores are powers of two, which every adapter keeps exactly.
  static Analysis analysis_about(const std::string& topic, Tone tone = Tone::Neutral) {
    Analysis analysis;
    analysis.language = {.code = "en", .confidence = 0.5};
    analysis.topics = {
        {.code = topic, .label = "a label", .score = 0.5, .evidence = {{"word", 0.25}}}};
    analysis.sentiment = Sentiment{
        .score = -0.25, .label = tone, .headline_score = 0.5, .evidence = {{"grim", -0.5}}};
    analysis.entities = {{.id = "person-1",
                          .text = "Ana Ruiz",
                          .type = EntityType::Person,
                          .aliases = {"Ruiz"},
                          .count = 2,
                          .salience = 0.5,
                          .sentiment = 0.125,
                          .offsets = {{0, 8}, {20, 24}}}};
    analysis.places = {{.text = "Lisbon",
                        .name = "Lisboa",
                        .country = "PT",
                        .latitude = 38.75,
                        .longitude = -9.125,
                        .offsets = {{30, 36}}}};
    analysis.countries = {{.code = "PT", .score = 1}};
    analysis.keyphrases = {{.text = "trams", .score = 1}};
    analysis.summary = {"Trams run again."};
    analysis.quotations = {{.text = "At last", .speaker = "Ana Ruiz", .span = {40, 47}}};
    analysis.targets = {{.span = {0, 8}, .score = 0.5, .label = Tone::Positive}};
    analysis.sentences = 3;
    analysis.words = 40;
    analysis.reading_time_s = 12;
    return analysis;
  }

  ArticleId add(const std::string& name, const std::string& author = "") {
    if (source_ == SourceId{}) source_ = add_source();
    NewArticle article = new_article(name, now());
    if (!author.empty()) article.article.summary.authors = {{.name = author}};
    return ingest(source_, {article}).added.at(0);
  }

  Result<void> save(ArticleId id, Analysis analysis, std::int32_t analyzers = 1,
                    const CursorMove* move = nullptr, std::int32_t revision = 1) {
    const std::vector<AnalyzedArticle> articles = {{.article_id = id,
                                                    .revision = revision,
                                                    .analyzers = analyzers,
                                                    .analysis = std::move(analysis)}};
    return analyses().save(articles, move);
  }

  std::vector<std::string> found(std::vector<std::string> terms) {
    return titles(must(articles().find({.terms = std::move(terms)})).articles);
  }

  SourceId source_{};
};

TEST_P(AnalysisStoreContract, GivesBackWhatWasSaved) {
  const ArticleId id = add("a");
  EXPECT_EQ(kind_of(analyses().get(id)), ErrorKind::NotFound);
  must(save(id, analysis_about("medtop:15000000")));
  const AnalyzedArticle analyzed = must(analyses().get(id));
  EXPECT_EQ(analyzed.analysis, analysis_about("medtop:15000000"));
  EXPECT_EQ(analyzed.revision, 1);
  EXPECT_EQ(analyzed.analyzers, 1);
  EXPECT_EQ(analyzed.analyzed_at, now());
}

TEST_P(AnalysisStoreContract, GivesSeveralInTheOrderTheyAreAskedFor) {
  const ArticleId a = add("a"), b = add("b"), c = add("c");
  must(save(a, analysis_about("medtop:15000000")));
  must(save(c, analysis_about("medtop:04000000")));
  const std::vector<AnalyzedArticle> several =
      must(analyses().get_many(std::vector<ArticleId>{c, b, a}));
  ASSERT_EQ(several.size(), 2u);
  EXPECT_EQ(several[0].article_id, c);
  EXPECT_EQ(several[0].analysis, analysis_about("medtop:04000000"));
  EXPECT_EQ(several[1].article_id, a);
}

TEST_P(AnalysisStoreContract, TellsOfEachInTheLog) {
  const ArticleId id = add("a");
  const EventSequence before = must(events().head());
  must(save(id, analysis_about("medtop:15000000")));
  const std::vector<Event> said = all_events(before);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].kind, EventKind::ArticleAnalyzed);
  EXPECT_EQ(said[0].subject, to_int(id));
  EXPECT_EQ(said[0].language, "en");
}

TEST_P(AnalysisStoreContract, GivesItsLanguageToAnArticleWithoutOne) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000")));
  EXPECT_EQ(must(articles().get(id)).summary.language, "en");
  EXPECT_EQ(must(articles().find({.language = "en"})).articles.size(), 1u);
}

TEST_P(AnalysisStoreContract, ArticlesAreFoundByTheirTerms) {
  const ArticleId a = add("a", "Ana Ruiz"), b = add("b");
  add("c");
  must(save(a, analysis_about("medtop:15000000", Tone::Negative)));
  must(save(b, analysis_about("medtop:04000000", Tone::Negative)));
  EXPECT_EQ(found({topic_term("medtop:15000000")}), (std::vector<std::string>{"a"}));
  EXPECT_EQ(found({tone_term(Tone::Negative)}), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(found({tone_term(Tone::Negative), topic_term("medtop:04000000")}),
            (std::vector<std::string>{"b"}));
  EXPECT_EQ(found({author_term("ANA RUIZ ")}), (std::vector<std::string>{"a"}));
  EXPECT_EQ(found({entity_term("person-1"), about_term("PT")}).size(), 2u);
  EXPECT_TRUE(found({tone_term(Tone::Positive)}).empty());
}

TEST_P(AnalysisStoreContract, PagesThroughATermWithoutRepeating) {
  for (const char* name : {"a", "b", "c"}) must(save(add(name), analysis_about("medtop:15000000")));
  ArticleQuery query{.terms = {topic_term("medtop:15000000"), about_term("PT")}, .limit = 2};
  const ArticlePage first = must(articles().find(query));
  EXPECT_EQ(titles(first.articles), (std::vector<std::string>{"c", "b"}));
  ASSERT_TRUE(first.next);
  query.after = first.next;
  const ArticlePage second = must(articles().find(query));
  EXPECT_EQ(titles(second.articles), (std::vector<std::string>{"a"}));
  EXPECT_FALSE(second.next);
}

TEST_P(AnalysisStoreContract, AnotherAnalysisReplacesTheTerms) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000")));
  must(save(id, analysis_about("medtop:04000000")));
  EXPECT_TRUE(found({topic_term("medtop:15000000")}).empty());
  EXPECT_EQ(found({topic_term("medtop:04000000")}).size(), 1u);
}

TEST_P(AnalysisStoreContract, ListsShowWhatWasFound) {
  const ArticleId a = add("a"), b = add("b");
  must(save(b, analysis_about("medtop:15000000", Tone::Negative)));
  const AnalysisBrief brief{
      .topics = {{.code = "medtop:15000000", .label = "a label", .score = 0.5}},
      .tone = Tone::Negative,
      .sentiment = -0.25,
      .countries = {{.code = "PT", .score = 1}}};
  const ArticlePage page = must(articles().find({}));
  ASSERT_EQ(titles(page.articles), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(page.articles[0].analysis, brief);
  EXPECT_EQ(page.articles[1].analysis, AnalysisBrief{});
  const std::vector<ArticleId> ids = {a, b};
  EXPECT_EQ(must(articles().get_many(ids))[1].analysis, brief);
  EXPECT_EQ(must(articles().get(b)).summary.analysis, brief);
}

TEST_P(AnalysisStoreContract, AnEditKeepsWhatListsShowUntilItIsAnalyzed) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000")));
  ASSERT_EQ(ingest(source_, {edited(new_article("a", now()), "a, mended")}).edited.size(), 1u);
  EXPECT_EQ(must(articles().get(id)).summary.analysis.topics.size(), 1u);
  Analysis without_tone;
  must(save(id, without_tone, 1, nullptr, /*revision=*/2));
  EXPECT_EQ(must(articles().get(id)).summary.analysis, AnalysisBrief{});
}

TEST_P(AnalysisStoreContract, SavesManyAtOnceEachAsItIs) {
  const ArticleId a = add("a", "Ana Ruiz"), b = add("b"), gone = add("c");
  must(save(b, analysis_about("medtop:04000000")));
  must(articles().remove(gone));
  const EventSequence before = must(events().head());
  std::vector<AnalyzedArticle> many = {{.article_id = a, .analyzers = 1},
                                       {.article_id = b, .analyzers = 1},
                                       {.article_id = gone, .analyzers = 1}};
  many[0].analysis.language = {.code = "pt", .confidence = 1};
  many[1].analysis = analysis_about("medtop:15000000", Tone::Positive);
  must(analyses().save(many, nullptr));
  EXPECT_EQ(must(analyses().get(a)).analysis, many[0].analysis);
  EXPECT_EQ(must(analyses().get(b)).analysis, many[1].analysis);
  EXPECT_EQ(kind_of(analyses().get(gone)), ErrorKind::NotFound);
  EXPECT_EQ(must(articles().get(a)).summary.language, "pt");
  EXPECT_EQ(found({author_term("Ana Ruiz")}), (std::vector<std::string>{"a"}));
  EXPECT_EQ(found({tone_term(Tone::Positive)}), (std::vector<std::string>{"b"}));
  EXPECT_TRUE(found({topic_term("medtop:04000000")}).empty());
  EXPECT_EQ(all_events(before).size(), 2u);
}

TEST_P(AnalysisStoreContract, PassesOverWhatIsGoneOrWasEdited) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000"), 1, nullptr, /*revision=*/2));
  EXPECT_EQ(kind_of(analyses().get(id)), ErrorKind::NotFound);
  must(articles().remove(id));
  must(save(id, analysis_about("medtop:15000000")));
  EXPECT_EQ(kind_of(analyses().get(id)), ErrorKind::NotFound);
}

TEST_P(AnalysisStoreContract, GoesWithItsArticle) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000")));
  must(articles().remove(id));
  EXPECT_EQ(kind_of(analyses().get(id)), ErrorKind::NotFound);
  EXPECT_TRUE(found({topic_term("medtop:15000000")}).empty());
}

TEST_P(AnalysisStoreContract, TheStepIsTakenWithTheAnalysesOrNeitherIs) {
  const ArticleId id = add("a");
  const EventSequence head = must(events().head());
  const CursorMove step{.consumer = "analyze", .from = EventSequence{}, .to = head};
  must(save(id, analysis_about("medtop:15000000"), 1, &step));
  EXPECT_EQ(must(events().cursor("analyze")), head);
  EXPECT_EQ(kind_of(save(id, analysis_about("medtop:04000000"), 1, &step)), ErrorKind::Conflict);
  EXPECT_EQ(must(analyses().get(id)).analysis.topics[0].code, "medtop:15000000");
}

TEST_P(AnalysisStoreContract, OutdatedAreThoseThatOlderAnalyzersSaw) {
  const ArticleId a = add("a"), b = add("b"), c = add("c");
  must(save(a, analysis_about("medtop:15000000"), 1));
  must(save(b, analysis_about("medtop:15000000"), 2));
  EXPECT_EQ(must(analyses().outdated(2, ArticleId{}, 10)), (std::vector<ArticleId>{a, c}));
  EXPECT_EQ(must(analyses().outdated(2, ArticleId{}, 1)), (std::vector<ArticleId>{a}));
  EXPECT_EQ(must(analyses().outdated(2, a, 10)), (std::vector<ArticleId>{c}));
}

TEST_P(AnalysisStoreContract, ARenewalMakesWhatWasBeforeItOutdated) {
  const ArticleId a = add("a"), b = add("b");
  must(save(a, analysis_about("medtop:15000000"), 1));
  must(save(b, analysis_about("medtop:15000000"), 1));
  EXPECT_EQ(must(analyses().count_outdated(1)), 0);
  clock().advance(std::chrono::seconds(1));
  EXPECT_TRUE(must(analyses().begin_renewal()));
  EXPECT_EQ(must(analyses().count_outdated(1)), 2);
  clock().advance(std::chrono::seconds(1));
  must(save(a, analysis_about("medtop:15000000"), 1));
  // Whoever goes on with it does not begin anew.
  reopen();
  EXPECT_FALSE(must(analyses().begin_renewal()));
  EXPECT_EQ(must(analyses().outdated(1, ArticleId{}, 10)), (std::vector<ArticleId>{b}));
  must(analyses().end_renewal());
  EXPECT_EQ(must(analyses().count_outdated(1)), 0);
  EXPECT_EQ(must(analyses().count_outdated(2)), 2);
}

TEST_P(AnalysisStoreContract, SurvivesAReopening) {
  const ArticleId id = add("a");
  must(save(id, analysis_about("medtop:15000000")));
  if (!reopen()) return;
  EXPECT_EQ(must(analyses().get(id)).analysis, analysis_about("medtop:15000000"));
}

}  // namespace tidings::contract
