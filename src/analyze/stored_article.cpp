#include "analyze/stored_article.h"

#include <algorithm>
#include <utility>

namespace tidings::analyze {
namespace {

// Of each noun that both lists have, by what names it.
template <class T, class Name, class Move>
void move_evidence(std::vector<T>& from, std::vector<T>& to, Name name, Move move) {
  for (T& one : to) {
    const auto found = std::ranges::find(from, one.*name, name);
    if (found != from.end()) move(*found, one);
  }
}

constexpr auto kMoveEvidence = [](auto& from, auto& to) { to.evidence = std::move(from.evidence); };

}  // namespace

Article article_of(const tidings::Article& stored) {
  const ArticleSummary& summary = stored.summary;
  return {.title = summary.title,
          .text = stored.body.text.empty() ? summary.summary : stored.body.text,
          .url = summary.url,
          .language = summary.language,
          .categories = summary.categories};
}

void explain(const tidings::Article& stored, std::int32_t revision, std::int32_t analyzers,
             Analysis& analysis) {
  if (stored.summary.revision != revision || analyzers != kAnalyzers) return;
  Article article = article_of(stored);
  article.explain = Explain::Yes;
  Analysis explained = analyze(article);
  if (explained.words != analysis.words) return;
  if (explained.language.code == analysis.language.code)
    kMoveEvidence(explained.language, analysis.language);
  if (explained.sentiment && analysis.sentiment)
    analysis.sentiment->headline_evidence = std::move(explained.sentiment->headline_evidence);
  move_evidence(explained.countries, analysis.countries, &CountryScore::code, kMoveEvidence);
  move_evidence(explained.keyphrases, analysis.keyphrases, &Keyphrase::text, kMoveEvidence);
  move_evidence(explained.entities, analysis.entities, &Entity::id, [](Entity& from, Entity& to) {
    kMoveEvidence(from, to);
    to.sentiment_evidence = std::move(from.sentiment_evidence);
  });
}

}  // namespace tidings::analyze
