// Where articles live. Adapters: sqlite and postgres (one repository over two drivers), memory.
// Every adapter passes tests/contract/article_store_contract.h: that suite is the definition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/article.h"
#include "model/event.h"
#include "model/source.h"

namespace tidings {

// A refresh of one source: what it brought, and what to remember for the next.
struct IngestBatch {
  SourceId source_id{};
  // The source's address and access when it was fetched; an empty address: not compared.
  std::string source_url;
  std::string source_access;
  std::vector<NewArticle>
      articles;       // at most 10,000; of two with one key the later is an edit of the earlier
  SourceState state;  // validators, next due time, health
  bool is_pushed = false;  // by a hub: the source's state and lease stay, `state` is not looked at
};

struct IngestOutcome {
  std::vector<ArticleId> added;  // in the order of the batch
  std::vector<ArticleId> edited;
  std::size_t known = 0;  // there already, unchanged; or deleted, and so left out
  // The source was removed or got another address or access meanwhile: nothing was stored. A lease
  // ends all the same, so that the new address is not kept waiting.
  bool superseded = false;
};

struct ArticleQuery {
  std::optional<SourceId> source_id;
  std::optional<StoryId> story_id;
  std::string language;  // empty: any. Exact BCP 47 tag, or a primary subtag that matches its
                         // regions ("pt": pt, pt-BR)
  std::string country;
  std::vector<std::string> terms;  // analysis_store.h; an article has all of them. At most 8
  std::optional<Time> since;       // published at or after
  std::optional<Time> until;       // published before
  struct Position {                // the last article of the page before
    Time published;
    ArticleId id;
  };
  std::optional<Position> after;
  std::size_t limit = 50;  // 1 to 500; others are moved there
};

struct ArticlePage {
  std::vector<ArticleSummary> articles;
  std::optional<ArticleQuery::Position> next;  // absent on the last page
};

struct ArticleRevision {
  std::int32_t revision = 1;  // the number it had while it was the present form
  Time replaced_at{};
  std::string title, url;
  std::string content_html;  // empty where retention had dropped the body
};

struct ArticleCounts {
  std::int64_t articles = 0;
  std::int64_t sources = 0;
  std::int64_t sources_failing = 0;  // SourceHealth::Failing
  std::int64_t body_bytes = 0;       // what RetentionRequest::body_bytes_max bounds
};

// What goes: by age of added_at, and oldest first where a count is above its limit. Absent: kept
// for ever. What is kept counts towards the limits, though it never goes. Bytes are as stored:
// compressed where the store compresses.
struct RetentionRequest {
  std::optional<Time> bodies_before;
  std::optional<Time> articles_before;
  std::optional<std::int64_t> articles_max;
  std::optional<std::int64_t> body_bytes_max;
  std::size_t rows_max =
      1000;  // per call, so that a call stays short; call again while anything was removed
};

struct RetentionOutcome {
  std::int64_t bodies_removed = 0;  // of articles that stay
  std::int64_t articles_removed = 0;
};

inline constexpr std::size_t kArticleIdsMax = 10'000;

// Safe to call from many threads. A call that returned success survives a crash.
// Unavailable when the store is locked, full or away: the call may be repeated. Nothing was changed
// then, except that a connection lost during a commit leaves open whether it took place: a repeated
// ingest finds its articles known. Texts are kept as storable_text() says, the content of bodies
// byte for byte.
class ArticleStore {
 public:
  virtual ~ArticleStore() = default;

  // Stores refreshes of several sources in one commit (group commit): new and changed articles,
  // their identities, their events and each source's state. All or nothing. One outcome per batch,
  // in order. An entry that the source had before, found by its identity or else by an alias, is
  // known when its content hash is the same, else an edit where is_same_article() says so: the
  // article keeps its id, added_at and published, and what it was goes to its revisions (the last
  // 10 are kept). Else it is a new article, and takes the keys over. A time of publication after
  // added_at becomes added_at.
  // A refresh that brings something new sets its source's last_new_at to the time of the commit,
  // and says so in its record. A deleted article stays deleted: its keys are remembered.
  virtual Result<std::vector<IngestOutcome>> ingest(std::span<const IngestBatch> batches) = 0;

  // Whether any of these keys led to an article of the source before, also to one that was deleted.
  virtual Result<bool> knows_any(SourceId source_id, std::span<const Hash128> keys) const = 0;

  // Newest first by published; equal times are ordered by id, larger first, so that pages never
  // repeat or skip.
  virtual Result<ArticlePage> find(const ArticleQuery& query) const = 0;

  // NotFound. The body is empty where retention dropped it.
  virtual Result<Article> get(ArticleId id) const = 0;

  // Whole articles in the order of `ids`; those that do not exist are left out. All of them are in
  // memory at once: ask for few.
  virtual Result<std::vector<Article>> get_whole(std::span<const ArticleId> ids) const = 0;

  // Summaries in the order of `ids`; those that do not exist are left out.
  virtual Result<std::vector<ArticleSummary>> get_many(std::span<const ArticleId> ids) const = 0;

  // Ascending, after `after`; `limit` is 1 to kArticleIdsMax, others are moved there.
  virtual Result<std::vector<ArticleId>> ids(ArticleId after, std::size_t limit) const = 0;

  // Newest first; without the present form. NotFound.
  virtual Result<std::vector<ArticleRevision>> revisions(ArticleId id) const = 0;

  // NotFound.
  virtual Result<void> remove(ArticleId id) = 0;

  // Kept articles are never removed by retention. NotFound.
  virtual Result<void> set_kept(ArticleId id, bool kept) = 0;

  // Removes what the request says, never what is kept; articles removed this way are ArticleDeleted
  // events and stay deleted.
  virtual Result<RetentionOutcome> apply_retention(const RetentionRequest& request) = 0;

  virtual Result<ArticleCounts> counts() const = 0;
};

}  // namespace tidings
