// What an article is about: its own route, in lists, and as a filter of lists.
#include <algorithm>

#include "analyze/stored_article.h"
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

constexpr const char* kAnaRuiz = "00c0ffee00c0ffee";

class AnalysisRoutes : public ApiTest {
 protected:
  // A problem with the parameter of that name, whose detail says this.
  void expect_refusal(const std::string& query, const std::string& parameter,
                      const std::string& said) {
    const RawResponse response = get("/api/v1/articles?" + query);
    expect_problem(response, 400, "parameter_invalid");
    const json problem = json::parse(response.body, nullptr, false);
    EXPECT_EQ(problem["parameter"], parameter) << query;
    EXPECT_THAT(std::string(problem["detail"]), HasSubstr(said)) << query;
  }

  void analyze(ArticleId id, const std::string& topic, Tone tone) {
    AnalyzedArticle article{.article_id = id, .revision = 1, .analyzers = 1};
    article.analysis.language = {.code = "en", .confidence = 0.5};
    article.analysis.topics = {
        {.code = topic, .label = "sport", .score = 0.75, .evidence = {{"goal", 0.5}}}};
    article.analysis.sentiment = Sentiment{.score = -0.5, .label = tone};
    article.analysis.countries = {{.code = "PT", .score = 1}};
    article.analysis.entities = {{.id = kAnaRuiz, .text = "Ana Ruiz"}};
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

TEST_F(AnalysisRoutes, SayWhyEveryScoreIsWhatItIs) {
  const ArticleId id = add_article(add_source("times"), {.title = "Flood hits Porto"});
  start();
  const Article article = *stores_.articles().get(id);
  const AnalyzedArticle analyzed{.article_id = id,
                                 .revision = article.summary.revision,
                                 .analyzers = analyze::kAnalyzers,
                                 .analysis = analyze::analyze(analyze::article_of(article))};
  ASSERT_TRUE(stores_.analyses().save(std::span(&analyzed, 1), nullptr));
  tell_events();
  const std::string target = "/api/v1/articles/" + std::to_string(to_int(id)) + "/analysis";
  const json plain = get_json(target);
  EXPECT_FALSE(plain["countries"][0].contains("evidence"));
  EXPECT_FALSE(plain["language"].contains("evidence"));
  const json explained = get_json(target + "?explain=1");
  EXPECT_EQ(explained["countries"][0]["evidence"][0]["text"], "Porto");
  EXPECT_FALSE(explained["language"]["evidence"].empty());
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
  EXPECT_EQ(article["countries"][0]["code"], "PT");
  const json whole = get_json("/api/v1/articles/" + std::to_string(to_int(id)));
  EXPECT_EQ(whole["topics"], article["topics"]);
  EXPECT_EQ(whole["content_html"], "<p>Body</p>");
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
  const std::string entity = std::string("entity=") + kAnaRuiz;
  EXPECT_THAT(titles("/api/v1/articles?about=pt&" + entity), ElementsAre("b", "a"));
  EXPECT_THAT(titles("/api/v1/articles?about=pt&language=en&sentiment=negative"), ElementsAre("a"));
  EXPECT_THAT(titles("/api/v1/articles?topic=Sport"), ElementsAre("a"));
  EXPECT_THAT(titles("/api/v1/articles?about=ES"), ElementsAre());
  EXPECT_THAT(titles("/api/v1/articles?country=GB&topic=sport&sentiment=negative&" + entity),
              ElementsAre("a"));
  EXPECT_THAT(titles("/api/v1/articles?country=FR&topic=sport"), ElementsAre());
}

TEST_F(AnalysisRoutes, PageThroughSeveralFiltersAtOnce) {
  const SourceId source = add_source("times");
  for (const char* title : {"a", "b", "c", "d"}) {
    const ArticleId id = add_article(source, {.title = title});
    if (title != std::string("b")) analyze(id, "medtop:15000000", Tone::Negative);
  }
  start();
  const std::string filters = "/api/v1/articles?topic=sport&sentiment=negative&about=PT&limit=2";
  const json first = get_json(filters);
  EXPECT_THAT(titles(filters), ElementsAre("d", "c"));
  const std::string cursor = "&cursor=" + std::string(first["next_cursor"]);
  EXPECT_THAT(titles(filters + cursor), ElementsAre("a"));
  EXPECT_FALSE(get_json(filters + cursor).contains("next_cursor"));
  expect_problem(get("/api/v1/articles?topic=sport&limit=2" + cursor), 400, "cursor_invalid");
}

TEST_F(AnalysisRoutes, SayWhatAFilterKnows) {
  start();
  expect_refusal("sentiment=angry", "sentiment", "negative, neutral or positive");
  expect_refusal("topic=knitting", "topic", "medtop:15000000 (sport)");
  expect_refusal("topic=knitting", "topic", "/api/v1/topics");
  expect_refusal("topic=medtop:1", "topic", "/api/v1/topics");
  expect_refusal("entity=Ana+Ruiz", "entity", "an entity's id");
  expect_refusal("about=ZZ", "about", "ISO 3166-1");
  expect_refusal("about=Portugal", "about", "ISO 3166-1");
  expect_refusal("author=", "author", "1 to 200 bytes");
}

TEST_F(AnalysisRoutes, ListTheTopicsThatThereAre) {
  start();
  const json topics = get_json("/api/v1/topics")["topics"];
  EXPECT_EQ(topics.size(), 17u);
  const auto sport =
      std::ranges::find(topics, "medtop:15000000", [](const json& topic) { return topic["code"]; });
  ASSERT_NE(sport, topics.end());
  EXPECT_EQ((*sport)["label"], "sport");
  EXPECT_GT((*sport)["topics"].size(), 0u);
  for (const json& topic : (*sport)["topics"]) {
    EXPECT_TRUE(std::string(topic["code"]).starts_with("medtop:20"));
    EXPECT_FALSE(topic.contains("topics"));
  }
}

}  // namespace
}  // namespace tidings::api
