// What the memory stores share: one mutex, and the rows it guards.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/memory/rollup_table.h"
#include "adapters/memory/story_links.h"
#include "core/mutex.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::memory {

struct StoredArticle {
  Article article;
  bool has_body = true;
  bool kept = false;
  std::deque<ArticleRevision> revisions;  // newest first

  std::int64_t body_bytes() const {
    if (!has_body) return 0;
    std::size_t bytes = article.body.content_html.size() + article.body.text.size();
    for (const ArticleRevision& revision : revisions) bytes += revision.content_html.size();
    return static_cast<std::int64_t>(bytes);
  }
};

struct StoredSource {
  Source source;
  std::string lease_owner;
  Time lease_until{};
};

struct StoredPageJob {
  PageJob job;
  Time due_at{};
  std::string lease_owner;
  Time lease_until{};
};

struct StoredAnalysis {
  AnalyzedArticle analyzed;
  std::vector<std::string> terms;  // sorted
};

struct StoredIdentity {
  ArticleId article_id{};
  std::uint64_t content_hash = 0;
};

struct State {
  explicit State(const Clock& the_clock) : clock(the_clock) {}

  const Clock& clock;
  mutable Mutex mutex;

  std::map<ArticleId, StoredArticle> articles GUARDED_BY(mutex);
  std::set<std::pair<Time, ArticleId>> by_published GUARDED_BY(mutex);
  std::map<std::pair<SourceId, Hash128>, StoredIdentity> identities GUARDED_BY(mutex);
  std::map<ArticleId, StoredAnalysis> analyses GUARDED_BY(mutex);
  std::optional<Time> renewal GUARDED_BY(mutex);  // when it began
  std::map<SourceId, StoredSource> sources GUARDED_BY(mutex);
  std::map<ArticleId, StoredPageJob> page_jobs GUARDED_BY(mutex);
  std::unordered_map<std::string, SourceId> sources_by_url GUARDED_BY(mutex);
  std::deque<Event> events GUARDED_BY(mutex);
  EventSequence head GUARDED_BY(mutex){};
  std::map<std::string, EventSequence> cursors GUARDED_BY(mutex);
  std::map<DeadLetterId, DeadLetter> dead_letters GUARDED_BY(mutex);
  std::map<std::tuple<Time, SourceId, std::string>, std::int64_t> hourly GUARDED_BY(mutex);
  RollupTable rollups GUARDED_BY(mutex);
  std::map<std::string, SealedSecret> secrets GUARDED_BY(mutex);
  std::map<SourceId, PushSubscription> pushes GUARDED_BY(mutex);
  std::map<StoryId, Story> stories GUARDED_BY(mutex);
  std::map<ArticleId, StoryArticle> story_places GUARDED_BY(mutex);
  std::map<StoryId, StoryId> story_redirects GUARDED_BY(mutex);
  StoryLinkTable story_links GUARDED_BY(mutex);
  std::map<std::int64_t, std::string> story_journal GUARDED_BY(mutex);
  std::map<StoryCorrectionId, StoryCorrection> story_corrections GUARDED_BY(mutex);
  std::map<SavedSearchId, SavedSearch> saved_searches GUARDED_BY(mutex);
  std::map<SavedSearchId, std::map<ArticleId, Time>> search_matches GUARDED_BY(mutex);
  std::map<std::string, StoredRatings> ratings GUARDED_BY(mutex);  // by owner
  TrendList trends GUARDED_BY(mutex);
  TrendCheckpoint trend_checkpoint GUARDED_BY(mutex);
  StoryState story_state GUARDED_BY(mutex);
  std::string story_lease_owner GUARDED_BY(mutex);
  Time story_lease_until GUARDED_BY(mutex){};
  std::int64_t last_id GUARDED_BY(mutex) = 0;

  std::int64_t next_id() REQUIRES(mutex);
  void append(EventKind kind, const ArticleSummary& article) REQUIRES(mutex);
  void append(EventKind kind, SourceId source) REQUIRES(mutex);
  void append(EventKind kind, const Event& about) REQUIRES(mutex);
  // Leaves the page of a new or edited article to be read, where it wants that.
  void want_page(const NewArticle& article, const ArticleSummary& stored) REQUIRES(mutex);
  Result<void> advance(const CursorMove& move) REQUIRES(mutex);
  // Whether the article has all of these, by its analysis.
  bool has_terms(ArticleId id, const std::vector<std::string>& terms) const REQUIRES(mutex);
};

// The text, the language or the country, and all of a summary, as every store keeps it.
std::string stored(std::string_view text);
std::string stored_tag(std::string_view tag);
ArticleSummary stored(ArticleSummary summary);

std::unique_ptr<ArticleStore> make_article_store(State& state);
std::unique_ptr<AnalysisStore> make_analysis_store(State& state);
std::unique_ptr<SourceStore> make_source_store(State& state);
std::unique_ptr<EventLog> make_event_log(State& state);
std::unique_ptr<RollupStore> make_rollup_store(State& state);
std::unique_ptr<PageStore> make_page_store(State& state);
std::unique_ptr<SecretStore> make_secret_store(State& state);
std::unique_ptr<PushStore> make_push_store(State& state);
std::unique_ptr<StoryStore> make_story_store(State& state);
std::unique_ptr<SavedSearchStore> make_saved_search_store(State& state);
std::unique_ptr<RatingStore> make_rating_store(State& state);
std::unique_ptr<TrendStore> make_trend_store(State& state);

// Whether the article is what the query asks for, its terms apart.
bool matches(const ArticleSummary& article, const ArticleQuery& query);

}  // namespace tidings::memory
