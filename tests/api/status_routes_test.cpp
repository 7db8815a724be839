// Sources, statistics and health.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

class StatusRoutes : public ApiTest {};

TEST_F(StatusRoutes, ListSourcesWithTheirHealth) {
  const SourceId good = add_source("good");
  const SourceId bad = add_source("bad", "FR");
  IngestBatch failure{.source_id = bad};
  failure.state.failures = 3;
  failure.state.problem = SourceProblem{.error_class = "http_404",
                                        .message = "The server says that the feed is not there.",
                                        .since = clock_.now()};
  ASSERT_TRUE(stores_.articles().ingest(std::span(&failure, 1)));
  start();
  const json body = get_json("/api/v1/sources");
  ASSERT_EQ(body["sources"].size(), 2u);
  EXPECT_EQ(body["sources"][0]["id"], to_int(good));
  EXPECT_EQ(body["sources"][0]["url"], "https://good.example/feed");
  EXPECT_EQ(body["sources"][0]["health"], "new");
  EXPECT_EQ(body["sources"][0]["topics"], json({"world"}));
  EXPECT_FALSE(body["sources"][0].contains("problem"));
  const json one = get_json("/api/v1/sources/" + to_text(bad));
  EXPECT_EQ(one["health"], "failing");
  EXPECT_EQ(one["failures"], 3);
  EXPECT_EQ(one["problem"]["error_class"], "http_404");
  EXPECT_EQ(one["problem"]["since"], "2026-11-23T12:00:00Z");
  EXPECT_EQ(get_json("/api/v1/sources?country=FR")["sources"].size(), 1u);
  EXPECT_EQ(get_json("/api/v1/sources?enabled=false")["sources"].size(), 0u);
  expect_problem(get("/api/v1/sources/12345"), 404, "not_found");
}

TEST_F(StatusRoutes, ListSourcesThatSomebodyShouldLookAt) {
  const auto save = [&](const std::string& name, const SourceState& state) {
    const IngestBatch batch{.source_id = add_source(name), .state = state};
    ASSERT_TRUE(stores_.articles().ingest(std::span(&batch, 1)));
  };
  const auto failing_since = [&](Time since) {
    return SourceState{.last_succeeded_at = since,
                       .failures = 9,
                       .problem = SourceProblem{.error_class = "timeout", .since = since}};
  };
  const Time now = clock_.now();
  save("fine", {.last_fetched_at = now, .last_succeeded_at = now, .last_new_at = now});
  save("failing", failing_since(now - std::chrono::hours(2)));
  save("lost", failing_since(now - std::chrono::days(40)));
  save("over", {.gone = true});
  save("silent", {.last_fetched_at = now,
                  .last_succeeded_at = now,
                  .last_new_at = now - std::chrono::days(200)});
  start();
  const auto titles = [&](const std::string& health) {
    std::vector<std::string> found;
    const json body = get_json("/api/v1/sources?health=" + health);
    for (const json& source : body["sources"]) found.push_back(source["title"]);
    return found;
  };
  EXPECT_THAT(titles("failing"), testing::ElementsAre("failing", "lost"));
  EXPECT_THAT(titles("dead"), testing::ElementsAre("lost", "over"));
  EXPECT_THAT(titles("stale"), testing::ElementsAre("silent"));
  EXPECT_THAT(titles("noisy"), testing::ElementsAre());
  expect_problem(get("/api/v1/sources?health=ill"), 400, "parameter_invalid");
}

TEST_F(StatusRoutes, PageThroughSources) {
  for (int i = 0; i < 5; ++i) add_source("s" + std::to_string(i));
  start();
  std::vector<std::string> seen;
  std::string target = "/api/v1/sources?limit=2&topic=world";
  while (!target.empty()) {
    const RawResponse response = get(target);
    const json body = json::parse(response.body);
    for (const json& source : body["sources"]) seen.push_back(source["title"]);
    const std::string link = response.header("Link");
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_THAT(seen, testing::ElementsAre("s0", "s1", "s2", "s3", "s4"));
  const std::string cursor = get_json("/api/v1/sources?limit=2")["next_cursor"];
  expect_problem(get("/api/v1/articles?cursor=" + cursor), 400, "cursor_invalid");
}

TEST_F(StatusRoutes, CountArticlesAndHowFarConsumersAre) {
  const SourceId source = add_source("times");
  add_article(source, {.title = "one"});
  add_article(source, {.title = "two"});
  const EventSequence head = *stores_.events().head();
  const HourlyCount count{.hour = *parse_rfc3339("2026-11-23T11:00:00Z"),
                          .source_id = source,
                          .language = "en",
                          .articles = 2};
  ASSERT_TRUE(
      stores_.rollups().apply({.arrived = {&count, 1}}, {.consumer = "rollups", .to = head}));
  consumer_at_ = EventSequence(to_int(head) - 1);
  start();
  const json stats = get_json("/api/v1/stats");
  EXPECT_EQ(stats["articles"], 2);
  EXPECT_EQ(stats["sources"], 1);
  EXPECT_EQ(stats["sources_failing"], 0);
  EXPECT_EQ(stats["since"], "2026-11-22T12:00:00Z");
  EXPECT_EQ(stats["until"], "2026-11-23T12:00:00Z");
  EXPECT_EQ(stats["articles_per_hour"],
            json::parse(R"([{"hour":"2026-11-23T11:00:00Z","articles":2}])"));
  EXPECT_EQ(stats["top_sources"][0]["source_title"], "times");
  EXPECT_EQ(stats["top_languages"][0]["language"], "en");
  EXPECT_EQ(stats["events"]["head"], to_int(head));
  EXPECT_EQ(stats["events"]["consumers"][0]["lag"], 1);
  EXPECT_EQ(get_json("/api/v1/stats?language=de")["articles_per_hour"].size(), 0u);
  EXPECT_EQ(get_json("/api/v1/stats?since=2026-11-23")["articles_per_hour"].size(), 1u);
  EXPECT_EQ(get_json("/api/v1/stats?until=2026-11-23")["articles_per_hour"].size(), 0u);
  expect_problem(get("/api/v1/stats?since=2020-01-01"), 400, "parameter_invalid");
  expect_problem(get("/api/v1/stats?since=2027-01-01"), 400, "parameter_invalid");
}

TEST_F(StatusRoutes, AreHealthyWithoutAskingAnybody) {
  checks_.push_back({"database", [] {
                       ADD_FAILURE() << "asked a dependency";
                       return serve::HealthReport{};
                     }});
  start();
  EXPECT_EQ(get_json("/health")["status"], "ok");
}

TEST_F(StatusRoutes, TellWhichDependencyFailsAndWhatToDo) {
  bool full = false;
  checks_ = {{"database", [] { return serve::HealthReport{.detail = "answers"}; }},
             {"disk_space", [&full] {
                return full ? serve::HealthReport{.ok = false,
                                                  .detail = "12 MB free",
                                                  .remedy = "Free space or lower retention."}
                            : serve::HealthReport{.detail = "40 GB free"};
              }}};
  start();
  const json good = get_json("/health/deep");
  EXPECT_EQ(good["status"], "ok");
  EXPECT_EQ(good["checks"][1]["detail"], "40 GB free");
  full = true;
  const RawResponse response = get("/health/deep");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.header("Cache-Control"), "no-store");
  const json bad = json::parse(response.body);
  EXPECT_EQ(bad["status"], "failing");
  EXPECT_EQ(bad["checks"][0]["status"], "ok");
  EXPECT_EQ(bad["checks"][1]["status"], "failing");
  EXPECT_EQ(bad["checks"][1]["remedy"], "Free space or lower retention.");
}

}  // namespace
}  // namespace tidings::api
