#include "pipeline/story_reader.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/utf8.h"
#include "ports/store_rules.h"
#include "stories/link_facts.h"
#include "stories/story_terms.h"
#include "text/segments.h"

namespace tidings::pipeline {
namespace {

// Words up to kTermWordsMax count: they lie in here, in any language.
constexpr std::size_t kTermBytesMax = 8'000;
constexpr std::size_t kSketchBytesMax = 32'000;

double per_mille(double value) {
  return std::round(value * 1e3) / 1e3;
}

}  // namespace

void take_analysis(StoryArticle& place, const ArticleSummary& article, const Analysis& analysis,
                   const stories::PublisherFamilies& families) {
  place.source_id = article.source_id;
  place.published = article.published;
  place.publisher = families.publisher_of(article.url);
  if (place.publisher.empty())
    place.publisher = fmt::format("source {}", to_int(article.source_id));
  place.words = analysis.words;
  place.entities.clear();
  for (const Entity& entity : analysis.entities) {
    if (place.entities.size() == kStoryArticleEntitiesMax) break;
    place.entities.push_back({.id = entity.id,
                              .text = entity.text,
                              .type = entity.type,
                              .salience = per_mille(entity.salience)});
  }
}

ReadArticle read_article(Article article, const AnalyzedArticle& analyzed,
                         const stories::PublisherFamilies& families) {
  thread_local stories::Sketcher sketcher;  // for its memory
  const Analysis& analysis = analyzed.analysis;
  ReadArticle read{.summary = std::move(article.summary)};
  const std::string& text = article.body.text.empty() ? read.summary.summary : article.body.text;
  const std::string& language =
      analysis.language.code == "und" ? read.summary.language : analysis.language.code;
  read.input = {.key = to_int(read.summary.id),
                .published = read.summary.published,
                .language = std::string(primary_language(language)),
                .sketch = sketcher.sketch(read.summary.title, utf8_prefix(text, kSketchBytesMax))};
  const std::string& title = read.summary.title;
  read.text =
      std::make_unique<const ReadText>(title + "\n" + std::string(utf8_prefix(text, kTermBytesMax)),
                                       read.input.language, title.size());
  const text::Segments& segments = read.text->segments;
  read.input.terms =
      stories::story_terms(segments, title.size(), read.input.language, analysis.entities);
  stories::LinkFacts facts =
      stories::link_facts(segments, read.input.language, read.input.published, analysis);
  read.input.facts = std::move(facts.facts);
  read.input.topics = std::move(facts.topics);
  read.place.article_id = read.summary.id;
  take_analysis(read.place, read.summary, analysis, families);
  return read;
}

void ReadArticle::note(const stories::StoryEngine::Outcome& outcome) {
  place.story_id = StoryId(outcome.joined.story);
  place.similarity = per_mille(outcome.joined.similarity);
  place.next_similarity = per_mille(outcome.joined.next_similarity);
  if (outcome.copy) {
    place.copy_of = ArticleId(outcome.copy->original);
    place.copy_similarity = per_mille(outcome.copy->similarity);
  }
  if (outcome.joined.evidence.empty()) return;
  const text::Segments& segments = text->segments;
  for (const stories::Term& term : outcome.joined.evidence) {
    for (const text::Word& word : segments.words()) {
      if (stories::story_term(input.language, segments.stem(word)) != term.term) continue;
      place.evidence.push_back({.text = std::string(segments.lower(word)),
                                .weight = per_mille(static_cast<double>(term.weight))});
      break;
    }
  }
}

}  // namespace tidings::pipeline
