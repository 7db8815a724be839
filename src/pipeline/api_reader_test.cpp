// News APIs through the whole refresher: what is asked, and what is stored of the answers.
#include "pipeline/api_reader.h"

#include <deque>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "connectors/read_connector.h"
#include "core/compression.h"
#include "pipeline/payload_pack.h"
#include "pipeline/refresher.h"

namespace tidings::pipeline {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();
constexpr std::string_view kKey = "0123456789abcdefKEY";
const std::string kBase = "https://api.daily.example/items";

constexpr std::string_view kFile = R"(name = "daily"
title = "The Daily"
url = "https://api.daily.example/items"
list = "items"
interval_minutes = 60
[key]
in = "query"
name = "token"
[query]
q = "{q}"
since = "{since}"
[parameters.q]
required = true
[since]
format = "epoch_seconds"
first_hours = 1
overlap_hours = 0
[paging]
kind = "page"
parameter = "page"
size = 2
pages_max = 4
[rate]
per_minute = 60
[error]
message = "message"
[fields]
id = "id"
title = "title"
published = "at"
)";

// Answers at once with what the test laid ready, in order; 500 when there is nothing left.
class ReadyAnswers final : public HttpClient {
 public:
  void send(HttpRequest request, Done done) override {
    HttpResponse response{.status = 500, .url = request.url};
    {
      MutexLock lock(mutex_);
      asked_.push_back(request);
      if (!ready_.empty()) {
        response = std::move(ready_.front());
        ready_.pop_front();
      }
    }
    response.url = request.url;
    done(std::move(response));
  }
  void shutdown() override {}

  void lay(int status, std::string body, HttpHeaders headers = {}) {
    MutexLock lock(mutex_);
    ready_.push_back({.status = status, .headers = std::move(headers), .body = std::move(body)});
  }
  std::vector<HttpRequest> asked() {
    MutexLock lock(mutex_);
    return asked_;
  }

 private:
  Mutex mutex_;
  std::deque<HttpResponse> ready_ GUARDED_BY(mutex_);
  std::vector<HttpRequest> asked_ GUARDED_BY(mutex_);
};

std::string page(std::initializer_list<int> ids) {
  std::string items;
  for (const int id : ids) {
    items += (items.empty() ? "" : ",") + std::string("{\"id\":") + std::to_string(id) +
             ",\"title\":\"Story " + std::to_string(id) + "\",\"at\":\"2026-11-23T1" +
             std::to_string(id % 8) + ":00:00Z\"}";
  }
  return "{\"items\":[" + items + "]}";
}

class ApiReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    const SourceSettings settings{.url = "api:daily?q=climate"};
    id_ = stores_.sources().add({&settings, 1}).value()[0].id;
  }

  template <class Condition>
  static bool becomes(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  Source source() { return stores_.sources().get(id_).value(); }
  std::size_t articles() { return stores_.articles().find({}).value().articles.size(); }

  // Lets the time come at which the source is due, and waits until that refresh is over.
  Source refreshed() {
    clock_.set(std::max(clock_.now() + std::chrono::seconds(1), source().state.due_at));
    const Time due = clock_.now();
    if (!running_.joinable())
      running_ = std::jthread([this](const std::stop_token& stop) { refresher_.run(stop); });
    refresher_.wake();
    EXPECT_TRUE(becomes([&] {
      clock_.advance(std::chrono::milliseconds(100));
      transfers_.wake();
      refresher_.wake();
      return source().state.last_fetched_at >= due;
    }));
    return source();
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  ReadyAnswers http_;
  Metrics metrics_;
  Signal appended_;
  Result<std::string> key_ = std::string(kKey);
  PacedTransfers transfers_{http_, metrics_, clock_, {.pacing = {.gap = Duration(0)}}};
  ApiAccess apis_{.find_connector = [](const std::string& name) -> Result<connectors::Connector> {
                    if (name != "daily") return not_found("there is no connector " + name);
                    return connectors::read_connector(kFile, "daily.toml");
                  },
                  .find_secret = [this](const std::string&) { return key_; }};
  Refresher refresher_{{stores_.sources(), stores_.articles(), objects_, transfers_, apis_},
                       appended_,
                       metrics_,
                       clock_,
                       {.workers = 1, .poll_interval = std::chrono::milliseconds(1)}};
  SourceId id_{};
  std::jthread running_;
};

TEST_F(ApiReaderTest, PagesUntilTheLastAndStoresAll) {
  http_.lay(200, page({7, 6}));
  http_.lay(200, page({5, 4}));
  http_.lay(200, page({3}));
  const Source after = refreshed();
  EXPECT_FALSE(after.state.problem) << after.state.problem->message;
  EXPECT_EQ(articles(), 5u);
  EXPECT_EQ(after.state.feed_title, "The Daily: climate");
  const std::vector<HttpRequest> asked = http_.asked();
  ASSERT_THAT(asked, SizeIs(3));
  EXPECT_THAT(asked[0].url, StartsWith(kBase + "?q=climate&since=1795455"));
  EXPECT_THAT(asked[0].url, EndsWith("&page=1&token=" + std::string(kKey)));
  EXPECT_THAT(asked[2].url, HasSubstr("&page=3&"));
  EXPECT_EQ(asked[0].limits.redirects_max, 0) << "a key follows no redirect";
  const Duration pause = after.state.due_at - *after.state.last_fetched_at;
  EXPECT_GE(pause, std::chrono::minutes(45)) << "the connector's interval";
  EXPECT_LE(pause, std::chrono::minutes(75));
}

TEST_F(ApiReaderTest, StopsWhereItMeetsWhatItKnows) {
  http_.lay(200, page({5}));
  refreshed();
  http_.lay(200, page({7, 6}));
  http_.lay(200, page({6, 5}));
  http_.lay(200, page({4, 3}));
  refreshed();
  EXPECT_THAT(http_.asked(), SizeIs(3));
  EXPECT_EQ(articles(), 3u);
}

TEST_F(ApiReaderTest, PagesNoFurtherThanTheConnectorSays) {
  for (int i = 0; i < 10; ++i) http_.lay(200, page({2 * i, 2 * i + 1}));
  EXPECT_FALSE(refreshed().state.problem);
  EXPECT_THAT(http_.asked(), SizeIs(4));
}

TEST_F(ApiReaderTest, TellsWhatTheServiceSaysOfAWrongKeyAndNeverTheKey) {
  http_.lay(401, "{\"message\":\"No such key: " + std::string(kKey) + "\"}");
  const Source after = refreshed();
  ASSERT_TRUE(after.state.problem);
  EXPECT_EQ(after.state.problem->error_class, "http_401");
  EXPECT_THAT(after.state.problem->message, HasSubstr("it says: No such key: ***"));
  EXPECT_THAT(after.state.problem->message, HasSubstr("`tidings secrets set daily`"));
  EXPECT_THAT(after.state.problem->message, Not(HasSubstr(std::string(kKey))));
}

// What was read before the refusal is kept; the gap behind it is closed by the next refresh, which
// does not stop at what the first one stored.
TEST_F(ApiReaderTest, ARateLimitHalfWayLosesNothing) {
  http_.lay(200, page({7, 6}));
  http_.lay(429, "{\"message\":\"Slow down\"}", {{"Retry-After", "1800"}});
  const Source after = refreshed();
  ASSERT_TRUE(after.state.problem);
  EXPECT_THAT(after.state.problem->message, HasSubstr("it says: Slow down"));
  EXPECT_EQ(articles(), 2u);
  EXPECT_GE(after.state.due_at - *after.state.last_fetched_at, std::chrono::minutes(30));

  http_.lay(200, page({7, 6}));
  http_.lay(200, page({5, 4}));
  http_.lay(200, page({}));
  EXPECT_FALSE(refreshed().state.problem);
  EXPECT_EQ(articles(), 4u);
}

TEST_F(ApiReaderTest, AnAnswerThatIsNoListIsAProblem) {
  http_.lay(200, R"({"status":"error","message":"Unknown section"})");
  EXPECT_EQ(refreshed().state.problem->message, "Unknown section");
  http_.lay(200, "<html>Maintenance</html>");
  const Source after = refreshed();
  EXPECT_EQ(after.state.problem->error_class, "not_json");
  EXPECT_EQ(after.state.failures, 2);
}

TEST_F(ApiReaderTest, WithoutItsKeyNobodyIsAsked) {
  key_ = not_found("there is no secret daily: `tidings secrets set daily` sets it");
  const Source after = refreshed();
  EXPECT_EQ(after.state.problem->error_class, "connector_failed");
  EXPECT_THAT(after.state.problem->message, HasSubstr("tidings secrets set daily"));
  EXPECT_THAT(http_.asked(), SizeIs(0));
}

TEST_F(ApiReaderTest, TheKeyIsInNoPayload) {
  http_.lay(200, "{\"echo\":\"?token=" + std::string(kKey) +
                     "\",\"items\":[{\"id\":1,\"title\":\"a\"}]}");
  refreshed();
  const ObjectPage objects = objects_.list("raw/", "", 10).value();
  ASSERT_THAT(objects.objects, SizeIs(1));
  const std::string pack = objects_.get(objects.objects[0].key).value();
  const std::vector<KeptPayload> payloads = payloads_in(pack).value();
  ASSERT_THAT(payloads, SizeIs(1));
  const std::string payload = decompress(payloads[0].frame, Compression::Zstd, 10'000).value();
  EXPECT_THAT(payload, HasSubstr("?token=***"));
  EXPECT_THAT(payload, Not(HasSubstr(std::string(kKey))));
}

TEST_F(ApiReaderTest, TheSameAnswerIsNotReadAgain) {
  http_.lay(200, page({1}));
  http_.lay(200, page({1}));
  refreshed();
  const Source after = refreshed();
  EXPECT_FALSE(after.state.problem);
  EXPECT_EQ(articles(), 1u);
}

}  // namespace
}  // namespace tidings::pipeline
