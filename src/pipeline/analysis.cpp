#include "pipeline/analysis.h"

#include <algorithm>
#include <set>

#include "analyze/analyze.h"

namespace tidings::pipeline {
namespace {

AnalyzedArticle analyzed(const Article& article) {
  return {.article_id = article.summary.id,
          .revision = article.summary.revision,
          .analyzers = analyze::kAnalyzers,
          .analysis = analyze::analyze(
              {.title = article.summary.title,
               .text = article.body.text.empty() ? article.summary.summary : article.body.text,
               .url = article.summary.url,
               .language = article.summary.language,
               .categories = article.summary.categories})};
}

// Those that are still there.
template <class Ids>
Result<std::vector<AnalyzedArticle>> analyze_all(const ArticleStore& articles, const Ids& ids) {
  std::vector<AnalyzedArticle> found;
  for (const ArticleId id : ids) {
    const Result<Article> article = articles.get(id);
    if (article) {
      found.push_back(analyzed(*article));
    } else if (article.error().kind != ErrorKind::NotFound) {
      return article.error();
    }
  }
  return found;
}

bool has_new_words(EventKind kind) {
  return kind == EventKind::ArticleAdded || kind == EventKind::ArticleEdited ||
         kind == EventKind::ArticleCompleted;
}

}  // namespace

Result<void> AnalyzeConsumer::apply(std::span<const Event> events, const CursorMove& move) {
  std::set<ArticleId> ids;
  for (const Event& event : events) {
    if (has_new_words(event.kind)) ids.insert(ArticleId(event.subject));
  }
  return analyses_.save(TRY(analyze_all(articles_, ids)), &move);
}

Result<std::size_t> Reanalysis::step() {
  constexpr std::size_t kBatch = 200;
  const std::vector<ArticleId> ids = TRY(analyses_.outdated(wanted_, after_, kBatch));
  if (ids.empty()) return std::size_t{0};
  TRY(analyses_.save(TRY(analyze_all(articles_, ids)), nullptr));
  after_ = ids.back();
  return ids.size();
}

}  // namespace tidings::pipeline
