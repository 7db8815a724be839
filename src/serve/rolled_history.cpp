#include "serve/rolled_history.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "analyze/entity_key.h"
#include "core/strings.h"
#include "query/values.h"

namespace tidings::serve {
namespace {

using std::chrono::hours;

constexpr std::size_t kValuesMax = 50;  // that are added up for one query

std::optional<Dimension> dimension_of(QueryField field) {
  switch (field) {
    case QueryField::Language:
      return Dimension::Language;
    case QueryField::Country:
      return Dimension::Country;
    case QueryField::Source:
      return Dimension::Source;
    case QueryField::Publisher:
      return Dimension::Publisher;
    case QueryField::Topic:
      return Dimension::Topic;
    case QueryField::About:
      return Dimension::About;
    case QueryField::Entity:
      return Dimension::Entity;
    case QueryField::Place:
      return Dimension::Place;
    default:
      return std::nullopt;
  }
}

Bucket sum_of(const std::vector<Bucket>& buckets) {
  Bucket sum;
  for (const Bucket& bucket : buckets) sum += bucket;
  return sum;
}

void write_part(JsonWriter& json, std::string_view from, Time since, Time until) {
  json.begin_object();
  json.field("from", from);
  json.field("since", since);
  json.field("until", until);
  json.end_object();
}

// What a reader must know of how rollups count a dimension.
std::vector<std::string> notes_of(std::optional<Dimension> dimension, const RollupState& state,
                                  Time since) {
  std::vector<std::string> notes;
  if (!dimension) return notes;
  const std::string_view name = to_string(*dimension);
  if (has_many_values(*dimension) && since < state.hours_before)
    notes.push_back(fmt::format("before {} rollups count by {} in whole days of UTC",
                                format_rfc3339(state.hours_before), name));
  if (has_rare_values(*dimension) && since < state.singles_before)
    notes.push_back(fmt::format("before {} rollups leave out days on which one article had the {}",
                                format_rfc3339(state.singles_before), name));
  return notes;
}

void write_kept_since(JsonWriter& json, const RollupState& state, Time since) {
  if (state.removed_before && since < *state.removed_before)
    json.field("articles_since", Time(std::chrono::ceil<hours>(*state.removed_before)));
}

void add_notes(std::vector<std::string> more, std::vector<std::string>& notes) {
  for (std::string& note : more) {
    if (std::ranges::find(notes, note) == notes.end()) notes.push_back(std::move(note));
  }
}

}  // namespace

Result<RolledHistory> RolledHistory::of(const RollupStore& rollups, SourceDirectory& sources,
                                        const AnalyticsRequest& request) {
  return RolledHistory(rollups, sources, request, TRY(rollups.state()));
}

// A day that is one row is counted from it whole.
Time RolledHistory::rolled_before(std::optional<Dimension> dimension) const {
  const Time removed_before = *state_.removed_before;
  const bool is_by_day =
      dimension && has_many_values(*dimension) && removed_before < state_.hours_before;
  return is_by_day ? std::chrono::ceil<std::chrono::days>(removed_before) : removed_before;
}

bool RolledHistory::is_needed() const {
  return !state_.filled_to && state_.removed_before && request_->since < *state_.removed_before;
}

Result<CountedFrom> RolledHistory::complete(const Query& query, Aggregates& counted) const {
  CountedFrom from;
  if (!is_needed()) return from;
  const std::optional<RolledQuery> rolled = TRY(rolled_query(query));
  if (!rolled) return from;
  const std::vector<Time>& boundaries = request_->boundaries;
  const auto complete = std::ranges::lower_bound(boundaries, rolled_before(rolled->dimension));
  from.rolled_intervals =
      std::min(static_cast<std::size_t>(complete - boundaries.begin()), counted.buckets.size());
  from.dimension = rolled->dimension;
  const std::vector<Time> missing(
      boundaries.begin(),
      boundaries.begin() + static_cast<std::ptrdiff_t>(from.rolled_intervals) + 1);
  std::ranges::copy(TRY(series_of(*rolled, missing)), counted.buckets.begin());
  counted.total = sum_of(counted.buckets);
  add_notes(notes_of(rolled->dimension, state_, boundaries.front()), counted.notes);
  for (std::size_t i = 1; i < counted.dimensions.size(); ++i) {
    DimensionCounts& split = counted.dimensions[i];
    if (rolled->dimension || !is_rolled(split.dimension)) {
      counted.notes.push_back(
          fmt::format("by {} only articles that are kept are counted", to_string(split.dimension)));
      continue;
    }
    TRY(complete_split(split));
    add_notes(notes_of(split.dimension, state_, boundaries.front()), counted.notes);
  }
  return from;
}

// All of the time, so that the names with the most articles are those of all of it.
Result<void> RolledHistory::complete_split(DimensionCounts& counts) const {
  counts.top = TRY(rollups_->top(counts.dimension, request_->boundaries, request_->names_max));
  for (NamedCounts& one : counts.top) {
    if (one.buckets.empty()) one.buckets = {one.total};  // there is one interval
  }
  return {};
}

Result<bool> RolledHistory::complete_top(const Query& query, std::size_t names_max,
                                         Aggregates& counted) const {
  if (!is_needed()) return false;
  const bool is_everything = query.kind == QueryKind::Everything;
  const bool is_rolled_up = std::ranges::all_of(
      counted.dimensions, [](const DimensionCounts& one) { return is_rolled(one.dimension); });
  if (!is_everything || !is_rolled_up) return false;
  const std::vector<Time> time = whole_hours();
  counted.buckets = TRY(rollups_->series(std::nullopt, {}, time));
  counted.total = sum_of(counted.buckets);
  for (DimensionCounts& counts : counted.dimensions) {
    counts.top = TRY(rollups_->top(counts.dimension, time, names_max));
    add_notes(notes_of(counts.dimension, state_, time.front()), counted.notes);
  }
  return true;
}

std::vector<Time> RolledHistory::whole_hours() const {
  return {std::chrono::floor<hours>(request_->since), std::chrono::ceil<hours>(request_->until)};
}

Result<std::optional<RolledQuery>> RolledHistory::rolled_query(const Query& query) const {
  if (query.kind == QueryKind::Everything) return std::optional(RolledQuery{});
  const auto dimension = query.kind == QueryKind::Value ? dimension_of(query.field) : std::nullopt;
  if (!dimension) return std::optional<RolledQuery>();
  return rolled_value(*dimension, query.text);
}

Result<std::optional<RolledQuery>> RolledHistory::rolled_value(Dimension dimension,
                                                               const std::string& text) const {
  RolledQuery query{.dimension = dimension, .values = {text}};
  if (dimension == Dimension::Language) query.values = TRY(languages_of(text));
  if (dimension == Dimension::Source) query.values = TRY(sources_of(text));
  if (dimension == Dimension::Entity) {
    std::optional<std::string> entity = TRY(entity_of(text));
    if (!entity) return std::optional<RolledQuery>();
    query.values = {*std::move(entity)};
  }
  if (query.values.size() > kValuesMax) return std::optional<RolledQuery>();
  // A place or publisher that nobody knows by this name may be a part of a name.
  if (dimension == Dimension::Place || dimension == Dimension::Publisher) {
    const std::vector<Time> time = whole_hours();
    if (TRY(rollups_->series(dimension, text, time)).empty()) return std::optional<RolledQuery>();
  }
  return std::optional(std::move(query));
}

// A primary tag holds its regions.
Result<std::vector<std::string>> RolledHistory::languages_of(const std::string& text) const {
  std::vector<std::string> languages = {text};
  for (const NamedCounts& one : TRY(rollups_->top(Dimension::Language, whole_hours(), 1'000))) {
    const std::string tag = to_lower(one.name);
    if (tag.starts_with(text + "-")) languages.push_back(tag);
  }
  return languages;
}

// By its number, or by words of its title.
Result<std::vector<std::string>> RolledHistory::sources_of(const std::string& text) const {
  if (std::ranges::all_of(text, is_digit)) return std::vector<std::string>{text};
  std::vector<std::string> numbers;
  const std::string term = query::value_term(QueryField::Source, text);
  for (const NamedCounts& one : TRY(rollups_->top(Dimension::Source, whole_hours(), 10'000))) {
    const auto id = parse_id<SourceId>(one.name);
    if (!id) continue;
    const SearchDocument of_source{.source_id = *id,
                                   .source_title = TRY(sources_->label(*id)).title};
    if (std::ranges::binary_search(query::value_terms(of_source), term))
      numbers.push_back(one.name);
  }
  return numbers;
}

// By its id, or by its name: of whatever type most articles had it.
Result<std::optional<std::string>> RolledHistory::entity_of(const std::string& text) const {
  std::vector<std::string> ids = {text};
  for (const EntityType type : {EntityType::Person, EntityType::Organization, EntityType::Place,
                                EntityType::Product, EntityType::Event})
    ids.push_back(analyze::entity_id(type, analyze::entity_key(text, type)));
  std::optional<std::string> found;
  std::uint64_t most = 0;
  const std::vector<Time> time = whole_hours();
  for (std::string& id : ids) {
    const std::vector<Bucket> counts = TRY(rollups_->series(Dimension::Entity, id, time));
    if (counts.empty() || (found && counts.front().articles <= most)) continue;
    most = counts.front().articles;
    found = std::move(id);
  }
  return found;
}

Result<std::vector<Bucket>> RolledHistory::series_of(const RolledQuery& query,
                                                     const std::vector<Time>& boundaries) const {
  if (!query.dimension) return rollups_->series(std::nullopt, {}, boundaries);
  std::vector<Bucket> sum(boundaries.size() - 1);
  for (const std::string& value : query.values) {
    const std::vector<Bucket> counts = TRY(rollups_->series(query.dimension, value, boundaries));
    for (std::size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
  }
  return sum;
}

void RolledHistory::write_articles_since(JsonWriter& json) const {
  write_kept_since(json, state_, request_->since);
}

void RolledHistory::write_counted_from(JsonWriter& json, const CountedFrom& counted) const {
  if (counted.rolled_intervals == 0) return;
  const std::vector<Time>& boundaries = request_->boundaries;
  const Time parted = boundaries[counted.rolled_intervals];
  json.key("counted_from");
  json.begin_array();
  write_part(json, "rollups", boundaries.front(), parted);
  if (parted < boundaries.back()) write_part(json, "index", parted, boundaries.back());
  json.end_array();
}

void RolledHistory::write_counted_from_rollups(JsonWriter& json) const {
  const std::vector<Time> time = whole_hours();
  json.key("counted_from");
  json.begin_array();
  write_part(json, "rollups", time.front(), time.back());
  json.end_array();
}

Result<void> write_articles_since(JsonWriter& json, const RollupStore& rollups, Time since) {
  write_kept_since(json, TRY(rollups.state()), since);
  return {};
}

}  // namespace tidings::serve
