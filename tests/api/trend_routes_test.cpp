// What rises now, and what rose in the past.
#include <chrono>

#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class TrendRoutes : public ApiTest {
 protected:
  static constexpr const char* kPath = "/api/v1/analytics/trends";

  void SetUp() override { source_ = add_source("herald"); }

  RisingKey key(TrendKind kind, const std::string& name, int count, const std::string& label = "") {
    return {.key = {.kind = kind, .key = name, .label = label},
            .rise = {.window = hours(2),
                     .count = count,
                     .expected = 6.1,
                     .discounted = static_cast<double>(count),
                     .publishers = 9,
                     .log10_p = -20.4},
            .since = clock_.now() - minutes(50),
            .peak_count = 31,
            .peak_at = clock_.now() - minutes(10)};
  }
  void keep(std::vector<CurrentTrend> trends, bool is_warm = true) {
    const TrendStep step{.version = stores_.trends().list()->version,
                         .since = clock_.now() - hours(70),
                         .as_of = clock_.now(),
                         .is_warm = is_warm,
                         .trends = std::move(trends)};
    ASSERT_TRUE(stores_.trends().replace(step, {.consumer = "trends"}));
  }
  CurrentTrend storm() {
    const ArticleId article = add_article(source_, {.title = "A storm"});
    return {.trend = {.head = key(TrendKind::Term, "en:storm", 47, "Storm"),
                      .related = {key(TrendKind::Topic, "medtop:15000000", 40),
                                  key(TrendKind::Entity, "ana ruiz", 30, "Ana Ruiz")},
                      .articles = {article, ArticleId(7)}},
            .since = clock_.now() - minutes(50)};
  }
  CurrentTrend vote() {
    return {.trend = {.head = key(TrendKind::Entity, "vote", 60, "Vote")}, .since = clock_.now()};
  }
  std::vector<std::string> keys(const std::string& rest) {
    std::vector<std::string> keys;
    const json answer = get_json(kPath + rest);
    for (const json& trend : answer["trends"]) keys.push_back(trend["key"]);
    return keys;
  }

  // An article of that time about these.
  void publish(const std::string& title, Time at, const std::string& entity,
               const std::string& topic = "medtop:15000000") {
    const ArticleId id =
        add_article(source_, {.title = title, .published = format_rfc3339(at), .html = title});
    AnalyzedArticle found{
        .article_id = id, .revision = stores_.articles().get(id)->summary.revision, .analyzers = 1};
    found.analysis.language = {.code = "en", .confidence = 1};
    found.analysis.topics = {{.code = topic, .label = "", .score = 0.9}};
    found.analysis.entities = {{.id = entity, .text = "The " + entity, .salience = 0.5}};
    found.analysis.keyphrases = {{.text = entity + " news", .score = 1}};
    ASSERT_TRUE(stores_.analyses().save({&found, 1}, nullptr));
  }
  // Five weeks of news, every four hours; in one night a quake.
  void publish_weeks() {
    const Time begin = clock_.now() - hours(24 * 35);
    for (int i = 0; begin + hours(4 * i) < clock_.now(); ++i)
      publish("Daily news " + std::to_string(i), begin + hours(4 * i),
              "person" + std::to_string(i % 9));
    for (int i = 0; i < 25; ++i)
      publish("Quake news " + std::to_string(i), quake_at() + minutes(9 * i), "quake",
              "medtop:03000000");
    search_.catch_up();
  }
  Time quake_at() const { return *parse_rfc3339("2026-11-20T02:00:00Z"); }

  SourceId source_{};
};

TEST_F(TrendRoutes, SaysThatItIsNotKnownYetWhatIsUsual) {
  start();
  json empty = get_json(kPath);
  EXPECT_EQ(empty["is_warm"], false);
  EXPECT_THAT(empty["trends"], IsEmpty());
  EXPECT_FALSE(empty.contains("as_of"));
  EXPECT_THAT(empty["notes"][0].get<std::string>(), HasSubstr("two days"));
  clock_.advance(minutes(1));
  keep({}, false);
  empty = get_json(kPath);
  EXPECT_EQ(empty["as_of"], "2026-11-23T12:01:00Z");
  EXPECT_EQ(empty["since"], "2026-11-20T14:01:00Z");
  EXPECT_EQ(empty["is_warm"], false);
}

TEST_F(TrendRoutes, TellsWhatRisesAndWhy) {
  start();
  keep({storm()});
  const json answer = get_json(kPath);
  EXPECT_EQ(answer["is_warm"], true);
  EXPECT_FALSE(answer.contains("notes"));
  ASSERT_EQ(answer["trends"].size(), 1);
  const json& trend = answer["trends"][0];
  EXPECT_GT(trend["id"], 0);
  EXPECT_EQ(trend["kind"], "term");
  EXPECT_EQ(trend["key"], "en:storm");
  EXPECT_EQ(trend["label"], "Storm");
  EXPECT_EQ(trend["count"], 47);
  EXPECT_EQ(trend["expected"], 6.1);
  EXPECT_EQ(trend["ratio"], 7.705);
  EXPECT_EQ(trend["log10_p"], -20.4);
  EXPECT_EQ(trend["window_minutes"], 120);
  EXPECT_EQ(trend["explanation"], "47 articles in 2 h, 6.1 expected, p < 10⁻²⁰");
  EXPECT_EQ(trend["since"], "2026-11-23T11:10:00Z");
  EXPECT_EQ(trend["peak"], (json{{"at", "2026-11-23T11:50:00Z"}, {"count", 31}}));
  ASSERT_EQ(trend["articles"].size(), 1) << "the other is gone";
  EXPECT_EQ(trend["articles"][0]["title"], "A storm");
  EXPECT_TRUE(trend["articles"][0].contains("url"));
  ASSERT_EQ(trend["related"].size(), 2);
  EXPECT_EQ(trend["related"][0]["label"], "sport");
  EXPECT_EQ(trend["related"][1]["label"], "Ana Ruiz");
}

TEST_F(TrendRoutes, ShowsATrendByTheKindThatIsAskedFor) {
  start();
  CurrentTrend over = vote();
  over.trend.head.key.key = "over";
  over.ended_at = clock_.now();
  keep({storm(), vote(), over});
  EXPECT_THAT(keys(""), ElementsAre("vote", "en:storm"));
  EXPECT_THAT(keys("?kind=entity"), ElementsAre("vote", "ana ruiz"));
  EXPECT_THAT(keys("?kind=entity&limit=1"), ElementsAre("vote"));
  EXPECT_THAT(keys("?kind=topic,term"), ElementsAre("en:storm"));
  EXPECT_THAT(keys("?kind=story"), IsEmpty());
  const RawResponse unknown = get(std::string(kPath) + "?kind=color");
  expect_problem(unknown, 400, "parameter_invalid");
  EXPECT_THAT(unknown.body, HasSubstr("keyphrase"));
}

TEST_F(TrendRoutes, SaysWhenNothingCameForAWhile) {
  start();
  keep({storm()});
  clock_.advance(hours(1));
  EXPECT_THAT(get_json(kPath)["notes"][0].get<std::string>(), HasSubstr("some time ago"));
}

TEST_F(TrendRoutes, KeepsAnswersUntilATrendBeginsOrAMinuteIsOver) {
  start();
  keep({storm()});
  tell_events();
  EXPECT_EQ(get_json(kPath)["trends"][0]["count"], 47);
  CurrentTrend more = stores_.trends().list()->trends.front();
  more.trend.head.rise.count = 50;
  keep({more});
  tell_events();
  EXPECT_EQ(get_json(kPath)["trends"][0]["count"], 47) << "nothing began";
  clock_.advance(minutes(1));
  EXPECT_EQ(get_json(kPath)["trends"][0]["count"], 50);
  keep({more, vote()});
  EXPECT_THAT(keys(""), ElementsAre("en:storm"));
  tell_events();
  EXPECT_THAT(keys(""), ElementsAre("vote", "en:storm"));
}

TEST_F(TrendRoutes, ForgetsAnswersThatShowAnArticleThatIsGone) {
  start();
  CurrentTrend told = storm();
  keep({told});
  tell_events();
  EXPECT_EQ(get_json(kPath)["trends"][0]["articles"].size(), 1);
  ASSERT_TRUE(stores_.articles().remove(told.trend.articles.front()));
  tell_events();
  EXPECT_THAT(get_json(kPath)["trends"][0]["articles"], IsEmpty());
}

TEST_F(TrendRoutes, KeepsAnswersOfThePastUntilTheIndexHasMore) {
  publish_weeks();
  start();
  tell_events();
  const std::string days = std::string(kPath) + "?since=2026-11-18&until=2026-11-22";
  const json first = get_json(days);
  publish("One more", quake_at() + minutes(1), "quake", "medtop:03000000");
  EXPECT_EQ(get_json(days), first);
  search_.catch_up();
  EXPECT_EQ(get_json(days)["articles"], first["articles"].get<int>() + 1);
}

TEST_F(TrendRoutes, KeepsAnswersWithoutAnEndForAMinute) {
  publish_weeks();
  start();
  tell_events();
  const std::string path = std::string(kPath) + "?since=2026-11-18";
  const json first = get_json(path);
  clock_.advance(std::chrono::seconds(59));
  EXPECT_EQ(get_json(path), first);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(get_json(path)["until"], "2026-11-23T12:01:00Z");
}

TEST_F(TrendRoutes, WritesTables) {
  start();
  keep({storm()});
  const RawResponse table = get(std::string(kPath) + "?format=csv");
  EXPECT_EQ(table.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_THAT(table.body, testing::StartsWith("kind,key,label,count,"));
  EXPECT_THAT(table.body, HasSubstr("\r\nterm,en:storm,Storm,47,6.1,"));
  expect_problem(get(std::string(kPath) + "?format=xml"), 400, "parameter_invalid");
}

TEST_F(TrendRoutes, TellsWhatRoseInThePast) {
  publish_weeks();
  start();
  const json answer = get_json(std::string(kPath) + "?since=2026-11-18&until=2026-11-22");
  EXPECT_EQ(answer["since"], "2026-11-18T00:00:00Z");
  EXPECT_EQ(answer["compared_since"], "2026-10-21T00:00:00Z");
  EXPECT_EQ(answer["articles"], 49);
  ASSERT_EQ(answer["trends"].size(), 1) << answer.dump(1);
  const json& trend = answer["trends"][0];
  EXPECT_FALSE(trend.contains("id"));
  EXPECT_GE(trend["count"], 24);
  EXPECT_GT(trend["ratio"], 5);
  EXPECT_EQ(trend["since"], "2026-11-20T02:00:00Z");
  EXPECT_EQ(trend["until"], "2026-11-20T06:00:00Z");
  EXPECT_EQ(trend["articles"].size(), kTrendArticlesMax);
  EXPECT_THAT(trend["articles"][0]["title"].get<std::string>(), HasSubstr("Quake"));
  std::vector<std::string> kinds = {trend["kind"]};
  for (const json& one : trend["related"]) kinds.push_back(one["kind"]);
  EXPECT_THAT(kinds, testing::UnorderedElementsAre("entity", "topic", "keyphrase"));
  EXPECT_EQ(answer["cursor"], to_int(*stores_.events().head()));
}

TEST_F(TrendRoutes, AsksThePastForKindsAndWithinQueries) {
  publish_weeks();
  start();
  const std::string days = "?since=2026-11-18&until=2026-11-22";
  EXPECT_THAT(keys(days + "&kind=entity"), ElementsAre("quake"));
  EXPECT_THAT(get_json(kPath + days + "&kind=entity")["trends"][0]["label"], "The quake");
  EXPECT_THAT(keys(days + "&q=daily"), IsEmpty());
  EXPECT_THAT(keys("?since=2026-11-01&until=2026-11-15"), IsEmpty());
  EXPECT_EQ(get_json(std::string(kPath) + "?q=quake")["query"], "quake");
}

TEST_F(TrendRoutes, RefusesWhatItCannotKnowOfThePast) {
  start();
  const std::string path = kPath;
  const RawResponse term = get(path + "?since=2026-11-01&kind=term");
  expect_problem(term, 400, "parameter_invalid");
  EXPECT_EQ(json::parse(term.body)["parameter"], "kind");
  expect_problem(get(path + "?since=2020-01-01"), 400, "parameter_invalid");
  expect_problem(get(path + "?since=2026-11-02&until=2026-11-01"), 400, "parameter_invalid");
  expect_problem(get(path + "?q=(a"), 400, "query_syntax");
}

}  // namespace
}  // namespace tidings::api
