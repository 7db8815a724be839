// The server that script/with_postgres started, and a schema of a test's own in it.
#pragma once

#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>

#include <unistd.h>

#include <gtest/gtest.h>
#include <libpq-fe.h>

namespace tidings::postgres {

// Empty, and a failed test, without a server: these tests are never skipped.
inline std::string test_server_url() {
  const char* url = std::getenv("TIDINGS_TEST_POSTGRES");
  if (url == nullptr) {
    ADD_FAILURE()
        << "TIDINGS_TEST_POSTGRES is not set: run script/with_postgres ctest … (script/test does)";
    return {};
  }
  return url;
}

class TestSchema {
 public:
  TestSchema() : server_(test_server_url()) {
    static std::atomic<int> count = 0;
    name_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    if (!server_.empty()) execute("CREATE SCHEMA " + name_);
  }
  ~TestSchema() {
    if (!server_.empty()) execute("DROP SCHEMA " + name_ + " CASCADE");
  }
  TestSchema(const TestSchema&) = delete;
  TestSchema& operator=(const TestSchema&) = delete;

  bool is_there() const { return !server_.empty(); }
  std::string url() const { return server_ + "?options=-csearch_path%3D" + name_; }

  // On a connection of its own, in this schema.
  void execute(const std::string& statement) const {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(url().c_str()),
                                                                PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
        PQexec(connection.get(), ("SET client_min_messages = error; " + statement).c_str()),
        PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        << PQerrorMessage(connection.get());
  }

 private:
  std::string server_;
  std::string name_;
};

}  // namespace tidings::postgres
