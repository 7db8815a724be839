#include "model/analysis_json.h"

#include <cmath>
#include <span>

namespace tidings {
namespace {

// Four digits: more would be noise.
double rounded(double score) {
  return std::round(score * 1e4) / 1e4;
}

void write_span(JsonWriter& json, const TextSpan& span) {
  json.begin_array();
  json.value(span.begin);
  json.value(span.end);
  json.end_array();
}

void write_offsets(JsonWriter& json, std::span<const TextSpan> offsets) {
  json.key("offsets");
  json.begin_array();
  for (const TextSpan& span : offsets) write_span(json, span);
  json.end_array();
}

void write_evidence(JsonWriter& json, std::span<const Evidence> evidence,
                    std::string_view name = "evidence") {
  json.key(name);
  json.begin_array();
  for (const Evidence& one : evidence) {
    json.begin_object();
    json.field("text", one.text);
    json.field("weight", rounded(one.weight));
    json.end_object();
  }
  json.end_array();
}

template <class T, class Write>
void write_list(JsonWriter& json, std::string_view name, const std::vector<T>& list, Write write) {
  json.key(name);
  json.begin_array();
  for (const T& one : list) {
    json.begin_object();
    write(one);
    json.end_object();
  }
  json.end_array();
}

void write_language(JsonWriter& json, const LanguageGuess& language, Explain explain) {
  json.key("language");
  json.begin_object();
  json.field("code", language.code);
  json.field("confidence", rounded(language.confidence));
  if (explain == Explain::Yes) write_evidence(json, language.evidence);
  json.end_object();
}

void write_sentiment(JsonWriter& json, const Sentiment& sentiment, Explain explain) {
  json.key("sentiment");
  json.begin_object();
  json.field("score", rounded(sentiment.score));
  json.field("label", to_string(sentiment.label));
  if (sentiment.headline_score) json.field("headline_score", rounded(*sentiment.headline_score));
  write_evidence(json, sentiment.evidence);
  if (explain == Explain::Yes && sentiment.headline_score)
    write_evidence(json, sentiment.headline_evidence, "headline_evidence");
  json.end_object();
}

void write_entity(JsonWriter& json, const Entity& entity, Explain explain) {
  json.field("id", entity.id);
  json.field("text", entity.text);
  json.field("type", to_string(entity.type));
  json.texts("aliases", entity.aliases);
  json.field("count", entity.count);
  json.field("salience", rounded(entity.salience));
  if (entity.sentiment) json.field("sentiment", rounded(*entity.sentiment));
  write_offsets(json, entity.offsets);
  if (explain == Explain::No) return;
  write_evidence(json, entity.evidence);
  if (entity.sentiment) write_evidence(json, entity.sentiment_evidence, "sentiment_evidence");
}

void write_place(JsonWriter& json, const Place& place) {
  json.field("text", place.text);
  json.field("name", place.name);
  json.field_if("country", place.country);
  json.field("latitude", place.latitude);
  json.field("longitude", place.longitude);
  write_offsets(json, place.offsets);
}

void write_quotation(JsonWriter& json, const Quotation& quotation) {
  json.field("text", quotation.text);
  json.field_if("speaker", quotation.speaker);
  json.key("offsets");
  write_span(json, quotation.span);
}

void write_target(JsonWriter& json, const TargetSentiment& target, Explain explain) {
  json.field("start", target.span.begin);
  json.field("end", target.span.end);
  json.field("score", rounded(target.score));
  json.field("label", to_string(target.label));
  if (explain == Explain::Yes) write_evidence(json, target.evidence);
}

}  // namespace

void write_analysis(JsonWriter& json, const Analysis& analysis, Explain explain) {
  write_language(json, analysis.language, explain);
  write_list(json, "topics", analysis.topics, [&](const TopicScore& topic) {
    json.field("code", topic.code);
    json.field("label", topic.label);
    json.field("score", rounded(topic.score));
    if (explain == Explain::Yes) write_evidence(json, topic.evidence);
  });
  if (analysis.sentiment) write_sentiment(json, *analysis.sentiment, explain);
  write_list(json, "entities", analysis.entities,
             [&](const Entity& entity) { write_entity(json, entity, explain); });
  write_list(json, "places", analysis.places,
             [&](const Place& place) { write_place(json, place); });
  write_list(json, "countries", analysis.countries, [&](const CountryScore& country) {
    json.field("code", country.code);
    json.field("score", rounded(country.score));
    if (explain == Explain::Yes) write_evidence(json, country.evidence);
  });
  write_list(json, "keyphrases", analysis.keyphrases, [&](const Keyphrase& phrase) {
    json.field("text", phrase.text);
    json.field("score", rounded(phrase.score));
    if (explain == Explain::Yes) write_evidence(json, phrase.evidence);
  });
  json.texts("summary", analysis.summary);
  write_list(json, "quotations", analysis.quotations,
             [&](const Quotation& quotation) { write_quotation(json, quotation); });
  write_list(json, "targets", analysis.targets,
             [&](const TargetSentiment& target) { write_target(json, target, explain); });
  json.field("sentences", analysis.sentences);
  json.field("words", analysis.words);
  json.field("reading_time_s", analysis.reading_time_s);
}

}  // namespace tidings
