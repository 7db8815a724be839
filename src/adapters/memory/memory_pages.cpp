#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemoryPageStore final : public PageStore {
 public:
  explicit MemoryPageStore(State& state) : state_(state) {}

  Result<std::vector<PageJob>> claim_due(Time now, std::size_t limit, const std::string& owner,
                                         Time lease_until) override {
    MutexLock lock(state_.mutex);
    std::vector<std::pair<Time, ArticleId>> due;
    for (const auto& [id, kept] : state_.page_jobs) {
      if (kept.due_at <= now && kept.lease_until <= now) due.emplace_back(kept.due_at, id);
    }
    std::ranges::sort(due);
    if (due.size() > limit) due.resize(limit);
    std::vector<PageJob> jobs;
    for (const auto& [due_at, id] : due) {
      StoredPageJob& kept = state_.page_jobs.at(id);
      kept.lease_owner = owner;
      kept.lease_until = lease_until;
      jobs.push_back(kept.job);
    }
    return jobs;
  }

  Result<void> release(const std::string& owner) override {
    MutexLock lock(state_.mutex);
    for (auto& [id, kept] : state_.page_jobs) {
      if (kept.lease_owner == owner) end_lease(kept);
    }
    return {};
  }

  Result<std::optional<Time>> next_due() const override {
    MutexLock lock(state_.mutex);
    const Time now = state_.clock.now();
    std::optional<Time> next;
    for (const auto& [id, kept] : state_.page_jobs) {
      if (kept.lease_until > now) continue;
      if (!next || kept.due_at < *next) next = kept.due_at;
    }
    return next;
  }

  Result<void> complete(const Article& article) override {
    MutexLock lock(state_.mutex);
    const ArticleId id = article.summary.id;
    const auto found = state_.articles.find(id);
    if (found == state_.articles.end()) {
      return not_found("article " + to_text(id) + " is not there");
    }
    const ArticleSummary before = found->second.article.summary;
    if (before.revision != article.summary.revision) {
      return Error{ErrorKind::Conflict,
                   "article " + to_text(id) + " was edited while its page was read",
                   {}};
    }
    Article& kept = found->second.article;
    kept = article;
    kept.summary = stored(article.summary);
    kept.summary.source_id = before.source_id;
    kept.summary.added_at = before.added_at;
    kept.summary.published = before.published;
    found->second.has_body = true;
    state_.append(EventKind::ArticleCompleted, kept.summary);
    state_.page_jobs.erase(id);
    return {};
  }

  Result<void> give_up(ArticleId id) override {
    MutexLock lock(state_.mutex);
    state_.page_jobs.erase(id);
    return {};
  }

  Result<void> postpone(ArticleId id, Time until) override {
    return put_off(id, until, /*attempts=*/1);
  }

  Result<void> put_off(ArticleId id, Time until) override {
    return put_off(id, until, /*attempts=*/0);
  }

  Result<std::int64_t> count() const override {
    MutexLock lock(state_.mutex);
    return static_cast<std::int64_t>(state_.page_jobs.size());
  }

 private:
  static void end_lease(StoredPageJob& kept) {
    kept.lease_owner.clear();
    kept.lease_until = {};
  }

  Result<void> put_off(ArticleId id, Time until, std::int32_t attempts) {
    MutexLock lock(state_.mutex);
    const auto found = state_.page_jobs.find(id);
    if (found == state_.page_jobs.end()) return {};
    found->second.job.attempts += attempts;
    found->second.due_at = until;
    end_lease(found->second);
    return {};
  }

  State& state_;
};

}  // namespace

void State::want_page(const NewArticle& article, const ArticleSummary& stored) {
  if (!article.wants_page || stored.url.empty()) return;
  StoredPageJob& kept = page_jobs[stored.id];
  kept.job = {.article_id = stored.id, .source_id = stored.source_id, .url = stored.url};
  kept.due_at = clock.now();
}

std::unique_ptr<PageStore> make_page_store(State& state) {
  return std::make_unique<MemoryPageStore>(state);
}

}  // namespace tidings::memory
