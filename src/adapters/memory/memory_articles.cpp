#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {

ArticleSummary stored(ArticleSummary summary) {
  for (std::string* text : {&summary.url, &summary.title, &summary.summary, &summary.image,
                            &summary.comments_url, &summary.rights}) {
    *text = stored(*text);
  }
  summary.language = stored_tag(summary.language);
  summary.country = stored_tag(summary.country);
  for (Person& author : summary.authors) {
    author = {stored(author.name), stored(author.email), stored(author.url)};
  }
  for (std::string& category : summary.categories) category = stored(category);
  summary.analysis = {};
  return summary;
}

bool matches(const ArticleSummary& article, const ArticleQuery& query) {
  if (query.source_id && article.source_id != *query.source_id) return false;
  if (!query.language.empty() && !language_matches(query.language, article.language)) return false;
  if (!query.country.empty() && article.country != query.country) return false;
  if (query.since && article.published < *query.since) return false;
  if (query.until && article.published >= *query.until) return false;
  return true;
}

namespace {

constexpr std::size_t kRevisionsKept = 10;

class MemoryArticleStore final : public ArticleStore {
 public:
  explicit MemoryArticleStore(State& state) : state_(state) {}

  Result<std::vector<IngestOutcome>> ingest(std::span<const IngestBatch> batches) override {
    MutexLock lock(state_.mutex);
    std::vector<IngestOutcome> outcomes;
    for (const IngestBatch& batch : batches) outcomes.push_back(ingest_one(batch));
    return outcomes;
  }

  Result<bool> knows_any(SourceId source_id, std::span<const Hash128> keys) const override {
    MutexLock lock(state_.mutex);
    return std::any_of(keys.begin(), keys.end(), [&](const Hash128& key) REQUIRES(state_.mutex) {
      return state_.identities.contains({source_id, key});
    });
  }

  Result<ArticlePage> find(const ArticleQuery& query) const override {
    MutexLock lock(state_.mutex);
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 500);
    ArticlePage page;
    auto at = query.after
                  ? state_.by_published.lower_bound({query.after->published, query.after->id})
                  : state_.by_published.end();
    while (at != state_.by_published.begin()) {
      --at;
      const ArticleSummary& article = state_.articles.at(at->second).article.summary;
      if (!matches(article, query) || !state_.has_terms(article.id, query.terms) ||
          !is_in(article.id, query.story_id)) {
        continue;
      }
      if (page.articles.size() == limit) {
        const ArticleSummary& last = page.articles.back();
        page.next = {.published = last.published, .id = last.id};
        break;
      }
      page.articles.push_back(article);
    }
    return page;
  }

  Result<Article> get(ArticleId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.articles.find(id);
    if (found == state_.articles.end()) return missing(id);
    return found->second.article;
  }

  Result<std::vector<Article>> get_whole(std::span<const ArticleId> ids) const override {
    MutexLock lock(state_.mutex);
    std::vector<Article> articles;
    for (const ArticleId id : ids) {
      const auto found = state_.articles.find(id);
      if (found != state_.articles.end()) articles.push_back(found->second.article);
    }
    return articles;
  }

  Result<std::vector<ArticleSummary>> get_many(std::span<const ArticleId> ids) const override {
    MutexLock lock(state_.mutex);
    std::vector<ArticleSummary> articles;
    for (const ArticleId id : ids) {
      const auto found = state_.articles.find(id);
      if (found != state_.articles.end()) articles.push_back(found->second.article.summary);
    }
    return articles;
  }

  Result<std::vector<ArticleId>> ids(ArticleId after, std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<ArticleId> ids;
    const std::size_t count = std::clamp<std::size_t>(limit, 1, kArticleIdsMax);
    for (auto at = state_.articles.upper_bound(after);
         at != state_.articles.end() && ids.size() < count; ++at)
      ids.push_back(at->first);
    return ids;
  }

  Result<std::vector<ArticleRevision>> revisions(ArticleId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.articles.find(id);
    if (found == state_.articles.end()) return missing(id);
    const auto& kept = found->second.revisions;
    return std::vector<ArticleRevision>(kept.begin(), kept.end());
  }

  Result<void> remove(ArticleId id) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.articles.find(id);
    if (found == state_.articles.end()) return missing(id);
    erase(found);
    return {};
  }

  Result<void> set_kept(ArticleId id, bool kept) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.articles.find(id);
    if (found == state_.articles.end()) return missing(id);
    found->second.kept = kept;
    return {};
  }

  Result<RetentionOutcome> apply_retention(const RetentionRequest& request) override {
    MutexLock lock(state_.mutex);
    RetentionOutcome outcome;
    remove_articles(request, outcome);
    remove_bodies(request, outcome);
    return outcome;
  }

  Result<ArticleCounts> counts() const override {
    MutexLock lock(state_.mutex);
    ArticleCounts counts;
    counts.articles = static_cast<std::int64_t>(state_.articles.size());
    counts.sources = static_cast<std::int64_t>(state_.sources.size());
    counts.body_bytes = body_bytes();
    counts.sources_failing = std::ranges::count_if(state_.sources, [](const auto& entry) {
      return health(entry.second.source) == SourceHealth::Failing;
    });
    return counts;
  }

 private:
  using Found = std::map<ArticleId, StoredArticle>::iterator;

  static Error missing(ArticleId id) {
    return not_found("article " + to_text(id) + " is not there");
  }

  IngestOutcome ingest_one(const IngestBatch& batch) REQUIRES(state_.mutex) {
    IngestOutcome outcome;
    const auto source = state_.sources.find(batch.source_id);
    outcome.superseded =
        source == state_.sources.end() || is_superseded(batch, source->second.source.settings);
    if (source != state_.sources.end() && !batch.is_pushed) {
      source->second.lease_owner.clear();
      source->second.lease_until = {};
    }
    if (outcome.superseded) return outcome;
    for (const NewArticle& article : batch.articles) take(batch.source_id, article, outcome);
    if (batch.is_pushed) return outcome;
    const std::optional<EventKind> change = health_event(source->second.source, batch.state);
    source->second.source.state = batch.state;
    if (!outcome.added.empty()) {
      source->second.source.state.last_new_at = state_.clock.now();
      source->second.source.state.record.note_new_articles();
    }
    if (change) state_.append(*change, batch.source_id);
    return outcome;
  }

  void take(SourceId source, const NewArticle& article, IngestOutcome& outcome)
      REQUIRES(state_.mutex) {
    const std::vector<Hash128> keys = keys_of(article);
    ArticleSummary given = stored(article.article.summary);
    if (!article.has_own_address) given.url.clear();
    for (std::size_t rank = 0; rank < keys.size(); ++rank) {
      const auto identity = state_.identities.find({source, keys[rank]});
      if (identity == state_.identities.end()) continue;
      const ArticleId id = identity->second.article_id;
      const auto found = state_.articles.find(id);
      if (found == state_.articles.end() || identity->second.content_hash == article.content_hash) {
        ++outcome.known;
        return;
      }
      if (!is_same_article(traits(found->second.article.summary), traits(given), rank == 0,
                           keys.size() > 1)) {
        continue;
      }
      edit(found->second, article);
      remember(source, article, id, /*takes_over=*/false);
      outcome.edited.push_back(id);
      return;
    }
    const ArticleId id = add(source, article);
    remember(source, article, id, /*takes_over=*/true);
    outcome.added.push_back(id);
  }

  static std::vector<Hash128> keys_of(const NewArticle& article) {
    std::vector<Hash128> keys = {article.identity};
    keys.insert(keys.end(), article.aliases.begin(), article.aliases.end());
    return keys;
  }

  static ArticleTraits traits(const ArticleSummary& summary) {
    return {.title = summary.title, .url = summary.url, .published = summary.published};
  }

  void remember(SourceId source, const NewArticle& article, ArticleId id, bool takes_over)
      REQUIRES(state_.mutex) {
    const std::vector<Hash128> keys = keys_of(article);
    for (std::size_t rank = 0; rank < keys.size(); ++rank) {
      const auto known = state_.identities.find({source, keys[rank]});
      const bool is_its_own = known != state_.identities.end() && known->second.article_id == id;
      const bool is_free = known == state_.identities.end() || takes_over;
      if (is_its_own || (is_free && rank < kIdentitiesKept)) {
        state_.identities[{source, keys[rank]}] = {id, article.content_hash};
      }
    }
  }

  ArticleId add(SourceId source, const NewArticle& article) REQUIRES(state_.mutex) {
    const ArticleId id{state_.next_id()};
    StoredArticle& kept = state_.articles[id];
    kept.article.summary = stored(article.article.summary);
    kept.article.body = article.article.body;
    ArticleSummary& summary = kept.article.summary;
    summary.id = id;
    summary.source_id = source;
    summary.added_at = state_.clock.now();
    summary.published = std::min(summary.published, summary.added_at);
    summary.revision = 1;
    state_.by_published.emplace(summary.published, id);
    state_.append(EventKind::ArticleAdded, summary);
    state_.want_page(article, summary);
    return id;
  }

  void edit(StoredArticle& kept, const NewArticle& article) REQUIRES(state_.mutex) {
    ArticleSummary& summary = kept.article.summary;
    kept.revisions.push_front({.revision = summary.revision,
                               .replaced_at = state_.clock.now(),
                               .title = summary.title,
                               .url = summary.url,
                               .content_html = kept.article.body.content_html});
    if (kept.revisions.size() > kRevisionsKept) kept.revisions.pop_back();
    ArticleSummary edited = stored(article.article.summary);
    edited.id = summary.id;
    edited.source_id = summary.source_id;
    edited.added_at = summary.added_at;
    edited.published = summary.published;
    edited.revision = summary.revision + 1;
    edited.analysis = std::move(summary.analysis);
    summary = std::move(edited);
    kept.article.body = article.article.body;
    kept.has_body = true;
    state_.append(EventKind::ArticleEdited, summary);
    state_.want_page(article, summary);
  }

  bool is_in(ArticleId id, std::optional<StoryId> story) const REQUIRES(state_.mutex) {
    if (!story) return true;
    const auto place = state_.story_places.find(id);
    return place != state_.story_places.end() && place->second.story_id == *story;
  }

  Found erase(Found found) REQUIRES(state_.mutex) {
    const ArticleSummary& summary = found->second.article.summary;
    state_.by_published.erase({summary.published, summary.id});
    state_.append(EventKind::ArticleDeleted, summary);
    state_.page_jobs.erase(summary.id);
    state_.analyses.erase(summary.id);
    for (auto& [search, matches] : state_.search_matches) matches.erase(summary.id);
    return state_.articles.erase(found);
  }

  void remove_articles(const RetentionRequest& request, RetentionOutcome& outcome)
      REQUIRES(state_.mutex) {
    for (auto at = state_.articles.begin(); at != state_.articles.end();) {
      const bool is_old =
          request.articles_before && at->second.article.summary.added_at < *request.articles_before;
      const bool is_over =
          request.articles_max &&
          static_cast<std::int64_t>(state_.articles.size()) > *request.articles_max;
      if (rows(outcome) >= request.rows_max || (!is_old && !is_over)) return;
      if (at->second.kept) {
        ++at;
        continue;
      }
      state_.rollups.forget(at->first, at->second.article.summary.published);
      at = erase(at);
      ++outcome.articles_removed;
    }
  }

  std::int64_t body_bytes() const REQUIRES(state_.mutex) {
    std::int64_t bytes = 0;
    for (const auto& [id, stored] : state_.articles) bytes += stored.body_bytes();
    return bytes;
  }

  void remove_bodies(const RetentionRequest& request, RetentionOutcome& outcome)
      REQUIRES(state_.mutex) {
    std::int64_t bytes = body_bytes();
    for (auto& [id, kept] : state_.articles) {
      const bool is_old =
          request.bodies_before && kept.article.summary.added_at < *request.bodies_before;
      const bool is_over = request.body_bytes_max && bytes > *request.body_bytes_max;
      if (rows(outcome) >= request.rows_max || (!is_old && !is_over)) return;
      if (kept.kept || !kept.has_body) continue;
      bytes -= kept.body_bytes();
      kept.article.body = {};
      for (ArticleRevision& revision : kept.revisions) revision.content_html.clear();
      kept.has_body = false;
      ++outcome.bodies_removed;
    }
  }

  static std::size_t rows(const RetentionOutcome& outcome) {
    return static_cast<std::size_t>(outcome.articles_removed + outcome.bodies_removed);
  }

  State& state_;
};

}  // namespace

std::unique_ptr<ArticleStore> make_article_store(State& state) {
  return std::make_unique<MemoryArticleStore>(state);
}

}  // namespace tidings::memory
