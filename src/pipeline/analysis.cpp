#include "pipeline/analysis.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "analyze/analyze.h"
#include "analyze/stored_article.h"

namespace tidings::pipeline {
namespace {

// Read in one query, and in memory at once, by each thread.
constexpr std::size_t kArticlesAPart = 8;

AnalyzedArticle analyzed(const Article& article, const analyze::TopicTable* learned) {
  analyze::Article of_stored = analyze::article_of(article);
  of_stored.learned_topics = learned;
  return {.article_id = article.summary.id,
          .revision = article.summary.revision,
          .analyzers = analyze::kAnalyzers,
          .analysis = analyze::analyze(of_stored)};
}

Result<std::vector<AnalyzedArticle>> analyze_part(const ArticleStore& articles,
                                                  std::span<const ArticleId> ids,
                                                  const analyze::TopicTable* learned) {
  std::vector<AnalyzedArticle> found;
  for (const Article& article : TRY(articles.get_whole(ids)))
    found.push_back(analyzed(article, learned));
  return found;
}

// Those that are still there, in the order of `ids`.
Result<std::vector<AnalyzedArticle>> analyze_all(const ArticleStore& articles,
                                                 std::span<const ArticleId> ids,
                                                 BatchWorkers& workers,
                                                 const LearnedTopicTable* learned) {
  const auto table = learned != nullptr ? learned->get() : nullptr;
  const std::size_t parts = (ids.size() + kArticlesAPart - 1) / kArticlesAPart;
  std::vector<std::optional<Result<std::vector<AnalyzedArticle>>>> results(parts);
  const bool is_whole = workers.run(parts, [&](std::size_t part) {
    const std::size_t begin = part * kArticlesAPart;
    const std::size_t count = std::min(kArticlesAPart, ids.size() - begin);
    results[part] = analyze_part(articles, ids.subspan(begin, count), table.get());
  });
  if (!is_whole) return Error{ErrorKind::Unavailable, "stopped", "stopped"};
  std::vector<AnalyzedArticle> all;
  all.reserve(ids.size());
  for (auto& result : results) {
    std::vector<AnalyzedArticle> found = TRY(*std::move(result));
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

bool has_new_words(EventKind kind) {
  return kind == EventKind::ArticleAdded || kind == EventKind::ArticleEdited ||
         kind == EventKind::ArticleCompleted;
}

// Each once, however often it was edited meanwhile.
std::vector<ArticleId> articles_of(std::span<const Event> events) {
  std::vector<ArticleId> ids;
  for (const Event& event : events) {
    if (has_new_words(event.kind)) ids.push_back(ArticleId(event.subject));
  }
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  return ids;
}

}  // namespace

Result<void> AnalyzeConsumer::apply(std::span<const Event> events, const CursorMove& move) {
  const std::vector<AnalyzedArticle> found =
      TRY(analyze_all(articles_, articles_of(events), workers_, learned_));
  TRY(analyses_.save(found, &move));
  for (const AnalyzedArticle& article : found)
    failures_.note(article.article_id, article.analysis.failed);
  return {};
}

Result<std::size_t> Reanalysis::step() {
  constexpr std::size_t kBatch = 200;
  const std::vector<ArticleId> ids = TRY(analyses_.outdated(wanted_, after_, kBatch));
  if (ids.empty()) return std::size_t{0};
  TRY(analyses_.save(TRY(analyze_all(articles_, ids, workers_, learned_)), nullptr));
  after_ = ids.back();
  return ids.size();
}

}  // namespace tidings::pipeline
