#include "serve/story_filters.h"

#include <fmt/format.h>

#include "core/hash.h"
#include "core/strings.h"
#include "ports/store_rules.h"
#include "serve/article_filters.h"
#include "serve/cursor.h"
#include "serve/problem.h"

namespace tidings::serve {
namespace {

constexpr std::int64_t kPublishersMax = 1'000;

Result<StorySort> sort_asked(const Parameters& parameters) {
  const std::string_view name = parameters.text("sort").value_or("rank");
  if (name == "rank") return StorySort::Rank;
  if (name == "newest") return StorySort::Newest;
  if (name == "size") return StorySort::Size;
  return bad_parameter("sort", "'sort' must be rank, newest or size.");
}

CursorKind cursor_kind(StorySort sort) {
  switch (sort) {
    case StorySort::Rank:
      return CursorKind::StoriesByRank;
    case StorySort::Newest:
      return CursorKind::StoriesByTime;
    case StorySort::Size:
      break;
  }
  return CursorKind::StoriesBySize;
}

std::uint64_t fingerprint(const StoryQuery& query) {
  std::string filters =
      fmt::format("stories {} {} {} {} {} {}", query.source_id ? to_int(*query.source_id) : 0,
                  query.language, query.country, query.since ? to_micros(*query.since) : 0,
                  query.until ? to_micros(*query.until) : 0, query.publishers_min);
  for (const std::string& term : query.terms) filters.append(1, '\0').append(term);
  return hash64(filters);
}

}  // namespace

const std::vector<Parameter>& story_list_parameters() {
  static const std::vector<Parameter> kParameters = {
      {.name = "sort", .kind = ParameterKind::Text},
      {.name = "source", .kind = ParameterKind::Id},
      {.name = "language", .kind = ParameterKind::Language},
      {.name = "country", .kind = ParameterKind::Country},
      {.name = "topic", .kind = ParameterKind::Text},
      {.name = "entity", .kind = ParameterKind::Text},
      {.name = "about", .kind = ParameterKind::Country},
      {.name = "since", .kind = ParameterKind::Time},
      {.name = "until", .kind = ParameterKind::Time},
      {.name = "publishers_min",
       .kind = ParameterKind::Limit,
       .max = kPublishersMax,
       .default_value = 1},
      {.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = 50},
      {.name = "cursor", .kind = ParameterKind::Cursor},
  };
  return kParameters;
}

Result<StoryQuery> story_query(const Parameters& parameters) {
  StoryQuery query{.sort = TRY(sort_asked(parameters)), .terms = TRY(terms_asked(parameters))};
  if (const auto source = parameters.number("source")) query.source_id = SourceId(*source);
  query.country = parameters.text("country").value_or("");
  query.language = primary_language(parameters.text("language").value_or(""));
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  if (query.since && query.until && *query.since >= *query.until)
    return bad_parameter("until", "'until' must be later than 'since'.");
  query.publishers_min = parameters.number("publishers_min").value_or(1);
  query.limit = static_cast<std::size_t>(parameters.number("limit").value_or(50));
  if (const auto text = parameters.text("cursor")) {
    const Cursor cursor = TRY(decode_cursor(cursor_kind(query.sort), fingerprint(query), *text));
    query.after = {.key = cursor.time, .id = StoryId(cursor.id)};
  }
  return query;
}

std::string story_cursor(const StoryQuery& query, const StoryQuery::Position& position) {
  return encode_cursor(cursor_kind(query.sort), fingerprint(query),
                       {.time = position.key, .id = to_int(position.id)});
}

}  // namespace tidings::serve
