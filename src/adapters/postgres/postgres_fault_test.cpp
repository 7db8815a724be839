// What goes wrong with a server: away, restarted, or asked for with a bad address.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/postgres/postgres_stores.h"
#include "adapters/postgres/silent_proxy.h"
#include "adapters/postgres/test_schema.h"
#include "tests/contract/contract.h"

namespace tidings::postgres {
namespace {

using contract::kind_of;
using contract::must;
using contract::new_article;

class PostgresFaults : public testing::Test {
 protected:
  PostgresFaults() { log::set_level(log::Level::Warn); }
  void SetUp() override { ASSERT_TRUE(schema_.is_there()); }

  std::unique_ptr<Stores> open() { return must(open_postgres({.url = schema_.url()}, clock_)); }

  static void restart_server() {
    const char* command = std::getenv("TIDINGS_TEST_POSTGRES_RESTART");
    ASSERT_NE(command, nullptr) << "run script/with_postgres ctest …";
    ASSERT_EQ(std::system(command), 0) << command;
  }

  TestSchema schema_;
  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
};

TEST_F(PostgresFaults, AnIdleConnectionSurvivesARestartOfTheServer) {
  const auto stores = open();
  const std::vector<SourceSettings> first = {{.url = "https://a.example/"}};
  const SourceId source = must(stores->sources().add(first)).at(0).id;
  restart_server();
  EXPECT_EQ(must(stores->sources().get(source)).id, source);
  const std::vector<SourceSettings> second = {{.url = "https://b.example/"}};
  must(stores->sources().add(second));
  EXPECT_EQ(to_int(must(stores->events().head())), 2);
}

// The server crashes while it is written to: what was acknowledged is there once, and work goes on
// by itself.
TEST_F(PostgresFaults, LosesNothingAcknowledgedWhenTheServerCrashes) {
  const auto stores = open();
  const std::vector<SourceSettings> settings = {{.url = "https://a.example/"}};
  const SourceId source = must(stores->sources().add(settings)).at(0).id;
  std::atomic<int> stored = 0, refused = 0;
  std::atomic<bool> is_back = false;
  {
    std::jthread writer([&] {
      int after = 0;
      for (int i = 0; after < 10; ++i) {
        const std::vector<IngestBatch> batches = {
            {.source_id = source, .articles = {new_article(std::to_string(i), clock_.now())}}};
        Result<std::vector<IngestOutcome>> outcome = stores->articles().ingest(batches);
        while (!outcome) {  // as the pipeline does
          EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable) << outcome.error().message;
          ++refused;
          std::this_thread::yield();
          outcome = stores->articles().ingest(batches);
        }
        EXPECT_EQ(outcome->at(0).added.size() + outcome->at(0).known, 1u);
        ++stored;
        if (is_back) ++after;
      }
    });
    while (stored < 10) std::this_thread::yield();
    restart_server();
    is_back = true;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(must(stores->articles().counts()).articles, stored);
  const auto events = must(stores->events().read(EventSequence(0), 10'000));
  ASSERT_EQ(static_cast<int>(events.size()), stored + 1);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(to_int(events[i].sequence), static_cast<std::int64_t>(i) + 1);
  }
}

// Every try answered "cached plan must not change result type", as bad input of the caller.
TEST_F(PostgresFaults, AChangedColumnIsReadOnANewConnection) {
  const auto stores = open();
  const std::vector<SourceSettings> settings = {{.url = "https://a.example/"}};
  const SourceId source = must(stores->sources().add(settings)).at(0).id;
  must(stores->sources().get(source));
  schema_.execute("ALTER TABLE sources ALTER COLUMN title TYPE TEXT COLLATE \"default\"");
  EXPECT_EQ(must(stores->sources().get(source)).id, source);
}

TEST_F(PostgresFaults, AMissingTableIsNoFaultOfTheCaller) {
  const auto stores = open();
  const HourlyQuery query{.since = clock_.now() - std::chrono::hours(1), .until = clock_.now()};
  must(stores->rollups().per_hour(query));
  schema_.execute("ALTER TABLE hourly_counts RENAME TO away");
  const auto refused = stores->rollups().per_hour(query);
  EXPECT_EQ(kind_of(refused), ErrorKind::Unavailable);
  EXPECT_EQ(refused.error().code, "database_fault");
  schema_.execute("ALTER TABLE away RENAME TO hourly_counts");
  must(stores->rollups().per_hour(query));
}

// A server that is connected and says nothing held every caller for ever.
TEST_F(PostgresFaults, ASilentServerIsUnavailableSoonAndFoundAgain) {
  std::string url = schema_.url();
  const std::size_t port = url.find("127.0.0.1:") + std::string_view("127.0.0.1:").size();
  SilentProxy proxy(static_cast<std::uint16_t>(std::stoi(url.substr(port))));
  url.replace(port, url.find('/', port) - port, std::to_string(proxy.port()));
  const auto stores = must(open_postgres({.url = url,
                                          .connect_timeout = std::chrono::milliseconds(2'000),
                                          .read_timeout = std::chrono::milliseconds(500),
                                          .write_timeout = std::chrono::milliseconds(500)},
                                         clock_));
  const std::vector<SourceSettings> settings = {{.url = "https://a.example/"}};
  const SourceId source = must(stores->sources().add(settings)).at(0).id;
  must(stores->sources().get(source));
  proxy.go_silent();
  const auto began = std::chrono::steady_clock::now();
  const auto read = stores->sources().get(source);
  EXPECT_EQ(kind_of(read), ErrorKind::Unavailable);
  EXPECT_EQ(read.error().code, "database_away");
  const std::vector<SourceSettings> more = {{.url = "https://b.example/"}};
  EXPECT_EQ(kind_of(stores->sources().add(more)), ErrorKind::Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
  proxy.speak_again();
  EXPECT_EQ(must(stores->sources().get(source)).id, source);
  must(stores->sources().add(more));
}

TEST_F(PostgresFaults, TwoProcessesTakeTurns) {
  const auto one = open(), two = open();
  {
    std::vector<std::jthread> writers;
    for (Stores* stores : {one.get(), two.get()}) {
      writers.emplace_back([stores] {
        for (int i = 0; i < 30; ++i) {  // both add the same addresses
          const std::vector<SourceSettings> sources = {
              {.url = "https://" + std::to_string(i) + ".example/"}};
          must(stores->sources().add(sources));
        }
      });
    }
  }
  EXPECT_EQ(must(one->articles().counts()).sources, 30);
  EXPECT_EQ(to_int(must(two->events().head())), 30);
}

TEST_F(PostgresFaults, ManyMayStartTogether) {
  std::vector<std::jthread> starts;
  for (int i = 0; i < 6; ++i) {
    starts.emplace_back([&] { must(open()->ping()); });
  }
}

TEST_F(PostgresFaults, RefusesASchemaOfTheFuture) {
  open();
  schema_.execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");
  const auto opened = open_postgres({.url = schema_.url()}, clock_);
  EXPECT_EQ(kind_of(opened), ErrorKind::InvalidInput);
  EXPECT_NE(opened.error().message.find("version 999"), std::string::npos);
}

TEST(PostgresAddress, IsNeverRepeatedWithItsPassword) {
  const SystemClock clock;
  struct Case {
    const char* why;
    const char* url;
    ErrorKind expected;
  };
  const Case cases[] = {
      {"nobody listens", "postgres://u:s3cret@127.0.0.1:1/db", ErrorKind::Unavailable},
      {"no such port", "postgres://u:s3cret@127.0.0.1:port/db", ErrorKind::Unavailable},
      {"not an address", "postgres://u:s3cret@[::1/db", ErrorKind::InvalidInput},
      {"an option that is none", "postgres://u:s3cret@127.0.0.1/db?s3cret=1",
       ErrorKind::InvalidInput},
  };
  for (const Case& c : cases) {
    const auto opened = open_postgres({.url = c.url}, clock);
    EXPECT_EQ(kind_of(opened), c.expected) << c.why;
    EXPECT_EQ(opened.error().message.find("s3cret"), std::string::npos) << opened.error().message;
  }
}

}  // namespace
}  // namespace tidings::postgres
