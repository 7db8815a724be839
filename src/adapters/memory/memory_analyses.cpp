#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemoryAnalysisStore final : public AnalysisStore {
 public:
  explicit MemoryAnalysisStore(State& state) : state_(state) {}

  Result<void> save(std::span<const AnalyzedArticle> articles, const CursorMove* move) override {
    MutexLock lock(state_.mutex);
    if (move != nullptr) TRY(state_.advance(*move));
    for (const AnalyzedArticle& article : articles) save_one(article);
    return {};
  }

  Result<AnalyzedArticle> get(ArticleId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.analyses.find(id);
    if (found == state_.analyses.end())
      return not_found("article " + to_text(id) + " was not analyzed");
    return found->second.analyzed;
  }

  Result<std::vector<AnalyzedArticle>> get_many(std::span<const ArticleId> ids) const override {
    MutexLock lock(state_.mutex);
    std::vector<AnalyzedArticle> analyzed;
    for (const ArticleId id : ids) {
      const auto found = state_.analyses.find(id);
      if (found != state_.analyses.end()) analyzed.push_back(found->second.analyzed);
    }
    return analyzed;
  }

  Result<std::vector<ArticleId>> outdated(std::int32_t analyzers, ArticleId after,
                                          std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<ArticleId> ids;
    for (auto at = state_.articles.upper_bound(after);
         at != state_.articles.end() && ids.size() < limit; ++at) {
      if (is_outdated(at->first, analyzers)) ids.push_back(at->first);
    }
    return ids;
  }

  Result<std::int64_t> count_outdated(std::int32_t analyzers) const override {
    MutexLock lock(state_.mutex);
    return std::ranges::count_if(state_.articles, [&](const auto& entry) REQUIRES(state_.mutex) {
      return is_outdated(entry.first, analyzers);
    });
  }

  Result<bool> begin_renewal() override {
    MutexLock lock(state_.mutex);
    if (state_.renewal) return false;
    state_.renewal = state_.clock.now();
    return true;
  }

  Result<void> end_renewal() override {
    MutexLock lock(state_.mutex);
    state_.renewal.reset();
    return {};
  }

 private:
  bool is_outdated(ArticleId id, std::int32_t analyzers) const REQUIRES(state_.mutex) {
    const auto found = state_.analyses.find(id);
    return found == state_.analyses.end() || found->second.analyzed.analyzers < analyzers ||
           (state_.renewal && found->second.analyzed.analyzed_at < *state_.renewal);
  }

  void save_one(const AnalyzedArticle& analyzed) REQUIRES(state_.mutex) {
    const auto found = state_.articles.find(analyzed.article_id);
    if (found == state_.articles.end()) return;
    ArticleSummary& article = found->second.article.summary;
    if (article.revision != analyzed.revision) return;
    if (article.language.empty() && analyzed.analysis.language.code != "und")
      article.language = analyzed.analysis.language.code;
    StoredAnalysis& kept = state_.analyses[analyzed.article_id];
    kept.analyzed = analyzed;
    kept.analyzed.analyzed_at = state_.clock.now();
    kept.terms = terms_of(analyzed.analysis, article.authors);
    article.analysis = brief_of(analyzed.analysis);
    state_.append(EventKind::ArticleAnalyzed, article);
  }

  State& state_;
};

}  // namespace

std::unique_ptr<AnalysisStore> make_analysis_store(State& state) {
  return std::make_unique<MemoryAnalysisStore>(state);
}

}  // namespace tidings::memory
