#include "adapters/sql/story_step.h"

#include <algorithm>

#include "adapters/sql/story_links.h"
#include "adapters/sql/story_rows.h"

namespace tidings::sql {
namespace {

void tell(Transaction& transaction, EventKind kind, StoryId id, const KnownStory& story) {
  transaction.append(
      kind, {.subject = to_int(id), .language = story.language, .published = story.updated_at});
}

Result<void> write_journal(Transaction& transaction, const StoryStep& step) {
  Connection& connection = transaction.connection();
  TRY(
      connection.execute("UPDATE story_state SET journal_bytes = journal_bytes + $1, "
                         "journal_articles = journal_articles + $2 WHERE id = 1",
                         Parameters(step.journal.size(), step.journal_articles)));
  if (step.backfilled_to) {
    TRY(connection.execute("UPDATE story_state SET backfilled_to = $1 WHERE id = 1",
                           Parameters(*step.backfilled_to)));
  }
  if (step.journal.empty()) return {};
  TRY(connection.execute("INSERT INTO story_journal (version, content) VALUES ($1, $2)",
                         Parameters(step.version + 1, Blob{step.journal})));
  return {};
}

// A story that was never written, because it turned out to be another at once, leaves no trace; of
// one that begins again in the same step its own event tells.
Result<void> merge(Transaction& transaction, const StoryMerge& merge, const StoryStep& step,
                   const KnownStories& known) {
  Connection& connection = transaction.connection();
  TRY(connection.execute("UPDATE story_articles SET story_id = $2 WHERE story_id = $1",
                         Parameters(merge.from, merge.into)));
  TRY(connection.execute("UPDATE story_redirects SET into_id = $2 WHERE into_id = $1",
                         Parameters(merge.from, merge.into)));
  TRY(merge_links(connection, merge));
  const auto story = known.find(merge.from);
  const bool begins_again =
      std::ranges::find(step.stories, merge.from, &Story::id) != step.stories.end();
  if (story == known.end() || begins_again) return {};
  TRY(connection.execute("DELETE FROM stories WHERE id = $1", Parameters(merge.from)));
  TRY(
      connection.execute("INSERT INTO story_redirects (story_id, into_id) VALUES ($1, $2) "
                         "ON CONFLICT (story_id) DO UPDATE SET into_id = excluded.into_id",
                         Parameters(merge.from, merge.into)));
  tell(transaction, EventKind::StoryMerged, merge.from, story->second);
  return {};
}

Result<void> write_places(Connection& connection, const StoryStep& step) {
  Parameters removed, placed;
  for (const ArticleId id : step.removed) removed.add(id);
  for (const StoryArticle& place : step.placed) add_place(placed, place);
  TRY(connection.execute_many("DELETE FROM story_articles WHERE article_id = $1", removed, 1));
  TRY(connection.execute_many(kWritePlace, placed, kPlaceColumnCount));
  return {};
}

Result<void> write_stories(Transaction& transaction, const StoryStep& step,
                           const KnownStories& known) {
  Parameters rows, ids;
  for (const Story& story : step.stories) {
    add_story(rows, story);
    ids.add(story.id);
    const bool is_new = !known.contains(story.id);
    tell(transaction, is_new ? EventKind::StoryOpened : EventKind::StoryUpdated, story.id,
         {.language = story.language, .updated_at = story.updated_at});
  }
  Connection& connection = transaction.connection();
  TRY(connection.execute_many(kWriteStory, rows, kStoryColumnCount));
  TRY(connection.execute_many("DELETE FROM story_redirects WHERE story_id = $1", ids, 1));
  return {};
}

}  // namespace

Error changed_meanwhile() {
  return {ErrorKind::Conflict, "stories were changed by another meanwhile", {}};
}

Result<void> take_version(Transaction& transaction, std::int64_t version) {
  const Rows rows = TRY(transaction.connection().execute(
      "UPDATE story_state SET version = version + 1 WHERE id = 1 AND version = $1",
      Parameters(version)));
  if (rows.affected() == 1) return {};
  return changed_meanwhile();
}

Result<KnownStories> known_stories(Connection& connection, const Parameters& ids) {
  KnownStories known;
  const Rows rows = TRY(connection.execute_many(
      "SELECT id, language, updated_at FROM stories WHERE id = $1", ids, 1));
  for (const Row row : rows) {
    known.emplace(StoryId(row.integer(0)),
                  KnownStory{.language = row.string(1), .updated_at = row.time(2)});
  }
  return known;
}

void tell_of(Transaction& transaction, EventKind kind, const std::vector<StoryId>& ids,
             const KnownStories& known) {
  for (const StoryId id : ids) {
    const auto story = known.find(id);
    if (story != known.end()) tell(transaction, kind, id, story->second);
  }
}

Result<void> remove_stories(Transaction& transaction, const std::vector<StoryId>& ids) {
  Parameters lists;
  for (const StoryId id : ids) lists.add(id);
  Connection& connection = transaction.connection();
  const KnownStories known = TRY(known_stories(connection, lists));
  TRY(connection.execute_many("DELETE FROM stories WHERE id = $1", lists, 1));
  TRY(connection.execute_many("DELETE FROM story_redirects WHERE into_id = $1", lists, 1));
  TRY(remove_links(connection, lists));
  tell_of(transaction, EventKind::StoryRemoved, ids, known);
  return {};
}

Result<void> write_step(Transaction& transaction, const StoryStep& step) {
  TRY(take_version(transaction, step.version));
  TRY(write_journal(transaction, step));
  Parameters ids;
  for (const Story& story : step.stories) ids.add(story.id);
  for (const StoryMerge& merge : step.merges) ids.add(merge.from);
  const KnownStories known = TRY(known_stories(transaction.connection(), ids));
  for (const StoryMerge& one : step.merges) TRY(merge(transaction, one, step, known));
  TRY(write_places(transaction.connection(), step));
  TRY(write_stories(transaction, step, known));
  TRY(remove_stories(transaction, step.gone));
  return write_links(transaction, step);
}

}  // namespace tidings::sql
