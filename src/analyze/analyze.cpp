#include "analyze/analyze.h"

#include <algorithm>
#include <span>

#include "analyze/document.h"
#include "analyze/entities.h"
#include "analyze/entity_mentions.h"
#include "analyze/keyphrases.h"
#include "analyze/language.h"
#include "analyze/places.h"
#include "analyze/quotations.h"
#include "analyze/reading_time.h"
#include "analyze/sentiment.h"
#include "analyze/summary.h"
#include "analyze/target_sentiment.h"
#include "analyze/topics.h"
#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::analyze {
namespace {

// Title, newline, text: as the offsets of an analysis count. Each byte that is not UTF-8 becomes a
// blank, so that they count the same afterwards.
std::string joined(const Article& article, const Limits& limits) {
  std::string whole;
  whole.reserve(article.title.size() + 1 + article.text.size());
  whole.append(article.title).append(1, '\n').append(article.text);
  if (whole.size() > limits.text_bytes_max) whole.resize(limits.text_bytes_max);
  if (!is_valid_utf8(whole)) blank_invalid_utf8(whole);
  return whole;
}

// What the text shows, unless that is doubtful and its publisher names a language: publishers set a
// language for all of a feed, and forget to.
LanguageGuess language_of(const Article& article) {
  constexpr double kSure = 0.8, kNamed = 0.5;
  LanguageGuess guess = identify_language(article.title, article.text);
  const std::string_view named = article.language.substr(0, article.language.find('-'));
  if (named.empty() || guess.confidence >= kSure || guess.code == named) return guess;
  return {.code = to_lower(named), .confidence = kNamed};
}

// Toward the entities that stand out, by what is said at their first mentions. All are asked about
// at once: each asking reads the document.
void give_sentiment(const Document& document, std::vector<Entity>& entities) {
  constexpr std::size_t kEntitiesMost = 10, kMentionsMost = 4;
  constexpr double kSalient = 0.02;
  std::vector<TextSpan> spans;
  std::vector<Entity*> owners;
  for (Entity& entity : std::span(entities).first(std::min(entities.size(), kEntitiesMost))) {
    if (entity.salience < kSalient) break;
    const std::size_t mentions = std::min(entity.offsets.size(), kMentionsMost);
    for (std::size_t i = 0; i < mentions; ++i) {
      spans.push_back(entity.offsets[i]);
      owners.push_back(&entity);
    }
  }
  const std::vector<TargetSentiment> toward = sentiment_toward(document, spans);
  for (std::size_t i = 0; i < toward.size(); ++i) {
    const auto mentions = static_cast<double>(std::min(owners[i]->offsets.size(), kMentionsMost));
    owners[i]->sentiment = owners[i]->sentiment.value_or(0) + toward[i].score / mentions;
  }
}

void find_names(const Document& document, const Article& article, Analysis& analysis) {
  const std::vector<Mention> mentions = entity_mentions(document);
  std::vector<TextSpan> persons;
  for (const Mention& mention : mentions) {
    if (mention.type == EntityType::Person) persons.push_back(mention.span);
  }
  analysis.entities = entities(document, mentions);
  give_sentiment(document, analysis.entities);
  PlacesFound found = places(document, {.mentions = article.mentions,
                                        .persons = persons,
                                        .publisher = article.publisher,
                                        .url = article.url});
  analysis.places = std::move(found.places);
  analysis.countries = std::move(found.countries);
}

}  // namespace

Analysis analyze(const Article& article, const Limits& limits) {
  const std::string whole = joined(article, limits);
  const std::size_t title_end = std::min(article.title.size(), whole.size());
  Analysis analysis{.language = language_of(article)};
  const Document document{.segments = text::segment(whole, analysis.language.code, title_end),
                          .title_end = static_cast<std::uint32_t>(title_end),
                          .language = analysis.language.code};
  analysis.topics = topics(document, article.categories);
  analysis.sentiment = sentiment(document);
  find_names(document, article, analysis);
  analysis.keyphrases = keyphrases(document);
  analysis.summary = summary(document, article.summary_words);
  analysis.quotations = quotations(document);
  if (!article.targets.empty()) analysis.targets = sentiment_toward(document, article.targets);
  const std::size_t words = document.segments.words().size();
  analysis.sentences = static_cast<std::int32_t>(document.segments.sentences().size());
  analysis.words = static_cast<std::int32_t>(words);
  analysis.reading_time_s = reading_time_s(words, document.language);
  return analysis;
}

}  // namespace tidings::analyze
