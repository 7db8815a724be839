#include "ports/secret_store.h"

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

namespace tidings::sql {
namespace {

SealedSecret read_secret(const Row& row) {
  return {.name = row.string(0), .sealed = row.string(1), .changed_at = row.time(2)};
}

class SqlSecretStore final : public SecretStore {
 public:
  explicit SqlSecretStore(Database& database) : database_(database) {}

  Result<void> put(const std::string& name, const std::string& sealed) override {
    if (!is_secret_name(name)) return bad_secret_name(name);
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(transaction.connection().execute(
          "INSERT INTO secrets (name, sealed, changed_at) VALUES ($1, $2, $3) ON CONFLICT (name) "
          "DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at",
          Parameters(name, sealed, transaction.now())));
      return {};
    });
  }

  Result<SealedSecret> get(const std::string& name) const override {
    return database_.read([&](Connection& connection) -> Result<SealedSecret> {
      const Rows rows = TRY(connection.execute(
          "SELECT name, sealed, changed_at FROM secrets WHERE name = $1", Parameters(name)));
      if (rows.empty()) return secret_missing(name);
      return read_secret(rows[0]);
    });
  }

  Result<std::vector<SealedSecret>> list() const override {
    return database_.read([&](Connection& connection) -> Result<std::vector<SealedSecret>> {
      const Rows rows = TRY(connection.execute(
          "SELECT name, sealed, changed_at FROM secrets ORDER BY name", Parameters()));
      std::vector<SealedSecret> secrets;
      secrets.reserve(rows.size());
      for (const Row row : rows) secrets.push_back(read_secret(row));
      return secrets;
    });
  }

  Result<void> remove(const std::string& name) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute("DELETE FROM secrets WHERE name = $1",
                                                             Parameters(name)));
      if (rows.affected() == 0) return secret_missing(name);
      return {};
    });
  }

  Result<bool> reseal(const std::string& name, const std::string& before,
                      const std::string& sealed) override {
    return database_.write([&](Transaction& transaction) -> Result<bool> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE secrets SET sealed = $3 WHERE name = $1 AND sealed = $2",
          Parameters(name, before, sealed)));
      return rows.affected() > 0;
    });
  }

 private:
  Database& database_;
};

}  // namespace

std::unique_ptr<SecretStore> make_secret_store(Database& database) {
  return std::make_unique<SqlSecretStore>(database);
}

}  // namespace tidings::sql
