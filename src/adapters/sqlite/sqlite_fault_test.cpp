// What goes wrong with a file: locked, full, damaged, from the future, or left in the middle of a
// migration.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/sql/migrations.h"
#include "adapters/sqlite/sqlite_connection.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "tests/contract/contract.h"
#include "tests/contract/temporary_folder.h"

namespace tidings::sqlite {
namespace {

using contract::kind_of;
using contract::must;
using contract::new_article;
using std::chrono::milliseconds;

class SqliteFaults : public testing::Test {
 protected:
  SqliteFaults() { log::set_level(log::Level::Warn); }

  SqliteSettings settings() const { return {.path = path(), .busy_timeout = milliseconds(50)}; }
  std::string path() const { return folder_.path() + "/tidings.db"; }
  std::unique_ptr<Stores> open() { return must(open_sqlite(settings(), clock_)); }

  static SourceId add_source(Stores& stores, const std::string& url = "https://a.example/") {
    const std::vector<SourceSettings> sources = {{.url = url}};
    return must(stores.sources().add(sources)).at(0).id;
  }
  Result<std::vector<IngestOutcome>> ingest(Stores& stores, SourceId source,
                                            std::vector<NewArticle> articles) const {
    const std::vector<IngestBatch> batches = {
        {.source_id = source, .articles = std::move(articles)}};
    return stores.articles().ingest(batches);
  }

  contract::TemporaryFolder folder_;
  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
};

TEST_F(SqliteFaults, ALockedFileIsUnavailableSoonAndWorksAgain) {
  const auto stores = open();
  const SourceId source = add_source(*stores);
  const auto other = must(SqliteConnection::open(settings(), Access::Write));
  must(other->begin());
  const auto refused = ingest(*stores, source, {new_article("a", clock_.now())});
  EXPECT_EQ(kind_of(refused), ErrorKind::Unavailable);
  EXPECT_EQ(refused.error().code, "database_locked");
  EXPECT_EQ(must(stores->sources().get(source)).id, source);  // reads go on
  must(stores->ping());
  other->rollback();
  EXPECT_EQ(must(ingest(*stores, source, {new_article("a", clock_.now())})).at(0).added.size(), 1u);
}

TEST_F(SqliteFaults, AMissingTableIsNoFaultOfTheCaller) {
  const auto stores = open();
  const SourceId source = add_source(*stores);
  const auto other = must(SqliteConnection::open(settings(), Access::Write));
  must(other->execute_script("ALTER TABLE sources RENAME TO away"));
  const auto refused = stores->sources().get(source);
  EXPECT_EQ(kind_of(refused), ErrorKind::Unavailable);
  EXPECT_EQ(refused.error().code, "database_fault");
  must(other->execute_script("ALTER TABLE away RENAME TO sources"));
  EXPECT_EQ(must(stores->sources().get(source)).id, source);
}

TEST_F(SqliteFaults, AWriterThatFinishesInTimeIsWaitedFor) {
  SqliteSettings patient = settings();
  patient.busy_timeout = milliseconds(20'000);
  const auto stores = must(open_sqlite(patient, clock_));
  const auto other = must(SqliteConnection::open(settings(), Access::Write));
  must(other->begin());
  std::jthread writer([&] { add_source(*stores); });
  other->rollback();
  writer.join();
  EXPECT_EQ(must(stores->articles().counts()).sources, 1);
}

TEST_F(SqliteFaults, TwoProcessesShareAFile) {
  const auto server = open();
  const auto command = open();
  const SourceId source = add_source(*command);
  EXPECT_EQ(must(server->sources().get(source)).id, source);
  must(ingest(*server, source, {new_article("a", clock_.now())}));
  EXPECT_NE(add_source(*command, "https://b.example/"), source);
  EXPECT_EQ(to_int(must(server->events().head())), 3);
}

TEST_F(SqliteFaults, AFullDiskRefusesWritesAndRecovers) {
  SourceId source{};
  std::vector<ArticleId> stored;
  {
    const auto stores = open();
    source = add_source(*stores);
  }
  SqliteSettings tight = settings();
  tight.file_bytes_max = 400'000;
  const auto stores = must(open_sqlite(tight, clock_));
  Result<std::vector<IngestOutcome>> outcome = std::vector<IngestOutcome>();
  int written = 0;
  for (; outcome && written < 1'000; ++written) {
    NewArticle article = new_article("a" + std::to_string(written), clock_.now());
    article.article.summary.title = std::string(5'000, 't');
    outcome = ingest(*stores, source, {article});
    if (outcome) stored.push_back(outcome->at(0).added.at(0));
  }
  EXPECT_EQ(kind_of(outcome), ErrorKind::Unavailable);
  EXPECT_EQ(outcome.error().code, "disk_full");
  ASSERT_GT(stored.size(), 10u);
  EXPECT_EQ(must(stores->articles().get_many(stored)).size(), stored.size());
  EXPECT_EQ(must(stores->articles().counts()).articles, static_cast<std::int64_t>(stored.size()));
  EXPECT_EQ(to_int(must(stores->events().head())), static_cast<std::int64_t>(stored.size()) + 1);
  for (std::size_t i = 0; i < 5; ++i) must(stores->articles().remove(stored[i]));
  EXPECT_TRUE(ingest(*stores, source, {new_article("fits", clock_.now())}));
}

TEST_F(SqliteFaults, SaysThatAFileIsNoDatabase) {
  std::ofstream(path()) << std::string(10'000, 'x');
  const auto opened = open_sqlite(settings(), clock_);
  EXPECT_EQ(kind_of(opened), ErrorKind::Corrupt);
  EXPECT_NE(opened.error().message.find(path()), std::string::npos);
  EXPECT_NE(opened.error().message.find("restore a backup"), std::string::npos);
}

TEST_F(SqliteFaults, SaysThatAFileIsDamaged) {
  {
    const auto stores = open();
    const SourceId source = add_source(*stores);
    std::vector<NewArticle> articles;
    for (int i = 0; i < 500; ++i) articles.push_back(new_article(std::to_string(i), clock_.now()));
    must(ingest(*stores, source, articles));
  }
  {
    // All but the first page, which says that it is a database.
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto size = std::filesystem::file_size(path());
    file.seekp(4096);
    file << std::string(size - 4096, '\x5a');
  }
  const auto opened = open_sqlite(settings(), clock_);
  EXPECT_EQ(kind_of(opened), ErrorKind::Corrupt);
}

TEST_F(SqliteFaults, SaysWhyItCannotOpen) {
  const auto opened = open_sqlite({.path = folder_.path() + "/no/such/folder.db"}, clock_);
  EXPECT_EQ(kind_of(opened), ErrorKind::Unavailable);
  EXPECT_NE(opened.error().message.find("/no/such/folder.db"), std::string::npos);
}

TEST_F(SqliteFaults, RefusesASchemaOfTheFuture) {
  {
    open();
  }
  {
    const auto connection = must(SqliteConnection::open(settings(), Access::Write));
    must(connection->execute("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)",
                             sql::Parameters(999, clock_.now())));
  }
  const auto opened = open_sqlite(settings(), clock_);
  EXPECT_EQ(kind_of(opened), ErrorKind::InvalidInput);
  EXPECT_NE(opened.error().message.find("version 999"), std::string::npos);
}

constexpr sql::Migration kThreeSteps[] = {
    {.version = 1, .script = "CREATE TABLE a (x {id}, y {text}); INSERT INTO a VALUES (1, 'one');"},
    {.version = 2, .script = "ALTER TABLE a ADD COLUMN z BIGINT; UPDATE a SET z = 2;"},
    {.version = 3, .script = "CREATE TABLE b (x {id}); INSERT INTO b SELECT z FROM a;"}};

// Passes everything on, and dies as by kill -9 at the chosen call.
class Killed final : public sql::Connection {
 public:
  Killed(sql::Connection& real, int calls_left) : real_(real), calls_left_(calls_left) {}
  const sql::Dialect& dialect() const override { return real_.dialect(); }
  Result<sql::Rows> execute(std::string_view statement, const sql::Parameters& values) override {
    count();
    return real_.execute(statement, values);
  }
  Result<sql::Rows> execute_many(std::string_view statement, const sql::Parameters& lists,
                                 std::size_t arity) override {
    count();
    return real_.execute_many(statement, lists, arity);
  }
  Result<void> execute_script(std::string_view script) override {
    count();
    return real_.execute_script(script);
  }
  Result<void> begin() override {
    count();
    return real_.begin();
  }
  Result<void> commit() override {
    count();
    return real_.commit();
  }
  void rollback() override { real_.rollback(); }
  bool is_broken() const override { return false; }

 private:
  void count() {
    if (calls_left_-- == 0) kill(getpid(), SIGKILL);
  }
  sql::Connection& real_;
  int calls_left_;
};

TEST_F(SqliteFaults, AMigrationThatWasKilledGoesOn) {
  int killed = 0;
  for (int calls = 0; calls < 100; ++calls) {
    const SqliteSettings own{.path = folder_.path() + "/" + std::to_string(calls) + ".db"};
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto real = SqliteConnection::open(own, Access::Write);
      Killed connection(**real, calls);
      _exit(sql::migrate(connection, kThreeSteps, clock_) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    const auto connection = must(SqliteConnection::open(own, Access::Write));
    must(sql::migrate(*connection, kThreeSteps, clock_));
    const auto rows = must(connection->execute("SELECT y, z, (SELECT x FROM b) FROM a", {}));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].text(0), "one");
    EXPECT_EQ(rows[0].integer(1), 2);
    EXPECT_EQ(rows[0].integer(2), 2);
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      break;
    }
    ++killed;
  }
  EXPECT_GT(killed, 15);
}

TEST_F(SqliteFaults, AMigrationThatFailsLeavesTheVersionBefore) {
  constexpr sql::Migration kBroken[] = {
      kThreeSteps[0], {.version = 2, .script = "CREATE TABLE c (x {id}); SELECT * FROM nowhere;"}};
  const auto connection = must(SqliteConnection::open(settings(), Access::Write));
  const auto broken = sql::migrate(*connection, kBroken, clock_);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("version 2"), std::string::npos);
  EXPECT_FALSE(connection->execute("SELECT * FROM c", {}));
  must(sql::migrate(*connection, kThreeSteps, clock_));
}

TEST_F(SqliteFaults, ManyMayStartTogether) {
  std::vector<std::jthread> starts;
  for (int i = 0; i < 6; ++i) {
    starts.emplace_back([&] {
      SqliteSettings patient = settings();
      patient.busy_timeout = milliseconds(20'000);
      must(must(open_sqlite(patient, clock_))->ping());
    });
  }
}

// What was acknowledged is there after kill -9, and the log is whole.
TEST_F(SqliteFaults, KeepsWhatItAcknowledgedWhenKilled) {
  SourceId source{};
  {
    source = add_source(*open());
  }
  int acknowledged[2];
  ASSERT_EQ(pipe(acknowledged), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto stores = open_sqlite(settings(), clock_);
    for (int i = 0;; ++i) {
      if (!ingest(**stores, source, {new_article(std::to_string(i), clock_.now())})) _exit(1);
      if (write(acknowledged[1], "x", 1) != 1) _exit(1);
    }
  }
  close(acknowledged[1]);
  std::int64_t count = 0;
  for (char byte = 0; count < 60; ++count) ASSERT_EQ(read(acknowledged[0], &byte, 1), 1);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  for (char byte = 0; read(acknowledged[0], &byte, 1) == 1;) ++count;
  close(acknowledged[0]);
  const auto stores = open();
  const std::int64_t kept = must(stores->articles().counts()).articles;
  EXPECT_GE(kept, count);
  EXPECT_LE(kept, count + 1);  // one may have been committed and not yet told
  const auto events = must(stores->events().read(EventSequence(0), 10'000));
  ASSERT_EQ(static_cast<std::int64_t>(events.size()), kept + 1);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(to_int(events[i].sequence), static_cast<std::int64_t>(i) + 1);
  }
}

}  // namespace
}  // namespace tidings::sqlite
