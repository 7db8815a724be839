#include "ports/saved_search_store.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

namespace tidings::sql {
namespace {

const std::string kSelect =
    "SELECT id, owner, name, query, canonical, standing, created_at, changed_at, unread, "
    "last_match_at FROM saved_searches ";

SavedSearch read_search(const Row& row) {
  SavedSearch search{.id = SavedSearchId(row.integer(0)),
                     .owner = row.string(1),
                     .text = {.name = row.string(2),
                              .query = row.string(3),
                              .canonical = row.string(4),
                              .standing = row.integer(5) != 0},
                     .created_at = row.time(6),
                     .changed_at = row.time(7),
                     .unread = row.integer(8)};
  if (!row.is_null(9)) search.last_match_at = row.time(9);
  return search;
}

Result<std::vector<SavedSearch>> ask(Connection& connection, const std::string& rest,
                                     const Parameters& parameters) {
  const Rows rows = TRY(connection.execute(kSelect + rest, parameters));
  std::vector<SavedSearch> found;
  found.reserve(rows.size());
  for (const Row row : rows) found.push_back(read_search(row));
  return found;
}

Result<SavedSearch> ask_one(Connection& connection, SavedSearchId id) {
  std::vector<SavedSearch> found = TRY(ask(connection, "WHERE id = $1", Parameters(id)));
  if (found.empty()) return no_such_search(id);
  return std::move(found.front());
}

void tell(Transaction& transaction, EventKind kind, SavedSearchId id) {
  transaction.append(kind, Event{.subject = to_int(id)});
}

Result<void> check_name_is_free(Connection& connection, const std::string& owner,
                                const std::string& name, SavedSearchId own) {
  const Rows rows = TRY(connection.execute(
      "SELECT id FROM saved_searches WHERE owner = $1 AND name = $2 AND id <> $3",
      Parameters(owner, name, own)));
  if (!rows.empty()) return search_name_taken(name);
  return {};
}

// Writes what one search got, and tells of it.
class Matching {
 public:
  explicit Matching(Transaction& transaction)
      : transaction_(transaction), connection_(transaction.connection()) {}

  Result<void> run(std::span<const SearchMatch> matches) {
    std::set<ArticleId> articles;
    std::map<SavedSearchId, std::set<ArticleId>> by_search;
    for (const SearchMatch& match : matches) {
      articles.insert(match.article_id);
      by_search[match.search_id].insert(match.article_id);
    }
    const std::set<ArticleId> there = TRY(those_there(articles));
    for (auto& [search, matching] : by_search) {
      std::erase_if(matching, [&](ArticleId id) { return !there.contains(id); });
      TRY(add(search, matching));
    }
    return {};
  }

 private:
  Result<std::set<ArticleId>> those_there(const std::set<ArticleId>& articles) {
    std::set<ArticleId> there;
    if (articles.empty()) return there;
    Parameters ids;
    for (const ArticleId id : articles) ids.add(id);
    const Rows rows =
        TRY(connection_.execute_many("SELECT id FROM articles WHERE id = $1", ids, 1));
    for (const Row row : rows) there.insert(ArticleId(row.integer(0)));
    return there;
  }

  Result<void> add(SavedSearchId search, const std::set<ArticleId>& articles) {
    const Rows standing = TRY(connection_.execute(
        "SELECT id FROM saved_searches WHERE id = $1 AND standing = 1", Parameters(search)));
    if (standing.empty()) return {};
    const Rows kept = TRY(connection_.execute(
        "SELECT COUNT(*), MIN(article_id) FROM search_matches WHERE search_id = $1",
        Parameters(search)));
    const bool is_full = kept[0].integer(0) >= static_cast<std::int64_t>(kSearchMatchesMax);
    const ArticleId oldest{is_full ? kept[0].integer(1) : 0};
    Parameters lists;
    std::size_t count = 0;
    // The newest first: more than are kept are not written.
    for (auto id = articles.rbegin(); id != articles.rend() && count < kSearchMatchesMax; ++id) {
      if (*id < oldest) break;
      lists.add(search, *id, transaction_.now());
      ++count;
    }
    if (count == 0) return {};
    const Rows added = TRY(connection_.execute_many(
        "INSERT INTO search_matches (search_id, article_id, at) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING",
        lists, 3));
    if (added.affected() == 0) return {};
    return count_added(search, added.affected());
  }

  Result<void> count_added(SavedSearchId search, std::int64_t added) {
    TRY(connection_.execute(
        "UPDATE saved_searches SET unread = unread + $2, last_match_at = $3 WHERE id = $1",
        Parameters(search, added, transaction_.now())));
    TRY(connection_.execute(
        "DELETE FROM search_matches WHERE search_id = $1 AND article_id <= COALESCE((SELECT "
        "article_id FROM search_matches WHERE search_id = $1 ORDER BY article_id DESC "
        "LIMIT 1 OFFSET $2), 0)",
        Parameters(search, kSearchMatchesMax)));
    tell(transaction_, EventKind::SearchMatched, search);
    return {};
  }

  Transaction& transaction_;
  Connection& connection_;
};

class SqlSavedSearchStore final : public SavedSearchStore {
 public:
  explicit SqlSavedSearchStore(Database& database) : database_(database) {}

  Result<SavedSearch> add(const std::string& owner, const SavedSearchText& text) override {
    TRY(check_saved_search(text));
    return database_.write([&](Transaction& transaction) -> Result<SavedSearch> {
      Connection& connection = transaction.connection();
      TRY(check_name_is_free(connection, owner, text.name, SavedSearchId{}));
      const Rows count = TRY(connection.execute(
          "SELECT COUNT(*) FROM saved_searches WHERE owner = $1", Parameters(owner)));
      if (count[0].integer(0) >= static_cast<std::int64_t>(kSavedSearchesMax))
        return too_many_searches();
      const SavedSearchId id{transaction.next_id()};
      TRY(connection.execute(
          "INSERT INTO saved_searches (id, owner, name, query, canonical, standing, created_at, "
          "changed_at, unread) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0)",
          Parameters(id, owner, text.name, text.query, text.canonical, text.standing ? 1 : 0,
                     transaction.now())));
      tell(transaction, EventKind::SavedSearchChanged, id);
      return ask_one(connection, id);
    });
  }

  Result<SavedSearch> set(SavedSearchId id, const SavedSearchText& text) override {
    TRY(check_saved_search(text));
    return database_.write([&](Transaction& transaction) -> Result<SavedSearch> {
      Connection& connection = transaction.connection();
      const SavedSearch before = TRY(ask_one(connection, id));
      TRY(check_name_is_free(connection, before.owner, text.name, id));
      TRY(connection.execute(
          "UPDATE saved_searches SET name = $2, query = $3, canonical = $4, standing = $5, "
          "changed_at = $6 WHERE id = $1",
          Parameters(id, text.name, text.query, text.canonical, text.standing ? 1 : 0,
                     transaction.now())));
      if (before.text.canonical != text.canonical) TRY(forget_matches(connection, id));
      tell(transaction, EventKind::SavedSearchChanged, id);
      return ask_one(connection, id);
    });
  }

  Result<void> remove(SavedSearchId id) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      Connection& connection = transaction.connection();
      const Rows rows =
          TRY(connection.execute("DELETE FROM saved_searches WHERE id = $1", Parameters(id)));
      if (rows.affected() == 0) return no_such_search(id);
      TRY(connection.execute("DELETE FROM search_matches WHERE search_id = $1", Parameters(id)));
      tell(transaction, EventKind::SavedSearchRemoved, id);
      return {};
    });
  }

  Result<SavedSearch> get(SavedSearchId id) const override {
    return database_.read([&](Connection& connection) { return ask_one(connection, id); });
  }

  Result<SavedSearch> named(const std::string& owner, const std::string& name) const override {
    std::vector<SavedSearch> found =
        TRY(find("WHERE owner = $1 AND name = $2", Parameters(owner, name)));
    if (found.empty()) return no_such_search(name);
    return std::move(found.front());
  }

  Result<std::vector<SavedSearch>> list(const std::string& owner) const override {
    std::vector<SavedSearch> found = TRY(find("WHERE owner = $1", Parameters(owner)));
    // By bytes: databases have orders of their own.
    std::ranges::sort(found, {}, [](const SavedSearch& search) { return search.text.name; });
    return found;
  }

  Result<std::vector<SavedSearch>> standing() const override {
    return find("WHERE standing = 1 ORDER BY id", Parameters());
  }

  Result<void> add_matches(std::span<const SearchMatch> matches, const CursorMove& move) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(sql::advance(transaction, move));
      return Matching(transaction).run(matches);
    });
  }

  Result<std::vector<SearchMatch>> matches(SavedSearchId id, std::optional<ArticleId> before,
                                           std::size_t limit) const override {
    const ArticleId end = before.value_or(ArticleId(std::numeric_limits<std::int64_t>::max()));
    return database_.read([&](Connection& connection) -> Result<std::vector<SearchMatch>> {
      const Rows rows = TRY(connection.execute(
          "SELECT article_id, at FROM search_matches WHERE search_id = $1 AND article_id < $2 "
          "ORDER BY article_id DESC LIMIT $3",
          Parameters(id, end, limit)));
      std::vector<SearchMatch> found;
      found.reserve(rows.size());
      for (const Row row : rows) {
        found.push_back(
            {.search_id = id, .article_id = ArticleId(row.integer(0)), .at = row.time(1)});
      }
      return found;
    });
  }

  Result<void> mark_read(SavedSearchId id) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE saved_searches SET unread = 0 WHERE id = $1", Parameters(id)));
      if (rows.affected() == 0) return no_such_search(id);
      return {};
    });
  }

 private:
  static Result<void> forget_matches(Connection& connection, SavedSearchId id) {
    TRY(connection.execute("DELETE FROM search_matches WHERE search_id = $1", Parameters(id)));
    TRY(connection.execute(
        "UPDATE saved_searches SET unread = 0, last_match_at = NULL WHERE id = $1",
        Parameters(id)));
    return {};
  }

  Result<std::vector<SavedSearch>> find(const std::string& rest,
                                        const Parameters& parameters) const {
    return database_.read(
        [&](Connection& connection) { return ask(connection, rest, parameters); });
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<SavedSearchStore> make_saved_search_store(Database& database) {
  return std::make_unique<SqlSavedSearchStore>(database);
}

}  // namespace tidings::sql
