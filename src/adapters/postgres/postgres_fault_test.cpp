// What goes wrong with a server: away, restarted, or asked for with a bad address.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/postgres/postgres_stores.h"
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
