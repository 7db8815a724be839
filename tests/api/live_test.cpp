// /api/v1/live: Server-Sent Events as readers see them.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

struct LiveEvent {
  std::string kind;
  std::int64_t id = 0;
  json data;
};

class LiveReader {
 public:
  explicit LiveReader(std::uint16_t port, std::string_view headers = {},
                      std::string_view target = "/api/v1/live")
      : client_(port) {
    client_.send(get_request(target, headers));
    head_ = client_.read_until("\r\n\r\n");
    client_.read_until("retry: 2000\n\n");
  }

  const std::string& head() const { return head_; }
  RawClient& client() { return client_; }

  // Heartbeats are passed over. A kind that is empty: the stream ended.
  LiveEvent next() {
    while (true) {
      const std::string text = client_.read_until("\n\n");
      if (text.empty()) return {};
      if (text.starts_with(":")) continue;
      LiveEvent event;
      for (const std::string_view line : split(text, '\n')) {
        if (line.starts_with("event: ")) event.kind = line.substr(7);
        if (line.starts_with("id: ")) event.id = *parse_int(line.substr(4));
        if (line.starts_with("data: ")) event.data = json::parse(line.substr(6));
      }
      return event;
    }
  }

 private:
  RawClient client_;
  std::string head_;
};

class Live : public ApiTest {
 protected:
  // Joining happens on a worker: the reader is in once a reader is counted.
  void wait_for_readers(int count) {
    const std::string line = "tidings_live_readers " + std::to_string(count) + "\n";
    while (get("/metrics").body.find(line) == std::string::npos) {
    }
  }
};

TEST_F(Live, TellsArticlesWithTheirSummaryAsTheyCome) {
  const SourceId source = add_source("times");
  start();
  LiveReader reader(server_->port());
  EXPECT_THAT(reader.head(), HasSubstr("200 OK"));
  EXPECT_THAT(reader.head(), HasSubstr("Content-Type: text/event-stream"));
  wait_for_readers(1);
  const ArticleId id = add_article(source, {.title = "Now\nin two lines"});
  tell_events();
  const LiveEvent added = reader.next();
  EXPECT_EQ(added.kind, "article.added");
  EXPECT_EQ(added.id, to_int(*stores_.events().head()));
  EXPECT_EQ(added.data["id"], to_int(id));
  EXPECT_EQ(added.data["title"], "Now\nin two lines");
  EXPECT_EQ(added.data["source_title"], "times");

  ASSERT_TRUE(stores_.articles().remove(id));
  tell_events();
  const LiveEvent deleted = reader.next();
  EXPECT_EQ(deleted.kind, "article.deleted");
  EXPECT_EQ(deleted.data, json({{"id", to_int(id)}, {"source_id", to_int(source)}}));
}

TEST_F(Live, TellsWhatRisesAndWhatIsOver) {
  start();
  LiveReader reader(server_->port());
  wait_for_readers(1);
  CurrentTrend storm;
  storm.trend.head.key = {.kind = TrendKind::Entity, .key = "storm", .label = "Storm"};
  storm.trend.head.rise = {
      .window = std::chrono::minutes(30), .count = 9, .discounted = 9, .log10_p = -8};
  TrendStep step{.as_of = clock_.now(), .trends = {storm}};
  const auto kept = stores_.trends().replace(step, {.consumer = "trends"});
  ASSERT_TRUE(kept);
  tell_events();
  const LiveEvent rose = reader.next();
  EXPECT_EQ(rose.kind, "trend.rose");
  EXPECT_EQ(rose.data["id"], to_int(kept->trends[0].id));
  EXPECT_EQ(rose.data["label"], "Storm");
  EXPECT_EQ(rose.data["explanation"], "9 articles in 30 min, none expected, p < 10⁻⁸");
  step = {.version = 1, .as_of = clock_.now(), .over = {kept->trends[0].id}};
  ASSERT_TRUE(stores_.trends().replace(step, {.consumer = "trends"}));
  tell_events();
  const LiveEvent over = reader.next();
  EXPECT_EQ(over.kind, "trend.over");
  EXPECT_EQ(over.data, json({{"id", to_int(kept->trends[0].id)}}));
}

TEST_F(Live, SendsAReaderWhoComesBackWhatItMissed) {
  const SourceId source = add_source("times");
  start();
  const std::int64_t before = to_int(*stores_.events().head());
  add_article(source, {.title = "one"});
  add_article(source, {.title = "two"});
  tell_events();
  LiveReader reader(server_->port(), "Last-Event-ID: " + std::to_string(before) + "\r\n");
  EXPECT_EQ(reader.next().data["title"], "one");
  EXPECT_EQ(reader.next().data["title"], "two");
  wait_for_readers(1);
  add_article(source, {.title = "three"});
  tell_events();
  EXPECT_EQ(reader.next().data["title"], "three");

  LiveReader by_parameter(server_->port(), {},
                          "/api/v1/live?last_event_id=" + std::to_string(before + 1));
  EXPECT_EQ(by_parameter.next().data["title"], "two");
}

TEST_F(Live, DoesNotRepeatWhatTheLogShowedBeforeItWasTold) {
  const SourceId source = add_source("times");
  start();
  const std::int64_t before = to_int(*stores_.events().head());
  add_article(source, {.title = "one"});  // in the log, not yet told
  LiveReader reader(server_->port(), "Last-Event-ID: " + std::to_string(before) + "\r\n");
  wait_for_readers(1);
  tell_events();
  add_article(source, {.title = "two"});
  tell_events();
  std::vector<std::string> titles = {reader.next().data["title"]};
  titles.push_back(reader.next().data["title"]);
  EXPECT_THAT(titles, testing::ElementsAre("one", "two"));
}

TEST_F(Live, TellsAReaderWhoWasAwayTooLongToStartAgain) {
  settings_.live_replay_max = 2;
  const SourceId source = add_source("times");
  for (int i = 0; i < 4; ++i) add_article(source, {.title = std::to_string(i)});
  start();
  const std::int64_t head = to_int(*stores_.events().head());
  struct Case {
    std::string why;
    std::int64_t last_seen;
  };
  for (const auto& [why, last_seen] :
       {Case{"beyond the bound", head - 3}, Case{"of another log", head + 100}}) {
    LiveReader reader(server_->port(), "Last-Event-ID: " + std::to_string(last_seen) + "\r\n");
    const LiveEvent reset = reader.next();
    EXPECT_EQ(reset.kind, "reset") << why;
    EXPECT_EQ(reset.id, head) << why;
  }
}

TEST_F(Live, TellsReadersToReadAgainWhenTooMuchComesAtOnceOrSomethingIsMissing) {
  const SourceId source = add_source("times");
  start();
  LiveReader reader(server_->port());
  wait_for_readers(1);
  for (int i = 0; i < 201; ++i) add_article(source, {.title = std::to_string(i)});
  tell_events();
  LiveEvent reset = reader.next();
  EXPECT_EQ(reset.kind, "reset");
  EXPECT_EQ(reset.id, to_int(*stores_.events().head()));

  EXPECT_EQ(get_json("/api/v1/articles?limit=500&country=FR")["articles"].size(), 0u);
  add_article(add_source("monde", "FR"), {.title = "never told"});
  add_article(source, {.title = "last"});
  const auto events = stores_.events().read(EventSequence(to_int(*stores_.events().head()) - 1), 1);
  server_->on_events(*events);
  EXPECT_EQ(reader.next().kind, "reset");
  EXPECT_EQ(get_json("/api/v1/articles?limit=500&country=FR")["articles"].size(), 1u);
}

TEST_F(Live, RefusesAnIdThatIsNone) {
  start();
  expect_problem(get("/api/v1/live", "Last-Event-ID: x\r\n"), 400, "header_invalid");
  expect_problem(get("/api/v1/live?last_event_id=-1"), 400, "parameter_invalid");
}

TEST_F(Live, LetsOnlySoManyIn) {
  settings_.live_connections_max = 1;
  start();
  auto reader = std::make_unique<LiveReader>(server_->port());
  wait_for_readers(1);
  expect_problem(get("/api/v1/live"), 503, "overloaded");
  reader.reset();
  RawResponse response;  // the place is free once the server has seen the end
  do {
    RawClient client(server_->port());
    client.send(get_request("/api/v1/live"));
    response.head = client.read_until("\r\n\r\n");
  } while (response.head.find("200 OK") == std::string::npos);
}

TEST_F(Live, ShowsThatItIsThereWhenNothingHappens) {
  settings_.http.stream_heartbeat = std::chrono::milliseconds(20);
  start();
  LiveReader reader(server_->port());
  EXPECT_EQ(reader.client().read_until("\n\n"), ": still here\n\n");
  EXPECT_EQ(reader.client().read_until("\n\n"), ": still here\n\n");
}

TEST_F(Live, EndsWhenTheServerDrains) {
  start();
  LiveReader reader(server_->port());
  server_->drain(std::chrono::seconds(10));
  EXPECT_TRUE(reader.next().kind.empty());
}

TEST_F(Live, AnswersHeadWithoutAStream) {
  start();
  RawClient client(server_->port());
  client.send("HEAD /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + get_request("/health"));
  EXPECT_EQ(client.read_response(true).header("Content-Type"), "text/event-stream");
  EXPECT_EQ(client.read_response().status, 200);
}

}  // namespace
}  // namespace tidings::api
