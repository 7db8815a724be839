// Counts articles in and out of the rollups, inside one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "adapters/sql/database.h"
#include "adapters/sql/rollup_rows.h"
#include "core/result.h"
#include "ports/rollup_store.h"

namespace tidings::sql {

enum class IfCounted : std::uint8_t { Replace, PassOver };

// Gathers what changes over all articles, so that a row that many share is written once. What an
// article counted for lies beside it, so that it can be taken back: nothing else remembers.
class RollupWriter {
 public:
  static Result<RollupWriter> begin(Transaction& transaction);

  // RollupStore::apply() and fill() say what these do.
  Result<void> count(std::span<const RolledArticle> articles, IfCounted if_counted);
  Result<void> take_back(std::span<const ArticleId> articles);
  Result<void> write();

 private:
  struct Counted {
    std::int64_t hour = 0;
    std::optional<std::int8_t> sentiment;
    std::vector<std::int64_t> names;  // ascending
    bool operator==(const Counted&) const = default;
  };
  struct Known {
    std::optional<Counted> before;
  };
  struct Name {
    std::int64_t id = 0;  // 0: nobody had it before
    std::int64_t last_day = 0;
    std::int64_t seen_day = 0;
  };
  struct Change {
    std::int64_t dimension, hour, name_id;
    RollupTotals totals;
    auto key() const { return std::tie(dimension, hour, name_id); }
  };

  RollupWriter(Transaction& transaction, RollupLedger ledger)
      : connection_(&transaction.connection()), ledger_(ledger) {}

  Result<void> look_up_articles(std::span<const RolledArticle> articles);
  Result<void> look_up_names(std::span<const RolledArticle> articles);
  Result<void> name_new_ones(std::span<const RolledArticle> articles);
  bool is_left_out(Dimension dimension, std::int64_t hour) const;
  Counted counted(const RolledArticle& article);
  void add(const Counted& counted, std::int64_t sign);
  void add(std::int64_t dimension, std::int64_t name_id, const Counted& counted, std::int64_t sign);
  void merge_changes();
  Result<void> write_changes();

  Connection* connection_;
  RollupLedger ledger_;
  std::unordered_map<std::int64_t, Known> articles_;
  std::unordered_map<std::int64_t, Name> names_;  // by hash
  std::vector<Change> changes_;
};

// What retention took stays counted: it is forgotten what these articles counted for. `newest` is
// the last time of publication among them.
Result<void> forget_counted(Transaction& transaction, std::span<const ArticleId> articles,
                            Time newest);

}  // namespace tidings::sql
