// Analytics of a time whose articles retention took: as if they were still there.
#include "analyze/entity_key.h"
#include "pipeline/consumer.h"
#include "pipeline/hourly_counts.h"
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

constexpr int kArticles = 40;  // one every six hours

class RolledHistoryRoutes : public ApiTest {
 protected:
  void SetUp() override {
    first_ = add_source("herald");
    second_ = add_source("courier", "FR");
    for (int i = 0; i < kArticles; ++i) publish(i);
    follow();
    start();
  }

  void publish(int number) {
    const Time published = clock_.now() - std::chrono::hours(6 * (kArticles - number));
    const ArticleId id = add_article(number % 3 == 0 ? second_ : first_,
                                     {.title = "Trams " + std::to_string(number),
                                      .language = number % 4 == 0 ? "pt-BR" : "en",
                                      .published = format_rfc3339(published)});
    AnalyzedArticle found{.article_id = id, .revision = 1, .analyzers = 1};
    Analysis& analysis = found.analysis;
    analysis.topics = {{.code = number % 2 == 0 ? "medtop:20000344" : "medtop:15000000"}};
    if (number % 5 != 0)
      analysis.entities = {
          {.id = kRuiz, .text = "Ana Ruiz", .salience = 0.5},
          {.id = number % 7 == 0 ? "00aa" : "00bb", .text = "Other", .salience = 0.2}};
    analysis.places = {{.name = "Rio de Janeiro"}};
    analysis.countries = {{.code = number % 2 == 0 ? "BR" : "GB"}};
    analysis.keyphrases = {{.text = "tram line"}};
    analysis.sentiment = Sentiment{.score = (number - 20) / 100.0};
    ASSERT_TRUE(stores_.analyses().save({&found, 1}, nullptr));
  }

  // What a server does beside answering.
  void follow() {
    pipeline::HourlyCounts counts(stores_, stories::PublisherFamilies::shipped());
    while (counts.fill_step().value()) {
    }
    pipeline::ConsumerRunner runner(counts, stores_.events(), metrics_);
    while (runner.step().value() == pipeline::ConsumerRunner::Step::Worked) {
    }
    search_.catch_up();
    if (server_) tell_events();
  }

  void take_all_but(int articles) {
    ASSERT_TRUE(stores_.articles().apply_retention({.articles_max = articles}));
    follow();
  }

  json series(const std::string& rest) {
    return get_json("/api/v1/analytics/series?since=2026-11-10&until=2026-11-24" + rest);
  }
  json top(const std::string& rest) {
    return get_json("/api/v1/analytics/top?since=2026-11-10&until=2026-11-24" + rest);
  }
  // The counts alone.
  static json points(const json& answer) {
    json points = answer["series"][0]["points"];
    for (json& point : points) point.erase("publishers");
    return points;
  }

  const std::string kRuiz =
      analyze::entity_id(EntityType::Person, analyze::entity_key("Ana Ruiz", EntityType::Person));
  SourceId first_{}, second_{};
};

TEST_F(RolledHistoryRoutes, SeriesGoOnWhereArticlesEnd) {
  const std::vector<std::string> queries = {"",
                                            "&q=topic:medtop:04000000",
                                            "&q=topic:sport",
                                            "&q=lang:pt",
                                            "&q=lang:en",
                                            "&q=country:fr",
                                            "&q=about:br",
                                            "&q=source:" + to_text(first_),
                                            "&q=source:courier",
                                            "&q=entity:" + kRuiz,
                                            "&q=entity:%22Ana%20Ruiz%22",
                                            "&q=place:%22Rio%20de%20Janeiro%22",
                                            "&interval=hour",
                                            "&q=lang:en&interval=week&time_zone=Europe/Paris"};
  std::vector<json> before;
  before.reserve(queries.size());
  for (const std::string& query : queries) before.push_back(series(query));
  for (const json& answer : before) {
    EXPECT_FALSE(answer.contains("articles_since"));
    EXPECT_FALSE(answer["series"][0].contains("counted_from"));
  }
  take_all_but(5);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const json after = series(queries[i]);
    EXPECT_EQ(points(after), points(before[i])) << queries[i];
    EXPECT_EQ(after["series"][0]["articles"], before[i]["series"][0]["articles"]) << queries[i];
    EXPECT_GT(after["series"][0]["articles"], 5) << queries[i];
    EXPECT_EQ(after["series"][0]["counted_from"][0]["from"], "rollups") << queries[i];
  }
}

TEST_F(RolledHistoryRoutes, SeriesSayWhichPartIsFromRollups) {
  take_all_but(10);
  const json answer = series("");
  EXPECT_EQ(answer["articles_since"], "2026-11-20T19:00:00Z");
  EXPECT_EQ(answer["series"][0]["counted_from"], json::parse(R"([
    {"from": "rollups", "since": "2026-11-10T00:00:00Z", "until": "2026-11-21T00:00:00Z"},
    {"from": "index", "since": "2026-11-21T00:00:00Z", "until": "2026-11-24T00:00:00Z"}])"));
  const json& points = answer["series"][0]["points"];
  EXPECT_FALSE(points[10].contains("publishers"));
  EXPECT_EQ(points[11]["publishers"], 1);
  EXPECT_EQ(points[5]["share"], 1.0);
  const json recent = get_json("/api/v1/analytics/series?since=2026-11-21&until=2026-11-24");
  EXPECT_FALSE(recent.contains("articles_since"));
  EXPECT_FALSE(recent["series"][0].contains("counted_from"));
}

TEST_F(RolledHistoryRoutes, OtherQueriesSaySinceWhenArticlesAreKept) {
  take_all_but(10);
  for (const std::string query : {"&q=trams", "&q=lang:en%20topic:sport", "&q=-lang:en",
                                  "&q=entity:nobody", "&q=place:rio"}) {
    const json answer = series(query);
    EXPECT_EQ(answer["articles_since"], "2026-11-20T19:00:00Z") << query;
    EXPECT_FALSE(answer["series"][0].contains("counted_from")) << query;
    EXPECT_LE(answer["series"][0]["articles"], 10) << query;
  }
}

TEST_F(RolledHistoryRoutes, EachAnswerSaysSinceWhenArticlesAreKept) {
  ASSERT_TRUE(stores_.ratings().put(kLocalOwner, "publisher,rating\nsite.example,left\n"));
  const std::vector<std::string> routes = {"compare?q=lang:en&q2=lang:pt&",
                                           "heatmap?",
                                           "publishers?",
                                           "balance?q=trams&",
                                           "cooccurrence?",
                                           "trends?q=trams&"};
  const std::string time = "since=2026-11-10&until=2026-11-24";
  for (const std::string& route : routes)
    EXPECT_FALSE(get_json("/api/v1/analytics/" + route + time).contains("articles_since")) << route;
  take_all_but(10);
  for (const std::string& route : routes)
    EXPECT_EQ(get_json("/api/v1/analytics/" + route + time)["articles_since"],
              "2026-11-20T19:00:00Z")
        << route;
  // Trends are compared with the weeks before.
  const std::string recent = "since=2026-11-21&until=2026-11-24";
  for (const std::string& route : routes)
    EXPECT_EQ(get_json("/api/v1/analytics/" + route + recent).contains("articles_since"),
              route.starts_with("trends"))
        << route;
}

TEST_F(RolledHistoryRoutes, SeriesAreSplitWithoutArticles) {
  const json before = series("&by=language")["series"][0]["by"];
  take_all_but(10);
  EXPECT_EQ(series("&by=language")["series"][0]["by"], before);
  const json of_topic = series("&q=topic:sport&by=language")["series"][0];
  EXPECT_THAT(of_topic["notes"],
              ElementsAre("by language only articles that are kept are counted"));
}

TEST_F(RolledHistoryRoutes, TopCountsAllOfTheTime) {
  const json before = top("&by=language,entity,place,about");
  take_all_but(10);
  const json after = top("&by=language,entity,place,about");
  EXPECT_EQ(after["facets"], before["facets"]);
  EXPECT_EQ(after["articles"], kArticles);
  EXPECT_EQ(after["counted_from"], json::parse(R"([
    {"from": "rollups", "since": "2026-11-10T00:00:00Z", "until": "2026-11-24T00:00:00Z"}])"));
  for (const std::string rest : {"&by=keyphrase", "&by=language&q=trams"}) {
    const json kept = top(rest);
    EXPECT_EQ(kept["articles"], 10) << rest;
    EXPECT_FALSE(kept.contains("counted_from")) << rest;
    EXPECT_EQ(kept["articles_since"], "2026-11-20T19:00:00Z") << rest;
  }
}

TEST_F(RolledHistoryRoutes, TablesLeaveOutWhatIsNotKnown) {
  take_all_but(10);
  const std::string csv =
      get("/api/v1/analytics/series?format=csv&since=2026-11-20&until=2026-11-22").body;
  EXPECT_THAT(csv, HasSubstr(",2026-11-20T00:00:00Z,4,1,"));
  EXPECT_THAT(csv, HasSubstr(",\r\n"));
}

TEST_F(RolledHistoryRoutes, NotesSayWhatIsCountedByTheDay) {
  take_all_but(10);
  ASSERT_TRUE(stores_.rollups().fold({.hours_before = clock_.now()}));
  const json by_day = series("&q=entity:" + kRuiz)["series"][0];
  EXPECT_THAT(by_day["notes"],
              ElementsAre("before 2026-11-23T00:00:00Z rollups count by entity in whole days of "
                          "UTC"));
  const json by_hour = series("&interval=hour&q=entity:" + kRuiz)["series"][0];
  EXPECT_EQ(by_hour["articles"], by_day["articles"]) << "no day is counted twice";
  EXPECT_FALSE(series("&q=topic:sport")["series"][0].contains("notes"));
}

}  // namespace
}  // namespace tidings::api
