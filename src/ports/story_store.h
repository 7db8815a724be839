// Stories, which article belongs to which, and what the grouping needs to go on after a restart.
// Adapters: sqlite and postgres (one repository), memory. Every adapter passes
// tests/contract/story_store_contract.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/story.h"
#include "ports/article_store.h"
#include "ports/event_log.h"

namespace tidings {

// All articles of `from` belong to `into`, and who asks for `from` is sent there.
struct StoryMerge {
  StoryId from{};
  StoryId into{};
  friend bool operator==(const StoryMerge&, const StoryMerge&) = default;
};

// All links that a story has now, instead of those it had.
struct LinksOfStory {
  StoryId story{};
  std::vector<StoryLink> links;
};

// What is kept of a story's links: the strongest kStoryLinksMax, of each the first kLinkEvidenceMax
// pieces of evidence, of their texts kLinkTextBytesMax bytes.
inline constexpr std::size_t kStoryLinksMax = 8, kLinkEvidenceMax = 12, kLinkTextBytesMax = 200;

// What a batch of events, or of a backfill, came to. Written in this order: merges, removals,
// places, stories, stories that are gone, links. A link is kept where both stories are there then.
// Those of a story that merged go; those of others to it lead to what it became, unless they did
// already or come from there. Those of and to a story that is gone go.
struct StoryStep {
  std::int64_t version = 0;          // of the state that it starts from: apply() makes it one more
  std::vector<StoryMerge> merges;    // in order
  std::vector<ArticleId> removed;    // that have no place any more
  std::vector<StoryArticle> placed;  // new ones, and those that changed
  std::vector<Story> stories;        // as they are now, each once
  std::vector<StoryId> gone;         // without articles
  std::vector<LinksOfStory> links;   // each story once
  std::string journal;               // what the grouping was given; may be empty
  std::int64_t journal_articles = 0;
  std::optional<ArticleId> backfilled_to;  // of a backfill: where it goes on
};

// How far the grouping is, and what it is restored from: the checkpoint, then the journal after it.
struct StoryState {
  std::int64_t version = 0;  // 0: nothing ever happened
  std::string checkpoint;    // a key of the object store; empty: there is none yet
  std::int64_t checkpoint_version = 0;
  std::int64_t journal_bytes = 0, journal_articles = 0;
  // A backfill is under way: articles up to here are grouped. The zero id: what was before is still
  // being cleared.
  std::optional<ArticleId> backfilled_to;
  friend bool operator==(const StoryState&, const StoryState&) = default;
};

struct StoryJournal {
  std::int64_t version = 0;  // of the state after it
  std::string content;
};

enum class StorySort : std::uint8_t { Rank, Newest, Size };

struct StoryQuery {
  StorySort sort = StorySort::Rank;
  // Of articles: a story is found when at least a quarter of its articles are as asked for. Looked
  // at are the newest kStoryCandidatesMax of these.
  std::vector<std::string> terms;  // as in ArticleQuery
  std::optional<SourceId> source_id;
  std::string country;               // of the source
  std::string language;              // primary tag
  std::optional<Time> since, until;  // updated_at in [since, until)
  std::int64_t publishers_min = 1;
  struct Position {        // the last story of the page before
    std::int64_t key = 0;  // microseconds, or articles
    StoryId id{};
    friend bool operator==(const Position&, const Position&) = default;
  };
  std::optional<Position> after;
  std::size_t limit = 50;  // 1 to 500; others are moved there
};
inline constexpr std::size_t kStoryCandidatesMax = 5'000;

struct StoryPage {
  std::vector<Story> stories;                // largest key first, of equals the larger id
  std::optional<StoryQuery::Position> next;  // absent on the last page
};

// What is kept of the links of `story`, the strongest first: none to itself, each other once.
std::vector<StoryLink> kept_links(StoryId story, std::vector<StoryLink> links);
// The same link as the other story has it, where this is one of `story`.
StoryLink turned_round(StoryLink link, StoryId story);
// What StoryStore::links() gives of a story's own links and those that others have to it, turned
// round.
std::vector<StoryLink> joined_links(std::vector<StoryLink> own, std::vector<StoryLink> of_others);

// Where a page ends that ends with this story.
StoryQuery::Position position_of(const Story& story, StorySort sort);

struct StoryMembers {
  std::vector<StoryMember> members;  // the newest, oldest first
  std::int64_t articles = 0;         // all
};

struct StoryPlacement {
  StoryArticle place;
  std::int64_t story_articles = 0;
};

// Where an article stands, in short: for lists.
struct StoryMark {
  ArticleId article_id{};
  StoryId story_id{};
  std::optional<ArticleId> copy_of;
  std::int64_t story_articles = 0;
  friend bool operator==(const StoryMark&, const StoryMark&) = default;
};

// Safe to call from many threads. A call that returned success survives a crash.
class StoryStore {
 public:
  virtual ~StoryStore() = default;

  // One commit with the consumer's step where there is one, and an event for each story that
  // changed: StoryOpened for one that was not there, StoryUpdated, StoryMerged, StoryRemoved. A
  // story that `step.links` gives links of, or leads to for the first time, has changed.
  // Conflict, and nothing done, when the state is not at `step.version` or as CursorMove says.
  virtual Result<void> apply(const StoryStep& step, const CursorMove* move) = 0;

  virtual Result<StoryState> state() const = 0;
  // After `after`, in order.
  virtual Result<std::vector<StoryJournal>> journal(std::int64_t after,
                                                    std::size_t limit) const = 0;
  // The journal up to there is in the object `key`: it is dropped. Conflict when there is a later
  // checkpoint, or the state is before it.
  virtual Result<void> set_checkpoint(const std::string& key, std::int64_t version) = 0;

  // All stories are to be made anew: the state begins at the next version without checkpoint and
  // journal, and the consumer's cursor goes to the head of the log. Conflict as apply().
  virtual Result<void> begin_backfill(std::int64_t version, const std::string& consumer) = 0;
  // Removes up to `limit` places and as many stories, with their events. False when there is
  // nothing left. Corrections stay. Conflict when the state is not at `version` any more.
  virtual Result<bool> clear(std::int64_t version, std::size_t limit) = 0;
  virtual Result<void> end_backfill(std::int64_t version) = 0;  // Conflict as apply()
  // Who may take the steps of a backfill: true for `owner` until `until`, where nobody else may at
  // `now`.
  virtual Result<bool> claim_backfill(const std::string& owner, Time now, Time until) = 0;
  // Articles that were analyzed: ascending, after `after`.
  virtual Result<std::vector<ArticleId>> analyzed(ArticleId after, std::size_t limit) const = 0;
  virtual Result<std::int64_t> count_analyzed(ArticleId after) const = 0;

  // Keeps what a person said, and appends a StoryCorrected event that tells of it.
  virtual Result<StoryCorrectionId> correct(const StoryCorrection& correction) = 0;
  virtual Result<StoryCorrection> correction(StoryCorrectionId id) const = 0;  // NotFound
  virtual Result<std::vector<StoryCorrection>> corrections() const = 0;        // all, by id

  virtual Result<StoryPage> find(const StoryQuery& query) const = 0;
  virtual Result<Story> get(StoryId id) const = 0;  // NotFound
  // Those that are there, in the order of `ids`.
  virtual Result<std::vector<Story>> get_many(std::span<const StoryId> ids) const = 0;
  // The story that a merged one became.
  virtual Result<std::optional<StoryId>> merged_into(StoryId id) const = 0;
  // What its own links say, and those of others to it, with the evidence as this story writes it:
  // each other story once, as its own link says where there is one. The strongest first, equal ones
  // by id; at most kStoryLinksMax. None for a story that is not there.
  virtual Result<std::vector<StoryLink>> links(StoryId id) const = 0;
  // For each of `ids`, in their order; of articles that are there. Times equal: by id.
  virtual Result<std::vector<StoryMembers>> members(std::span<const StoryId> ids,
                                                    std::size_t limit) const = 0;
  // Of those that have a place, in the order of `ids`.
  virtual Result<std::vector<StoryPlacement>> placements(std::span<const ArticleId> ids) const = 0;
  // The same in short, at a fraction of the cost: without the reasons.
  virtual Result<std::vector<StoryMark>> marks(std::span<const ArticleId> ids) const = 0;
  // Of all articles of these stories, each once, by article.
  virtual Result<std::vector<StoryMark>> marks_in(std::span<const StoryId> stories) const = 0;
};

}  // namespace tidings
