#include "query/fields.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/strings.h"
#include "query/edits.h"

namespace tidings::query {
namespace {

// What a field is called first is how it is written.
constexpr auto kFields = std::to_array<FieldName>({
    {"title", FieldKind::Words, QueryField::Title},
    {"author", FieldKind::Value, QueryField::Author},
    {"source", FieldKind::Value, QueryField::Source},
    {"publisher", FieldKind::Value, QueryField::Publisher},
    {"topic", FieldKind::Value, QueryField::Topic},
    {"entity", FieldKind::Value, QueryField::Entity},
    {"place", FieldKind::Value, QueryField::Place},
    {"country", FieldKind::Value, QueryField::Country},
    {"about", FieldKind::Value, QueryField::About},
    {"lang", FieldKind::Value, QueryField::Language},
    {"language", FieldKind::Value, QueryField::Language},
    {"story", FieldKind::Value, QueryField::Story},
    {"url", FieldKind::Value, QueryField::Url},
    {"site", FieldKind::Value, QueryField::Site},
    {"published", FieldKind::During, QueryField::Published},
    {"since", FieldKind::Since, QueryField::Published},
    {"until", FieldKind::Until, QueryField::Published},
    {"sentiment", FieldKind::Number, QueryField::Sentiment},
    {"words", FieldKind::Number, QueryField::Words},
    {"story_size", FieldKind::Number, QueryField::StorySize},
    {"is", FieldKind::Account},
    {"tag", FieldKind::Account},
});

}  // namespace

const FieldName* find_field(std::string_view name) {
  const auto found = std::ranges::find_if(
      kFields, [&](const FieldName& field) { return iequals(field.name, name); });
  return found == kFields.end() ? nullptr : &*found;
}

std::string fields_in_words() {
  std::string words;
  for (const FieldName& field : kFields) {
    if (!words.empty()) words += ", ";
    words += field.name;
  }
  return words;
}

std::string_view nearest_field(std::string_view name) {
  std::vector<std::string_view> known;
  known.reserve(kFields.size());
  for (const FieldName& field : kFields) known.push_back(field.name);
  return nearest(to_lower(name), known);
}

std::string_view name_of(QueryField field) {
  if (field == QueryField::Any) return {};
  const auto found = std::ranges::find(kFields, field, &FieldName::field);
  return found == kFields.end() ? std::string_view() : found->name;
}

}  // namespace tidings::query
