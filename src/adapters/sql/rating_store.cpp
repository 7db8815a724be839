#include "ports/rating_store.h"

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

namespace tidings::sql {
namespace {

class SqlRatingStore final : public RatingStore {
 public:
  explicit SqlRatingStore(Database& database) : database_(database) {}

  Result<void> put(const std::string& owner, const std::string& csv) override {
    TRY(check_ratings(csv));
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(transaction.connection().execute(
          "INSERT INTO publisher_ratings (owner, csv, changed_at) VALUES ($1, $2, $3) ON CONFLICT "
          "(owner) DO UPDATE SET csv = excluded.csv, changed_at = excluded.changed_at",
          Parameters(owner, csv, transaction.now())));
      transaction.append(EventKind::RatingsChanged, Event{});
      return {};
    });
  }

  Result<StoredRatings> get(const std::string& owner) const override {
    return database_.read([&](Connection& connection) -> Result<StoredRatings> {
      const Rows rows = TRY(connection.execute(
          "SELECT csv, changed_at FROM publisher_ratings WHERE owner = $1", Parameters(owner)));
      if (rows.empty()) return no_ratings();
      return StoredRatings{.csv = rows[0].string(0), .changed_at = rows[0].time(1)};
    });
  }

  Result<void> remove(const std::string& owner) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute(
          "DELETE FROM publisher_ratings WHERE owner = $1", Parameters(owner)));
      if (rows.affected() == 0) return no_ratings();
      transaction.append(EventKind::RatingsChanged, Event{});
      return {};
    });
  }

 private:
  Database& database_;
};

}  // namespace

std::unique_ptr<RatingStore> make_rating_store(Database& database) {
  return std::make_unique<SqlRatingStore>(database);
}

}  // namespace tidings::sql
