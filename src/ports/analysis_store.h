// What we found out about articles. Adapters: sqlite and postgres (one repository), memory. Every
// adapter passes tests/contract/analysis_store_contract.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/analysis.h"
#include "model/article.h"
#include "ports/event_log.h"

namespace tidings {

struct AnalyzedArticle {
  ArticleId article_id{};
  std::int32_t revision = 1;   // of the article that was looked at
  std::int32_t analyzers = 0;  // the version of those who looked
  Time analyzed_at{};          // set by the store
  Analysis analysis;
};

// By what an article can be filtered once it is analyzed (ArticleQuery::terms): its topics and
// those above them, tone, entities, the countries that it is about, and its authors in lower case.
std::string topic_term(std::string_view code);     // "topic medtop:15000000"
std::string tone_term(Tone tone);                  // "tone negative"
std::string entity_term(std::string_view id);      // "entity …"
std::string about_term(std::string_view country);  // "about FR"
std::string author_term(std::string_view name);    // "author ana ruiz"
std::vector<std::string> terms_of(const Analysis& analysis, std::span<const Person> authors);

// Safe to call from many threads. A call that returned success survives a crash.
class AnalysisStore {
 public:
  virtual ~AnalysisStore() = default;

  // Replaces what was known of these articles, each of which is there once: with their terms, and
  // with what ArticleSummary::analysis shows of it. Appends an ArticleAnalyzed event each, and
  // takes the consumer's step where there is one: all in one commit. An article without a language
  // gets the one that was found. Articles that are gone, or were edited since they were looked at,
  // are passed over: another event tells of them. Conflict as CursorMove says; nothing is saved
  // then.
  virtual Result<void> save(std::span<const AnalyzedArticle> articles, const CursorMove* move) = 0;

  // NotFound: there is no such article, or it was not analyzed yet.
  virtual Result<AnalyzedArticle> get(ArticleId id) const = 0;

  // In the order of `ids`, of those that were analyzed. All of them are in memory at once.
  virtual Result<std::vector<AnalyzedArticle>> get_many(std::span<const ArticleId> ids) const = 0;

  // Articles that no analyzers of at least this version have looked at, or not since a renewal
  // began: ascending, after `after`.
  virtual Result<std::vector<ArticleId>> outdated(std::int32_t analyzers, ArticleId after,
                                                  std::size_t limit) const = 0;
  virtual Result<std::int64_t> count_outdated(std::int32_t analyzers) const = 0;

  // A renewal makes every analysis from before it outdated, until it is ended; it outlives who
  // began it. False where one is under way already: that one goes on.
  virtual Result<bool> begin_renewal() = 0;
  virtual Result<void> end_renewal() = 0;
};

}  // namespace tidings
