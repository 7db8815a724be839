// What an article is about: its own route, in lists, and as a filter of lists.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

class AnalysisRoutes : public ApiTest {
 protected:
  void analyze(ArticleId id, const std::string& topic, Tone tone) {
    AnalyzedArticle article{.article_id = id, .revision = 1, .analyzers = 1};
    article.analysis.language = {.code = "en", .confidence = 0.5};
    article.analysis.topics = {
        {.code = topic, .label = "sport", .score = 0.75, .evidence = {{"goal", 0.5}}}};
    article.analysis.sentiment = Sentiment{.score = -0.5, .label = tone};
    article.analysis.countries = {{.code = "PT", .score = 1}};
    article.analysis.entities = {{.id = "p1", .text = "Ana Ruiz"}};
    ASSERT_TRUE(stores_.analyses().save(std::span(&article, 1), nullptr));
  }
};

TEST_F(AnalysisRoutes, ShowWhatAnArticleIsAbout) {
  const ArticleId id = add_article(add_source("times"), {});
  start();
  const std::string target = "/api/v1/articles/" + std::to_string(to_int(id)) + "/analysis";
  expect_problem(get(target), 404, "not_found");
  analyze(id, "medtop:15000000", Tone::Negative);
  tell_events();
  const json body = get_json(target);
  EXPECT_EQ(body["id"], to_int(id));
  EXPECT_EQ(body["language"]["code"], "en");
  EXPECT_EQ(body["topics"][0]["label"], "sport");
  EXPECT_EQ(body["sentiment"]["label"], "negative");
  EXPECT_FALSE(body["topics"][0].contains("evidence"));
  const json explained = get_json(target + "?explain=1");
  EXPECT_EQ(explained["topics"][0]["evidence"][0]["text"], "goal");
}

TEST_F(AnalysisRoutes, ListsShowTopicsAndToneOnceTheyAreKnown) {
  const ArticleId id = add_article(add_source("times"), {});
  start();
  EXPECT_FALSE(get_json("/api/v1/articles")["articles"][0].contains("topics"));
  analyze(id, "medtop:15000000", Tone::Negative);
  tell_events();
  const json article = get_json("/api/v1/articles")["articles"][0];
  EXPECT_EQ(article["topics"][0]["code"], "medtop:15000000");
  EXPECT_EQ(article["sentiment"]["label"], "negative");
  EXPECT_EQ(article["sentiment"]["score"], -0.5);
}

TEST_F(AnalysisRoutes, FilterLists) {
  const SourceId source = add_source("times");
  const ArticleId a = add_article(source, {.title = "a"}), b = add_article(source, {.title = "b"});
  add_article(source, {.title = "c"});
  start();
  EXPECT_THAT(titles("/api/v1/articles?topic=medtop:15000000"), ElementsAre());
  analyze(a, "medtop:15000000", Tone::Negative);
  analyze(b, "medtop:04000000", Tone::Positive);
  tell_events();
  EXPECT_THAT(titles("/api/v1/articles?topic=medtop:15000000"), ElementsAre("a"));
  EXPECT_THAT(titles("/api/v1/articles?sentiment=positive"), ElementsAre("b"));
  EXPECT_THAT(titles("/api/v1/articles?about=pt&entity=p1"), ElementsAre("b", "a"));
  EXPECT_THAT(titles("/api/v1/articles?about=pt&language=en&sentiment=negative"), ElementsAre("a"));
  expect_problem(get("/api/v1/articles?sentiment=angry"), 400, "parameter_invalid");
}

}  // namespace
}  // namespace tidings::api
