// SQLite's FTS5 as a peer of the search benchmark: a contentless table, ranked by its bm25, newest
// by rowid.
//
//   search_fts5 index|query|add CORPUS INDEX [CLASS,…]      INDEX is a database file; INDEX.meta
//   holds the columns that filters read
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "bench/search/peer.h"

namespace tidings::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBatch = 10'000;  // documents a transaction while the index is built

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Database {
 public:
  explicit Database(const fs::path& file) {
    sqlite3* opened = nullptr;
    check(sqlite3_open(file.c_str(), &opened));
    database_.reset(opened);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-1000000; PRAGMA "
        "mmap_size=8000000000");
  }

  void run(const std::string& sql) {
    check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
  }

  sqlite3_stmt* prepared(const std::string& sql) {
    auto& statement = statements_[sql];
    if (!statement) {
      sqlite3_stmt* made = nullptr;
      check(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &made, nullptr));
      statement.reset(made);
    }
    sqlite3_reset(statement.get());
    return statement.get();
  }

  void check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
      throw std::runtime_error(database_ ? sqlite3_errmsg(database_.get())
                                         : "cannot open the database");
    }
  }

 private:
  std::unique_ptr<sqlite3, Close> database_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Close>> statements_;
};

void bind_text(Database& database, sqlite3_stmt* statement, int place, std::string_view text) {
  database.check(sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()),
                                   SQLITE_TRANSIENT));
}

void insert(Database& database, std::int64_t rowid, std::string_view text) {
  sqlite3_stmt* statement = database.prepared("INSERT INTO words(rowid, t) VALUES (?, ?)");
  sqlite3_bind_int64(statement, 1, rowid);
  bind_text(database, statement, 2, text);
  database.check(sqlite3_step(statement));
  sqlite3_reset(statement);
}

void insert_columns(Database& database, std::int64_t rowid, std::string_view line) {
  const std::vector<std::string_view> columns = split(line, '\t');
  sqlite3_stmt* statement =
      database.prepared("INSERT INTO meta(number, time, source, language) VALUES (?, ?, ?, ?)");
  sqlite3_bind_int64(statement, 1, rowid);
  bind_text(database, statement, 2, columns[0]);
  bind_text(database, statement, 3, columns[1]);
  bind_text(database, statement, 4, columns[3]);
  database.check(sqlite3_step(statement));
  sqlite3_reset(statement);
}

fs::path meta_of(const fs::path& index) {
  return index.string() + ".meta";
}

void remove_index(const fs::path& index) {
  for (const fs::path& file : {index, meta_of(index)}) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix);
  }
}

// Rows of a file in batches of their own transaction; how many bytes they had, line ends included.
std::uintmax_t load(Database& database, const fs::path& file,
                    const std::function<void(std::int64_t, std::string_view)>& add) {
  std::int64_t rowid = 0;
  std::uintmax_t bytes = 0;
  database.run("BEGIN");
  each_line(file, [&](std::string_view line) {
    add(++rowid, line);
    bytes += line.size() + 1;
    if (rowid % kBatch == 0) database.run("COMMIT; BEGIN");
  });
  database.run("COMMIT");
  return bytes;
}

void index(const fs::path& corpus, const fs::path& index) {
  remove_index(index);
  Database database(index);
  database.run(
      "CREATE VIRTUAL TABLE words USING fts5(t, content='', detail=full, tokenize='ascii')");
  const double start = process_cpu_s();
  const std::uintmax_t bytes =
      load(database, corpus / "corpus.txt",
           [&](std::int64_t rowid, std::string_view line) { insert(database, rowid, line); });
  const double built = process_cpu_s() - start;
  database.run("INSERT INTO words(words) VALUES ('optimize')");
  const double merged = process_cpu_s() - start;
  database.run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  report_index("fts5", bytes, built, merged, size_of(index));

  Database meta(meta_of(index));
  meta.run(
      "CREATE TABLE meta(number INTEGER PRIMARY KEY, time INTEGER, source INTEGER, language TEXT)");
  load(meta, corpus / "meta.tsv",
       [&](std::int64_t rowid, std::string_view line) { insert_columns(meta, rowid, line); });
}

std::string quoted(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words)
    text += fmt::format("{}\"{}\"", text.empty() ? "" : between, word);
  return text;
}

std::string expression(const Asked& asked) {
  const Words words = words_of(asked);
  if (words.form == Words::Form::Phrase) return asked.written;
  if (words.form == Words::Form::AnyOf) return quoted(words.may, " OR ");
  const std::string must = quoted(words.must, " AND ");
  // What may be there counts for the rank alone: a branch that adds no match.
  return words.may.empty()
             ? must
             : fmt::format("({}) OR ({} AND ({}))", must, must, quoted(words.may, " OR "));
}

class Fts5 final : public Peer {
 public:
  explicit Fts5(const fs::path& index) : database_(index) {
    database_.run(fmt::format("ATTACH '{}' AS columns", meta_of(index).string()));
  }

  std::vector<Hit> top(const Asked& asked) override {
    sqlite3_stmt* statement = bound(asked.newest ? Wanted::Newest : Wanted::Best, asked);
    std::vector<Hit> hits;
    while (step(statement)) {
      hits.push_back(
          {sqlite3_column_int64(statement, 0) - 1, -sqlite3_column_double(statement, 1)});
    }
    sqlite3_reset(statement);
    return hits;
  }

  std::int64_t count(const Asked& asked) override {
    sqlite3_stmt* statement = bound(Wanted::Count, asked);
    step(statement);
    const std::int64_t matches = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return matches;
  }

 private:
  enum class Wanted { Best, Newest, Count };

  static std::string sql(Wanted wanted, const std::string& filter) {
    const char* joined = filter.empty() ? "" : "CROSS JOIN meta ON meta.number = words.rowid";
    const std::string condition = filter.empty()     ? ""
                                  : filter == "time" ? "AND meta.time >= ?2 AND meta.time < ?3"
                                                     : fmt::format("AND meta.{} = ?2", filter);
    const std::string from =
        fmt::format("FROM words {} WHERE words MATCH ?1 {}", joined, condition);
    switch (wanted) {
      case Wanted::Best:
        return fmt::format("SELECT words.rowid, rank {} ORDER BY rank LIMIT {}", from, kTop);
      case Wanted::Newest:
        return fmt::format("SELECT words.rowid, 0 {} ORDER BY words.rowid DESC LIMIT {}", from,
                           kTop);
      case Wanted::Count:
        return "SELECT count(*) " + from;
    }
    return {};
  }

  // Made once: that a statement is prepared is not to be a part of any query's time.
  sqlite3_stmt* statement_of(Wanted wanted, const std::string& filter) {
    sqlite3_stmt*& statement = statements_[{wanted, filter}];
    if (statement == nullptr) statement = database_.prepared(sql(wanted, filter));
    return statement;
  }

  bool step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    database_.check(code);
    return code == SQLITE_ROW;
  }

  sqlite3_stmt* bound(Wanted wanted, const Asked& asked) {
    if (asked.filter.empty()) {
      sqlite3_stmt* statement = statement_of(wanted, "");
      bind_text(database_, statement, 1, expression(asked));
      return statement;
    }
    const auto [name, value] = filter_of(asked);
    sqlite3_stmt* statement = statement_of(wanted, name);
    bind_text(database_, statement, 1, expression(asked));
    if (name == "time") {
      const auto [since, until] = times_of(value);
      sqlite3_bind_int64(statement, 2, since);
      sqlite3_bind_int64(statement, 3, until);
    } else {
      bind_text(database_, statement, 2, value);
    }
    return statement;
  }

  Database database_;
  std::map<std::pair<Wanted, std::string>, sqlite3_stmt*> statements_;
};

void add(const fs::path& corpus, const fs::path& index) {
  const fs::path grown = index.string() + ".grown";
  remove_index(grown);
  fs::copy_file(index, grown);
  {
    Database database(grown);
    std::int64_t rowid = 1'000'000'000;
    measure_adding("fts5", corpus, [&](const std::vector<std::string>& documents) {
      database.run("BEGIN");
      for (const std::string& document : documents) insert(database, ++rowid, document);
      database.run("COMMIT");
    });
  }
  remove_index(grown);
}

}  // namespace
}  // namespace tidings::bench

int main(int argc, char** argv) {
  namespace bench = tidings::bench;
  try {
    return bench::run_program(
        {.name = "fts5",
         .index = bench::index,
         .open = [](const auto& index) { return std::make_unique<bench::Fts5>(index); },
         .add = bench::add},
        argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "search_fts5: %s\n", error.what());
  }
  return 1;
}
