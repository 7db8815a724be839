#include "adapters/sql/story_links.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "adapters/sql/record_list.h"
#include "adapters/sql/story_step.h"

namespace tidings::sql {
namespace {

constexpr std::string_view kSelectPair =
    "SELECT story_id, linked_id FROM story_links WHERE (story_id = $1 AND linked_id = $2) "
    "OR (story_id = $2 AND linked_id = $1)";
constexpr std::string_view kSelectOwn =
    "SELECT linked_id, score, evidence FROM story_links WHERE story_id = $1";
constexpr std::string_view kInsert =
    "INSERT INTO story_links (story_id, linked_id, score, evidence) VALUES ($1, $2, $3, $4)";

struct LinkRow {
  StoryId story{};
  StoryLink link;
};

std::vector<LinkRow> rows_of(const StoryStep& step) {
  std::vector<LinkRow> rows;
  for (const LinksOfStory& one : step.links) {
    for (StoryLink& link : kept_links(one.story, one.links))
      rows.push_back({.story = one.story, .link = std::move(link)});
  }
  return rows;
}

using Pair = std::pair<StoryId, StoryId>;

Pair unordered(StoryId a, StoryId b) {
  return std::minmax(a, b);
}

// Who is linked with whom already, whichever of them says so.
Result<std::set<Pair>> known_pairs(Connection& connection, std::span<const LinkRow> links) {
  Parameters pairs;
  for (const LinkRow& row : links) pairs.add(row.story, row.link.story);
  std::set<Pair> known;
  const Rows rows = TRY(connection.execute_many(kSelectPair, pairs, 2));
  for (const Row row : rows)
    known.insert(unordered(StoryId(row.integer(0)), StoryId(row.integer(1))));
  return known;
}

std::vector<StoryLink> links_of(const Rows& rows) {
  std::vector<StoryLink> links;
  for (const Row row : rows) {
    links.push_back({.story = StoryId(row.integer(0)),
                     .score = row.real(1),
                     .evidence = decode_records<LinkEvidence>(row.text(2))});
  }
  return links;
}

}  // namespace

const std::string_view kSelectLinksOfOthers =
    "SELECT story_id, score, evidence FROM story_links WHERE linked_id = $1 "
    "ORDER BY score DESC, story_id LIMIT $2";

Result<void> write_links(Transaction& transaction, const StoryStep& step) {
  if (step.links.empty()) return {};
  Connection& connection = transaction.connection();
  std::vector<LinkRow> links = rows_of(step);
  Parameters ids, owners, lists;
  for (const LinksOfStory& one : step.links) {
    ids.add(one.story);
    owners.add(one.story);
  }
  for (const LinkRow& row : links) ids.add(row.link.story);
  const KnownStories there = TRY(known_stories(connection, ids));
  std::erase_if(links, [&](const LinkRow& row) {
    return !there.contains(row.story) || !there.contains(row.link.story);
  });
  const std::set<Pair> before = TRY(known_pairs(connection, links));
  std::set<StoryId> changed;
  for (const LinksOfStory& one : step.links) changed.insert(one.story);
  for (const auto& [story, link] : links) {
    lists.add(story, link.story, link.score, lists.keep(encode_records(link.evidence)));
    if (!before.contains(unordered(story, link.story))) changed.insert(link.story);
  }
  TRY(connection.execute_many("DELETE FROM story_links WHERE story_id = $1", owners, 1));
  TRY(connection.execute_many(kInsert, lists, 4));
  for (const Story& story : step.stories) changed.erase(story.id);
  tell_of(transaction, EventKind::StoryUpdated, {changed.begin(), changed.end()}, there);
  return {};
}

Result<void> merge_links(Connection& connection, const StoryMerge& merge) {
  const Parameters both(merge.from, merge.into);
  TRY(connection.execute("DELETE FROM story_links WHERE story_id = $1", Parameters(merge.from)));
  TRY(
      connection.execute("DELETE FROM story_links WHERE linked_id = $1 AND (story_id = $2 OR "
                         "story_id IN (SELECT story_id FROM story_links WHERE linked_id = $2))",
                         both));
  TRY(connection.execute("UPDATE story_links SET linked_id = $2 WHERE linked_id = $1", both));
  return {};
}

Result<void> remove_links(Connection& connection, const Parameters& ids) {
  TRY(connection.execute_many("DELETE FROM story_links WHERE story_id = $1", ids, 1));
  TRY(connection.execute_many("DELETE FROM story_links WHERE linked_id = $1", ids, 1));
  return {};
}

Result<std::vector<StoryLink>> read_links(Connection& connection, StoryId id) {
  std::vector<StoryLink> own = links_of(TRY(connection.execute(kSelectOwn, Parameters(id))));
  // As many as can count, beside those that say what its own do.
  std::vector<StoryLink> of_others = links_of(
      TRY(connection.execute(kSelectLinksOfOthers, Parameters(id, own.size() + kStoryLinksMax))));
  for (StoryLink& link : of_others) {
    const StoryId other = link.story;
    link = turned_round(std::move(link), other);
  }
  return joined_links(std::move(own), std::move(of_others));
}

}  // namespace tidings::sql
