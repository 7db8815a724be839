// Ratings of publishers over HTTP, and the coverage balance that they make possible.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

constexpr std::string_view kNovember = "since=2026-11-01&until=2026-12-01";
constexpr const char* kRatings =
    "publisher,rating,factual\r\nleft.example,left,0.5\r\nright.example,right,-0.5\r\n";

class RatingRoutes : public ApiTest {
 protected:
  void SetUp() override {
    settings_.public_url = {};
    source_ = add_source("wire");
  }

  RawResponse send(std::string_view method, std::string_view body = {},
                   std::string_view headers = "Content-Type: text/csv\r\n",
                   std::string_view host = "localhost") {
    return ask(std::string(method) + " /api/v1/ratings HTTP/1.1\r\nHost: " + std::string(host) +
               "\r\n" + std::string(headers) + "Content-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + std::string(body));
  }
  ArticleId publish(const std::string& host, const std::string& title) {
    return add_article(source_, {.title = title, .host = host});
  }
  // Of six articles two are about a quake: both by the left.
  void publish_day() {
    publish("left.example", "Quake");
    publish("left.example", "Quake again");
    publish("left.example", "Strike");
    publish("right.example", "Strike too");
    publish("right.example", "Weather");
    publish("other.example", "Quake elsewhere");
  }
  void begin() {
    search_.catch_up();
    start();
  }
  json balance(const std::string& rest = "q=quake") {
    return get_json("/api/v1/analytics/balance?" + rest + "&" + std::string(kNovember));
  }

  SourceId source_{};
};

TEST_F(RatingRoutes, KeepGiveBackAndForgetATable) {
  start();
  expect_problem(get("/api/v1/ratings"), 404, "not_found");
  const RawResponse put = send("PUT", kRatings);
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(json::parse(put.body), (json{{"publishers", 2}, {"scales", {"rating", "factual"}}}));
  const RawResponse shown = get("/api/v1/ratings");
  EXPECT_EQ(shown.body, kRatings);
  EXPECT_EQ(shown.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(send("DELETE").status, 204);
  expect_problem(get("/api/v1/ratings"), 404, "not_found");
  expect_problem(send("DELETE"), 404, "not_found");
}

TEST_F(RatingRoutes, TakeATableWholeOrNotAtAll) {
  start();
  send("PUT", kRatings);
  const RawResponse refused = send("PUT", "publisher,rating\nleft.example,left\nright.example,2\n");
  expect_problem(refused, 400, "ratings_invalid");
  EXPECT_THAT(refused.body, HasSubstr("line 3"));
  expect_problem(send("PUT", kRatings, "Content-Type: application/json\r\n"), 400,
                 "ratings_invalid");
  EXPECT_EQ(get("/api/v1/ratings").body, kRatings);
}

TEST_F(RatingRoutes, AreChangedFromThisMachineAlone) {
  start();
  const std::string_view csv = "Content-Type: text/csv\r\n";
  EXPECT_EQ(send("PUT", kRatings, csv, "news.example").status, 421);
  expect_problem(send("PUT", kRatings, "Content-Type: text/csv\r\nOrigin: http://evil.example\r\n"),
                 403, "writing_not_allowed");
  expect_problem(send("DELETE", "", "Origin: null\r\n"), 403, "writing_not_allowed");
  EXPECT_EQ(send("PUT", kRatings, "Content-Type: text/csv\r\nOrigin: http://localhost\r\n").status,
            200);
  EXPECT_EQ(get("/api/v1/ratings", "Host: news.example\r\n").status, 400);  // two hosts
  EXPECT_EQ(send("POST", kRatings).status, 405);
  EXPECT_EQ(send("POST", kRatings).header("Allow"), "GET, HEAD, OPTIONS, PUT, DELETE");
  EXPECT_EQ(
      ask("PUT /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n").status,
      405);
}

TEST_F(RatingRoutes, AreNotChangedFromBehindAProxy) {
  settings_.public_url = "http://news.example";
  start();
  for (const char* host : {"localhost", "news.example"}) {
    expect_problem(send("PUT", kRatings, "Content-Type: text/csv\r\n", host), 403,
                   "writing_not_allowed");
    expect_problem(send("DELETE", "", "", host), 403, "writing_not_allowed");
  }
}

TEST_F(RatingRoutes, ShowWhoCoversWhat) {
  publish_day();
  begin();
  send("PUT", kRatings);
  const json answer = balance();
  EXPECT_EQ(answer["scale"], "rating");
  EXPECT_EQ(answer["articles"], 3);
  EXPECT_EQ(answer["rated_articles"], 2);
  EXPECT_NEAR(answer["unrated_share"], 1.0 / 3, 1e-9);
  ASSERT_EQ(answer["ratings"].size(), 2);
  const json& left = answer["ratings"][0];
  EXPECT_EQ(left["rating"], "left");
  EXPECT_EQ(left["articles"], 2);
  EXPECT_EQ(left["publishers"], 1);
  EXPECT_EQ(left["share"], 1.0);
  EXPECT_EQ(left["expected_share"], 0.6);
  EXPECT_EQ(left["expected"], 1.2);
  ASSERT_EQ(answer["blind_spots"].size(), 1);
  EXPECT_EQ(answer["blind_spots"][0]["rating"], "right");
  EXPECT_NEAR(answer["blind_spots"][0]["silence_chance"], 0.36, 1e-9);
  EXPECT_EQ(answer["unrated_publishers"][0]["name"], "other.example");
  const json by_number = balance("q=quake&scale=factual");
  EXPECT_EQ(by_number["mean"], 0.5);
  EXPECT_NEAR(by_number["expected_mean"], 0.1, 1e-9);
  const RawResponse csv =
      get("/api/v1/analytics/balance?format=csv&q=quake&" + std::string(kNovember));
  EXPECT_THAT(csv.body, HasSubstr("left,2,0,1,1,1.2,0.6,1,"));
  expect_problem(get("/api/v1/analytics/balance?scale=other"), 400, "parameter_invalid");
}

TEST_F(RatingRoutes, ShowWhoCoversAStory) {
  const ArticleId first = publish("left.example", "Quake");
  const ArticleId second = publish("right.example", "Quake too");
  publish("right.example", "Strike");
  const Time opened = stores_.articles().get(first)->summary.published;
  StoryStep step{.version = stores_.stories().state()->version};
  for (const ArticleId id : {first, second})
    step.placed.push_back({.article_id = id,
                           .story_id = StoryId(to_int(first)),
                           .source_id = source_,
                           .published = opened});
  step.stories = {{.id = StoryId(to_int(first)),
                   .headline_article = first,
                   .opened_at = opened,
                   .updated_at = opened,
                   .articles = 2}};
  ASSERT_TRUE(stores_.stories().apply(step, nullptr));
  begin();
  send("PUT", kRatings);
  const std::string target = "/api/v1/analytics/balance?story=" + std::to_string(to_int(first));
  const json answer = get_json(target);
  EXPECT_EQ(answer["since"], format_rfc3339(opened));
  EXPECT_EQ(answer["until"], format_rfc3339(opened + std::chrono::hours(24)));
  EXPECT_EQ(answer["articles"], 2);
  EXPECT_FALSE(answer.contains("blind_spots"));
  expect_problem(get(target + "&q=quake"), 400, "parameter_invalid");
  expect_problem(get("/api/v1/analytics/balance?story=7"), 404, "not_found");
}

// Whoever gave other ratings sees what they say at once, here and in another process.
TEST_F(RatingRoutes, ChangeWhatIsKept) {
  publish_day();
  begin();
  expect_problem(get("/api/v1/analytics/balance?q=quake"), 404, "not_found");
  send("PUT", kRatings);
  EXPECT_EQ(balance()["ratings"][0]["rating"], "left");
  send("PUT", "publisher,rating\r\nleft.example,liberal\r\n");
  EXPECT_EQ(balance()["ratings"][0]["rating"], "liberal");
  ASSERT_TRUE(stores_.ratings().put("local", "publisher,rating\r\nleft.example,center\r\n"));
  EXPECT_EQ(balance()["ratings"][0]["rating"], "liberal");
  tell_events();
  EXPECT_EQ(balance()["ratings"][0]["rating"], "center");
}

}  // namespace
}  // namespace tidings::api
