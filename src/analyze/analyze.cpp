#include "analyze/analyze.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyze/attempt.h"
#include "analyze/document.h"
#include "analyze/entities.h"
#include "analyze/entity_mentions.h"
#include "analyze/evidence.h"
#include "analyze/keyphrases.h"
#include "analyze/language.h"
#include "analyze/language_explanation.h"
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

// Where to cut what is too long: not more than `bytes_max`, between two words if one ends nearby.
std::size_t cut_of(std::string_view whole, std::size_t bytes_max) {
  constexpr std::size_t kNear = 1000;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80) --end;
  const std::size_t space = whole.substr(0, end).find_last_of(" \n");
  return space != std::string_view::npos && end - space < kNear ? space : end;
}

// Title, newline, text: as the offsets of an analysis count. Each byte that is not UTF-8 becomes a
// blank, so that they count the same afterwards.
std::string joined(const Article& article, const Limits& limits) {
  const std::size_t most = limits.text_bytes_max;
  std::string whole;
  whole.reserve(std::min(article.title.size() + 1 + article.text.size(), 2 * most + 1));
  whole.append(article.title.substr(0, most)).append(1, '\n').append(article.text.substr(0, most));
  if (whole.size() > most) whole.resize(cut_of(whole, most));
  if (!is_valid_utf8(whole)) blank_invalid_utf8(whole);
  return whole;
}

// What the text shows, unless that is doubtful and its publisher names a language: publishers set a
// language for all of a feed, and forget to.
LanguageGuess language_of(const Article& article) {
  constexpr double kSure = 0.8, kNamed = 0.5;
  LanguageGuess guess = identify_language(article.title, article.text);
  if (article.explain == Explain::Yes)
    guess.evidence = language_evidence(article.title, article.text, guess.code);
  const std::string_view named = article.language.substr(0, article.language.find('-'));
  const bool is_code =
      (named.size() == 2 || named.size() == 3) && std::ranges::all_of(named, is_alpha);
  if (!is_code || guess.confidence >= kSure || guess.code == named) return guess;
  return {.code = to_lower(named),
          .confidence = kNamed,
          .evidence = {{.text = "its publisher says so", .weight = 1}}};
}

// Toward the entities that stand out, by what is said at their first mentions. All are asked about
// at once: each asking reads the document.
void give_sentiment(const Document& document, const ToneTokens& tokens, Explain explain,
                    std::vector<Entity>& entities) {
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
  const std::vector<TargetSentiment> toward = sentiment_toward(document, tokens, spans, explain);
  for (std::size_t i = 0; i < toward.size(); ++i) {
    Entity& owner = *owners[i];
    const auto mentions = static_cast<double>(std::min(owner.offsets.size(), kMentionsMost));
    owner.sentiment = owner.sentiment.value_or(0) + toward[i].score / mentions;
    for (const Evidence& one : toward[i].evidence)
      owner.sentiment_evidence.push_back({.text = one.text, .weight = one.weight / mentions});
  }
  for (Entity& entity : entities) entity.sentiment_evidence = strongest(entity.sentiment_evidence);
}

template <class Is>
std::vector<TextSpan> spans_of(std::span<const Mention> names, Is is) {
  std::vector<TextSpan> spans;
  for (const Mention& name : names) {
    if (is(name.type)) spans.push_back(name.span);
  }
  return spans;
}

void find_places(const Document& document, const Article& article, std::span<const Mention> names,
                 Analysis& analysis) {
  const auto persons = spans_of(names, [](EntityType type) { return type == EntityType::Person; });
  const auto likely = spans_of(names, [](EntityType type) { return type == EntityType::Place; });
  const auto others = spans_of(names, [](EntityType type) {
    return type != EntityType::Person && type != EntityType::Place;
  });
  PlacesFound found = places(document, {.mentions = article.mentions,
                                        .persons = persons,
                                        .likely = likely,
                                        .others = others,
                                        .publisher = article.publisher,
                                        .url = article.url,
                                        .explain = article.explain});
  analysis.places = std::move(found.places);
  analysis.countries = std::move(found.countries);
}

// What was not looked at is taken to be as what was.
void count(const text::Segments& segments, const Article& article, Analysis& analysis) {
  const std::size_t seen = segments.text().size();
  const std::size_t all = std::max(seen, article.title.size() + 1 + article.text.size());
  const auto of_all = [&](std::size_t number) { return seen == 0 ? number : number * all / seen; };
  const std::size_t words = of_all(segments.words().size());
  analysis.sentences = static_cast<std::int32_t>(of_all(segments.sentences().size()));
  analysis.words = static_cast<std::int32_t>(words);
  analysis.reading_time_s = reading_time_s(words, analysis.language.code);
}

void find_all(const Article& article, const Document& document, Analysis& analysis) {
  const auto find = [&](std::string_view field, auto&& analyzer) {
    attempt(field, analysis.failed, analyzer);
  };
  std::vector<Mention> names;
  find("topics",
       [&] { analysis.topics = topics(document, article.categories, article.learned_topics); });
  ToneTokens tokens;
  if (knows_sentiment_of(document.language)) {
    find("sentiment", [&] {
      tokens = tone_tokens(document, SentimentLexicon::shipped());
      analysis.sentiment = sentiment(document, tokens, article.explain);
    });
  }
  find("entities", [&] {
    names = entity_mentions(document);
    analysis.entities = entities(document, names, article.explain);
  });
  find("entities.sentiment",
       [&] { give_sentiment(document, tokens, article.explain, analysis.entities); });
  find("places", [&] { find_places(document, article, names, analysis); });
  find("keyphrases",
       [&] { analysis.keyphrases = keyphrases(document, kKeyphrasesMax, article.explain); });
  find("summary", [&] { analysis.summary = summary(document, article.summary_words); });
  find("quotations", [&] { analysis.quotations = quotations(document); });
  find("targets", [&] {
    analysis.targets = sentiment_toward(document, tokens, article.targets, article.explain);
  });
}

}  // namespace

Analysis analyze(const Article& article, const Limits& limits) {
  Analysis analysis;
  attempt("language", analysis.failed, [&] { analysis.language = language_of(article); });
  // Without words there is nothing else.
  attempt("words", analysis.failed, [&] {
    const std::string whole = joined(article, limits);
    const std::size_t title_end = std::min(article.title.size(), whole.size());
    const Document document{.segments = text::segment(whole, analysis.language.code, title_end),
                            .title_end = static_cast<std::uint32_t>(title_end),
                            .language = analysis.language.code};
    find_all(article, document, analysis);
    count(document.segments, article, analysis);
  });
  return analysis;
}

}  // namespace tidings::analyze
