#include "serve/article_filters.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyze/topic_table.h"
#include "core/hash.h"
#include "core/strings.h"
#include "ports/analysis_store.h"
#include "serve/cursor.h"
#include "serve/problem.h"
#include "serve/topic_routes.h"

namespace tidings::serve {
namespace {

Result<std::string> tone_asked(std::string_view name) {
  for (const Tone tone : {Tone::Negative, Tone::Neutral, Tone::Positive}) {
    if (to_string(tone) == name) return tone_term(tone);
  }
  return bad_parameter("sentiment", "'sentiment' must be negative, neutral or positive.");
}

// By its code or by its label.
Result<std::string> topic_asked(std::string_view name) {
  for (const analyze::TableTopic& topic : analyze::TopicTable::shipped().topics()) {
    const std::string code = topic_code(topic.code);
    if (code == name || iequals(topic.label, name)) return topic_term(code);
  }
  return bad_parameter("topic", "'topic' must be the code or the label of a topic, as " +
                                    topics_in_words() + "; /api/v1/topics lists all.");
}

Result<std::string> entity_asked(std::string_view id) {
  constexpr std::size_t kIdDigits = 16;
  const bool is_id = id.size() == kIdDigits && std::ranges::all_of(id, [](char c) {
                       return is_digit(c) || (c >= 'a' && c <= 'f');
                     });
  if (is_id) return entity_term(id);
  return bad_parameter("entity",
                       "'entity' must be an entity's id, as in '5d41402abc4b2a76': an article's "
                       "analysis has it.");
}

}  // namespace

Result<std::vector<std::string>> terms_asked(const Parameters& parameters) {
  std::vector<std::string> terms;
  if (const auto id = parameters.text("entity")) terms.push_back(TRY(entity_asked(*id)));
  if (const auto name = parameters.text("author")) terms.push_back(author_term(*name));
  if (const auto country = parameters.text("about")) terms.push_back(about_term(*country));
  if (const auto topic = parameters.text("topic")) terms.push_back(TRY(topic_asked(*topic)));
  if (const auto tone = parameters.text("sentiment")) terms.push_back(TRY(tone_asked(*tone)));
  return terms;
}

const std::vector<Parameter>& article_list_parameters() {
  static const std::vector<Parameter> kParameters = {
      {.name = "source", .kind = ParameterKind::Id},
      {.name = "story", .kind = ParameterKind::Id},
      {.name = "language", .kind = ParameterKind::Language},
      {.name = "country", .kind = ParameterKind::Country},
      {.name = "topic", .kind = ParameterKind::Text},
      {.name = "sentiment", .kind = ParameterKind::Text},
      {.name = "entity", .kind = ParameterKind::Text},
      {.name = "about", .kind = ParameterKind::Country},
      {.name = "author", .kind = ParameterKind::Text},
      {.name = "since", .kind = ParameterKind::Time},
      {.name = "until", .kind = ParameterKind::Time},
      {.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = 50},
      {.name = "cursor", .kind = ParameterKind::Cursor},
  };
  return kParameters;
}

std::uint64_t fingerprint(const ArticleQuery& query) {
  std::string filters = fmt::format(
      "{} {} {} {} {} {}", query.source_id ? to_int(*query.source_id) : 0,
      query.story_id ? to_int(*query.story_id) : 0, query.language, query.country,
      query.since ? to_micros(*query.since) : 0, query.until ? to_micros(*query.until) : 0);
  for (const std::string& term : query.terms) filters.append(1, '\0').append(term);
  return hash64(filters);
}

Result<ArticleQuery> article_query(const Parameters& parameters) {
  ArticleQuery query;
  if (const auto source = parameters.number("source")) query.source_id = SourceId(*source);
  if (const auto story = parameters.number("story")) query.story_id = StoryId(*story);
  query.language = parameters.text("language").value_or("");
  query.country = parameters.text("country").value_or("");
  query.terms = TRY(terms_asked(parameters));
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  if (query.since && query.until && *query.since >= *query.until) {
    return bad_parameter("until", "'until' must be later than 'since'.");
  }
  query.limit = static_cast<std::size_t>(parameters.number("limit").value_or(50));
  if (const auto text = parameters.text("cursor")) {
    const Cursor cursor = TRY(decode_cursor(CursorKind::Articles, fingerprint(query), *text));
    query.after = {.published = from_micros(cursor.time), .id = ArticleId(cursor.id)};
  }
  return query;
}

}  // namespace tidings::serve
