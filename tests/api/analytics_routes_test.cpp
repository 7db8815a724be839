// Analytics over HTTP: what is counted, as JSON and as tables, and how long answers are kept.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view kNovember = "since=2026-11-01&until=2026-12-01";

class AnalyticsRoutes : public ApiTest {
 protected:
  void SetUp() override { source_ = add_source("wire"); }

  ArticleId publish(const std::string& host, const std::string& title,
                    const std::string& published) {
    return add_article(source_, {.title = title, .published = published, .host = host});
  }
  struct Member {
    ArticleId id;
    ArticleId copy_of{};
  };
  void tell_story(const std::vector<Member>& members) {
    const StoryId id{to_int(members.front().id)};
    StoryStep step{.version = stores_.stories().state()->version};
    for (const Member& one : members) {
      const ArticleSummary article = stores_.articles().get(one.id)->summary;
      step.placed.push_back({.article_id = one.id,
                             .story_id = id,
                             .source_id = article.source_id,
                             .published = article.published});
      if (one.copy_of != ArticleId{}) step.placed.back().copy_of = one.copy_of;
    }
    step.stories = {{.id = id,
                     .headline = "A story",
                     .headline_article = members.front().id,
                     .opened_at = clock_.now(),
                     .updated_at = clock_.now(),
                     .articles = static_cast<std::int64_t>(members.size())}};
    ASSERT_TRUE(stores_.stories().apply(step, nullptr));
  }
  void begin() {
    search_.catch_up();
    start();
  }
  // The agency is first with one story and alone with another; the paper copies it, then writes.
  void publish_day() {
    const ArticleId flash = publish("agency.example", "Quake", "2026-11-20T08:00:00Z");
    const ArticleId copy = publish("paper.example", "Quake again", "2026-11-20T08:10:00Z");
    const ArticleId own = publish("paper.example", "Strike", "2026-11-21T09:00:00Z");
    const ArticleId late = publish("agency.example", "Strike too", "2026-11-21T09:30:00Z");
    publish("agency.example", "Weather", "2026-11-22T09:30:00Z");
    tell_story({{flash}, {copy, flash}});
    tell_story({{own}, {late}});
  }

  json analytics(const std::string& rest) { return get_json("/api/v1/analytics/" + rest); }
  // Without the line of names.
  std::vector<std::string> rows(const std::string& rest) {
    const RawResponse response = get("/api/v1/analytics/" + rest);
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.header("Content-Type"), "text/csv; charset=utf-8");
    std::vector<std::string> rows;
    std::size_t begin = response.body.find("\r\n") + 2;
    for (std::size_t end; (end = response.body.find("\r\n", begin)) != std::string::npos;
         begin = end + 2)
      rows.push_back(response.body.substr(begin, end - begin));
    return rows;
  }
  std::string etag(const std::string& target) { return std::string(get(target).header("ETag")); }
  double hits() {
    const std::string metrics = metrics_.render();
    const std::size_t at = metrics.rfind("tidings_response_cache_hits_total ");
    return std::stod(metrics.substr(metrics.find(' ', at)));
  }

  SourceId source_{};
};

TEST_F(AnalyticsRoutes, TellsHowSoonAndHowOriginalPublishersAre) {
  publish_day();
  begin();
  const json answer = analytics("publishers?" + std::string(kNovember));
  EXPECT_EQ(answer["articles"], 5);
  EXPECT_EQ(answer["publishers_total"], 2);
  const json& agency = answer["publishers"][0];
  EXPECT_EQ(agency["name"], "agency.example");
  EXPECT_EQ(agency["articles"], 3);
  EXPECT_EQ(agency["share"], 0.6);
  EXPECT_EQ(agency["speed"], (json{{"stories", 2},
                                   {"first", 1},
                                   {"delay_median_seconds", 900.0},
                                   {"delay_mean_seconds", 900.0}}));
  EXPECT_EQ(agency["originality"]["copies"], 0);
  EXPECT_EQ(agency["originality"]["copied"], 1);
  EXPECT_EQ(agency["languages"][0]["name"], "en");
  const json& paper = answer["publishers"][1];
  EXPECT_EQ(paper["speed"]["first"], 1);
  EXPECT_EQ(paper["speed"]["delay_mean_seconds"], 300.0);
  EXPECT_EQ(paper["originality"], (json{{"copies", 1},
                                        {"copies_share", 0.5},
                                        {"copied", 0},
                                        {"copied_share", 0.0},
                                        {"copies_of", 0}}));
  EXPECT_THAT(rows("publishers?format=csv&" + std::string(kNovember)),
              ElementsAre("agency.example,3,0.6,0,2,1,900,900,0,1,1,,en",
                          "paper.example,2,0.4,0,2,1,300,300,1,0,0,,en"));
}

TEST_F(AnalyticsRoutes, HasATableOfEveryList) {
  publish_day();
  begin();
  const std::string when = "format=csv&" + std::string(kNovember);
  EXPECT_EQ(rows("heatmap?" + when).size(), 7 * 24);
  EXPECT_EQ(rows("heatmap?" + when)[4 * 24 + 8], "5,8,2,0");  // a Friday
  EXPECT_THAT(rows("top?by=publisher&" + when),
              ElementsAre("publisher,agency.example,,3,0", "publisher,paper.example,,2,0"));
  EXPECT_EQ(rows("series?interval=month&q=quake&" + when).size(), 1);
  EXPECT_THAT(rows("cooccurrence?" + when), IsEmpty());
}

TEST_F(AnalyticsRoutes, ComparesQueriesInOneAnswer) {
  publish_day();
  begin();
  const std::string asked = "q=quake&q2=strike&q3=weather&" + std::string(kNovember);
  const json answer = analytics("compare?" + asked);
  EXPECT_EQ(answer["articles"], 5);
  ASSERT_EQ(answer["compared"].size(), 3);
  EXPECT_EQ(answer["compared"][0]["articles"], 2);
  EXPECT_EQ(answer["compared"][0]["share"], 0.4);
  EXPECT_EQ(answer["compared"][0]["publishers"], 2);
  EXPECT_EQ(answer["compared"][0]["top_publishers"][0]["name"], "agency.example");
  ASSERT_EQ(answer["comparisons"].size(), 3);
  const json& strike = answer["comparisons"][0];
  EXPECT_EQ(strike["articles"], 0);
  EXPECT_EQ(strike["publishers"], 2);
  EXPECT_EQ(strike["best"]["lag"], 1);  // a day later
  EXPECT_NEAR(strike["best"]["correlation"], 1, 1e-9);
  EXPECT_EQ(analytics("series?" + asked)["comparisons"], answer["comparisons"]);
  const std::vector<std::string> table = rows("compare?format=csv&" + asked);
  ASSERT_EQ(table.size(), 3);
  EXPECT_EQ(table[0], "quake,2,0.4,0,2,,,,,");
  EXPECT_THAT(table[1], StartsWith("strike,2,0.4,0,2,0,"));
  expect_problem(get("/api/v1/analytics/compare?q=quake"), 400, "parameter_invalid");
}

TEST_F(AnalyticsRoutes, KeepsAnAnswerUntilTheIndexHasAnother) {
  publish_day();
  begin();
  const std::string target = "/api/v1/analytics/top?by=publisher&" + std::string(kNovember);
  const std::string first = etag(target);
  EXPECT_EQ(etag(target), first);
  EXPECT_EQ(hits(), 1);
  EXPECT_EQ(get(target, "If-None-Match: " + first + "\r\n").status, 304);
  publish("third.example", "News", "2026-11-23T08:00:00Z");
  tell_events();
  EXPECT_EQ(etag(target), first);  // the index does not know it yet
  search_.catch_up();
  EXPECT_NE(etag(target), first);
}

// The index lags the log: an answer that was made after an event, and before the index took it,
// must go when the index does.
TEST_F(AnalyticsRoutes, NeverKeepsWhatTheIndexSaidBefore) {
  publish_day();
  begin();
  const std::string target = "/api/v1/search?sort=newest&q=news";
  publish("third.example", "News", "2026-11-23T08:00:00Z");
  tell_events();
  EXPECT_THAT(get_json(target)["hits"], IsEmpty());
  search_.catch_up();
  EXPECT_EQ(get_json(target)["hits"].size(), 1);
}

// Held between reading the index and answering, while the index moves on.
TEST_F(AnalyticsRoutes, ForgetsAnAnswerThatTheIndexOvertookWhileItWasMade) {
  publish_day();
  publish("third.example", "News", "2026-11-23T08:00:00Z");
  begin();
  HeldRead held(after_find_);
  const std::string target = "/api/v1/search?sort=newest&q=news";
  RawClient client(server_->port());
  client.send(get_request(target));
  held.wait_until_reading();
  publish("fourth.example", "News too", "2026-11-23T09:00:00Z");
  search_.catch_up();
  held.release();
  EXPECT_EQ(json::parse(client.read_response().body)["hits"].size(), 1);
  EXPECT_EQ(get_json(target)["hits"].size(), 2);
}

TEST_F(AnalyticsRoutes, KeepsWhatMovesWithTheClockForAMinute) {
  publish_day();
  begin();
  for (const std::string target :
       {"/api/v1/analytics/top?by=publisher",
        "/api/v1/analytics/top?by=publisher&q=since:7d&until=2026-12-01", "/api/v1/search?q=quake",
        "/api/v1/search?sort=newest&q=since:7d"}) {
    SCOPED_TRACE(target);
    const double before = hits();
    get(target);
    get(target);
    EXPECT_EQ(hits(), before + 1);
    clock_.advance(std::chrono::minutes(1));
    get(target);
    EXPECT_EQ(hits(), before + 1);
  }
  for (const std::string target : {"/api/v1/analytics/top?by=publisher&until=2026-12-01",
                                   "/api/v1/search?sort=newest&q=since:2026-11-01"}) {
    SCOPED_TRACE(target);
    const double before = hits();
    get(target);
    clock_.advance(std::chrono::hours(24));
    get(target);
    EXPECT_EQ(hits(), before + 1);
  }
}

TEST_F(AnalyticsRoutes, ShowsAnArticleAsItIsNow) {
  const ArticleId id = publish("agency.example", "Quake", "2026-11-20T08:00:00Z");
  begin();
  const std::string target = "/api/v1/search?sort=newest&q=*";
  EXPECT_EQ(get_json(target)["hits"][0]["article"]["id"], to_int(id));
  EXPECT_FALSE(get_json(target)["hits"][0]["article"].contains("story_id"));
  tell_story({{id}});
  tell_events();  // the page shows its story before the index knows of it
  EXPECT_EQ(get_json(target)["hits"][0]["article"]["story_id"], to_int(id));
}

}  // namespace
}  // namespace tidings::api
