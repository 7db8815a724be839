// The stores' benchmark over PostgreSQL: script/with_postgres
// build/release/src/adapters/postgres/postgres_benchmark
#include <memory>

#include "adapters/postgres/postgres_stores.h"
#include "adapters/postgres/test_schema.h"
#include "core/check.h"

namespace tidings::sql {
namespace {

class BenchmarkDatabase {
 public:
  BenchmarkDatabase() { CHECK(schema_.is_there()); }
  std::unique_ptr<Stores> open(const Clock& clock) const {
    return postgres::open_postgres({.url = schema_.url()}, clock).value();
  }
  double bytes() const { return 0; }  // the server's own affair

 private:
  postgres::TestSchema schema_;
};

}  // namespace
}  // namespace tidings::sql

#include "adapters/sql/stores_benchmark.h"
