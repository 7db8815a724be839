#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/sql/article_rows.h"
#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/story_links.h"
#include "adapters/sql/story_query.h"
#include "adapters/sql/story_rows.h"
#include "adapters/sql/story_step.h"

namespace tidings::sql {
namespace {

Error missing(StoryId id) {
  return not_found("story " + to_text(id) + " is not there");
}

template <class Id>
Parameters each_of(std::span<const Id> ids) {
  Parameters lists;
  for (const Id id : ids) lists.add(id);
  return lists;
}

template <class Id>
std::vector<Id> ids_of(const Rows& rows) {
  std::vector<Id> ids;
  ids.reserve(rows.size());
  for (const Row row : rows) ids.push_back(Id(row.integer(0)));
  return ids;
}

StoryCorrection read_correction(const Row& row) {
  return {.id = StoryCorrectionId(row.integer(0)),
          .at = row.time(1),
          .kind = static_cast<StoryCorrectionKind>(row.integer(2)),
          .story = StoryId(row.integer(3)),
          .other = StoryId(row.integer(4)),
          .articles = decode_articles(row.text(5))};
}

constexpr std::string_view kSelectCorrection =
    "SELECT id, at, kind, story_id, other_id, articles FROM story_corrections";

class SqlStoryStore final : public StoryStore {
 public:
  explicit SqlStoryStore(Database& database) : database_(database) {}

  Result<void> apply(const StoryStep& step, const CursorMove* move) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      if (move != nullptr) TRY(sql::advance(transaction, *move));
      return write_step(transaction, step);
    });
  }

  Result<StoryState> state() const override {
    const Rows rows =
        TRY(ask("SELECT version, checkpoint, checkpoint_version, journal_bytes, journal_articles, "
                "backfilled_to FROM story_state WHERE id = 1",
                Parameters()));
    if (rows.empty()) return corrupt("the database has lost the state of its stories");
    StoryState state{.version = rows[0].integer(0),
                     .checkpoint = rows[0].string(1),
                     .checkpoint_version = rows[0].integer(2),
                     .journal_bytes = rows[0].integer(3),
                     .journal_articles = rows[0].integer(4)};
    if (!rows[0].is_null(5)) state.backfilled_to = ArticleId(rows[0].integer(5));
    return state;
  }

  Result<std::vector<StoryJournal>> journal(std::int64_t after, std::size_t limit) const override {
    const Rows rows = TRY(ask(
        "SELECT version, content FROM story_journal WHERE version > $1 ORDER BY version LIMIT $2",
        Parameters(after, limit)));
    std::vector<StoryJournal> journal;
    for (const Row row : rows)
      journal.push_back({.version = row.integer(0), .content = row.string(1)});
    return journal;
  }

  Result<void> set_checkpoint(const std::string& key, std::int64_t version) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      Connection& connection = transaction.connection();
      const Rows rows =
          TRY(connection.execute("UPDATE story_state SET checkpoint = $1, checkpoint_version = $2 "
                                 "WHERE id = 1 AND version >= $2 AND checkpoint_version <= $2",
                                 Parameters(key, version)));
      if (rows.affected() != 1)
        return Error{ErrorKind::Conflict, "there is a later checkpoint of the stories", {}};
      TRY(connection.execute("DELETE FROM story_journal WHERE version <= $1", Parameters(version)));
      TRY(connection.execute(
          "UPDATE story_state SET journal_articles = 0, journal_bytes = "
          "(SELECT COALESCE(SUM(length(content)), 0) FROM story_journal) WHERE id = 1",
          Parameters()));
      return {};
    });
  }

  Result<void> begin_backfill(std::int64_t version, const std::string& consumer) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(take_version(transaction, version));
      Connection& connection = transaction.connection();
      TRY(connection.execute(
          "UPDATE story_state SET checkpoint = '', checkpoint_version = $1, journal_bytes = 0, "
          "journal_articles = 0, backfilled_to = 0, lease_owner = '', lease_until = 0 "
          "WHERE id = 1",
          Parameters(version + 1)));
      TRY(connection.execute("DELETE FROM story_journal", Parameters()));
      TRY(
          connection.execute("INSERT INTO cursors (consumer, sequence) VALUES ($1, $2) "
                             "ON CONFLICT (consumer) DO UPDATE SET sequence = excluded.sequence",
                             Parameters(consumer, transaction.last_sequence())));
      return {};
    });
  }

  Result<bool> clear(std::int64_t version, std::size_t limit) override {
    return database_.write([&](Transaction& transaction) -> Result<bool> {
      Connection& connection = transaction.connection();
      const Rows state =
          TRY(connection.execute("SELECT version FROM story_state WHERE id = 1", Parameters()));
      if (state.empty() || state[0].integer(0) != version) return changed_meanwhile();
      const auto places = ids_of<ArticleId>(TRY(
          connection.execute("SELECT article_id FROM story_articles ORDER BY article_id LIMIT $1",
                             Parameters(limit))));
      TRY(connection.execute_many("DELETE FROM story_articles WHERE article_id = $1",
                                  each_of<ArticleId>(places), 1));
      const auto stories = ids_of<StoryId>(TRY(
          connection.execute("SELECT id FROM stories ORDER BY id LIMIT $1", Parameters(limit))));
      TRY(remove_stories(transaction, stories));
      return !places.empty() || !stories.empty();
    });
  }

  Result<void> end_backfill(std::int64_t version) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(take_version(transaction, version));
      TRY(transaction.connection().execute(
          "UPDATE story_state SET backfilled_to = NULL, lease_owner = '', lease_until = 0 "
          "WHERE id = 1",
          Parameters()));
      return {};
    });
  }

  Result<bool> claim_backfill(const std::string& owner, Time now, Time until) override {
    return database_.write([&](Transaction& transaction) -> Result<bool> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE story_state SET lease_owner = $1, lease_until = $3 "
          "WHERE id = 1 AND (lease_owner = $1 OR lease_until <= $2)",
          Parameters(owner, now, until)));
      return rows.affected() == 1;
    });
  }

  Result<std::vector<ArticleId>> analyzed(ArticleId after, std::size_t limit) const override {
    return ids_of<ArticleId>(
        TRY(ask("SELECT article_id FROM analyses WHERE article_id > $1 ORDER BY article_id LIMIT "
                "$2",
                Parameters(after, limit))));
  }

  Result<std::int64_t> count_analyzed(ArticleId after) const override {
    const Rows rows =
        TRY(ask("SELECT COUNT(*) FROM analyses WHERE article_id > $1", Parameters(after)));
    return rows[0].integer(0);
  }

  Result<StoryCorrectionId> correct(const StoryCorrection& correction) override {
    return database_.write([&](Transaction& transaction) -> Result<StoryCorrectionId> {
      const StoryCorrectionId id{transaction.next_id()};
      TRY(transaction.connection().execute(
          "INSERT INTO story_corrections (id, at, kind, story_id, other_id, articles) "
          "VALUES ($1, $2, $3, $4, $5, $6)",
          Parameters(id, transaction.now(), correction.kind, correction.story, correction.other,
                     encode_articles(correction.articles))));
      transaction.append(EventKind::StoryCorrected, {.subject = to_int(id)});
      return id;
    });
  }

  Result<StoryCorrection> correction(StoryCorrectionId id) const override {
    const Rows rows = TRY(ask(std::string(kSelectCorrection) + " WHERE id = $1", Parameters(id)));
    if (rows.empty()) return not_found("correction " + to_text(id) + " is not there");
    return read_correction(rows[0]);
  }

  Result<std::vector<StoryCorrection>> corrections() const override {
    const Rows rows = TRY(ask(std::string(kSelectCorrection) + " ORDER BY id", Parameters()));
    std::vector<StoryCorrection> corrections;
    for (const Row row : rows) corrections.push_back(read_correction(row));
    return corrections;
  }

  Result<StoryPage> find(const StoryQuery& query) const override {
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 500);
    return database_.read([&](Connection& connection) -> Result<StoryPage> {
      const Question sql = story_listing(query, limit + 1, connection.dialect());
      const Rows rows = TRY(connection.execute(sql.text(), sql.parameters()));
      StoryPage page;
      for (std::size_t i = 0; i < rows.size() && i < limit; ++i)
        page.stories.push_back(read_story(rows[i]));
      if (rows.size() > limit) page.next = position_of(page.stories.back(), query.sort);
      return page;
    });
  }

  Result<Story> get(StoryId id) const override {
    std::vector<Story> found = TRY(get_many({&id, 1}));
    if (found.empty()) return missing(id);
    return std::move(found.front());
  }

  Result<std::vector<Story>> get_many(std::span<const StoryId> ids) const override {
    static const std::string kSelect =
        "SELECT " + std::string(kStoryColumns) + " FROM stories s WHERE s.id = $1";
    const Rows rows = TRY(ask_each(kSelect, each_of(ids), 1));
    std::vector<Story> stories;
    for (const Row row : rows) stories.push_back(read_story(row));
    return stories;
  }

  Result<std::optional<StoryId>> merged_into(StoryId id) const override {
    const Rows rows =
        TRY(ask("SELECT into_id FROM story_redirects WHERE story_id = $1", Parameters(id)));
    if (rows.empty()) return std::optional<StoryId>();
    return std::optional(StoryId(rows[0].integer(0)));
  }

  Result<std::vector<StoryLink>> links(StoryId id) const override {
    return database_.read([&](Connection& connection) { return read_links(connection, id); });
  }

  Result<std::vector<StoryMembers>> members(std::span<const StoryId> ids,
                                            std::size_t limit) const override {
    static const std::string kSelect =
        "SELECT " + std::string(kSummaryColumns) + ", " + std::string(kPlaceColumns) +
        " FROM story_articles m JOIN articles a ON a.id = m.article_id WHERE m.story_id = $1 "
        "ORDER BY m.published DESC, m.article_id DESC LIMIT $2";
    Parameters lists;
    std::unordered_map<std::int64_t, std::size_t> numbers;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      lists.add(ids[i], limit);
      numbers.emplace(to_int(ids[i]), i);
    }
    std::vector<StoryMembers> found(ids.size());
    const Rows rows = TRY(ask_each(kSelect, lists, 2));
    for (const Row row : rows) {
      const auto number = numbers.find(row.integer(kSummaryColumnCount + 1));
      if (number == numbers.end()) continue;
      found[number->second].members.push_back(
          {.place = read_place(row, kSummaryColumnCount), .article = read_summary(row)});
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::ranges::reverse(found[i].members);
      found[i].articles = static_cast<std::int64_t>(found[i].members.size());
      if (found[i].members.size() == limit) found[i].articles = TRY(count_articles(ids[i]));
    }
    return found;
  }

  Result<std::vector<StoryPlacement>> placements(std::span<const ArticleId> ids) const override {
    static const std::string kSelect =
        "SELECT " + std::string(kPlaceColumns) +
        ", COALESCE(s.articles, 0) FROM story_articles m LEFT JOIN stories s ON s.id = m.story_id "
        "WHERE m.article_id = $1";
    const Rows rows = TRY(ask_each(kSelect, each_of(ids), 1));
    std::vector<StoryPlacement> placements;
    for (const Row row : rows) {
      placements.push_back(
          {.place = read_place(row, 0), .story_articles = row.integer(kPlaceColumnCount)});
    }
    return placements;
  }

  Result<std::vector<StoryMark>> marks(std::span<const ArticleId> ids) const override {
    const Rows rows = TRY(ask_each(
        "SELECT m.article_id, m.story_id, m.copy_of, COALESCE(s.articles, 0) FROM story_articles m "
        "LEFT JOIN stories s ON s.id = m.story_id WHERE m.article_id = $1",
        each_of(ids), 1));
    return read_marks(rows);
  }

  Result<std::vector<StoryMark>> marks_in(std::span<const StoryId> stories) const override {
    std::vector<StoryMark> marks = read_marks(TRY(ask_each(
        "SELECT m.article_id, m.story_id, m.copy_of, COALESCE(s.articles, 0) FROM story_articles m "
        "LEFT JOIN stories s ON s.id = m.story_id WHERE m.story_id = $1",
        each_of(stories), 1)));
    std::ranges::sort(marks, {}, &StoryMark::article_id);
    const auto rest = std::ranges::unique(marks, {}, &StoryMark::article_id);
    marks.erase(rest.begin(), rest.end());
    return marks;
  }

 private:
  static std::vector<StoryMark> read_marks(const Rows& rows) {
    std::vector<StoryMark> marks;
    marks.reserve(rows.size());
    for (const Row row : rows) {
      StoryMark mark{.article_id = ArticleId(row.integer(0)),
                     .story_id = StoryId(row.integer(1)),
                     .story_articles = row.integer(3)};
      if (!row.is_null(2)) mark.copy_of = ArticleId(row.integer(2));
      marks.push_back(mark);
    }
    return marks;
  }

  Result<Rows> ask(std::string_view statement, const Parameters& parameters) const {
    return database_.read(
        [&](Connection& connection) { return connection.execute(statement, parameters); });
  }

  Result<Rows> ask_each(std::string_view statement, const Parameters& lists,
                        std::size_t arity) const {
    if (lists.empty()) return Rows();
    return database_.read(
        [&](Connection& connection) { return connection.execute_many(statement, lists, arity); });
  }

  Result<std::int64_t> count_articles(StoryId id) const {
    const Rows rows =
        TRY(ask("SELECT COUNT(*) FROM story_articles WHERE story_id = $1", Parameters(id)));
    return rows[0].integer(0);
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<StoryStore> make_story_store(Database& database) {
  return std::make_unique<SqlStoryStore>(database);
}

}  // namespace tidings::sql
