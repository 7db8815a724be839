#include "analyze/entity_mentions.h"

#include <optional>

#include "analyze/entities_model.h"
#include "analyze/entity_tagger.h"

namespace tidings::analyze {
namespace {

std::optional<EntityType> type_of(EntityClass entity_class) {
  switch (entity_class) {
    case EntityClass::Person:
      return EntityType::Person;
    case EntityClass::Organization:
      return EntityType::Organization;
    case EntityClass::Place:
      return EntityType::Place;
    case EntityClass::Product:
      return EntityType::Product;
    case EntityClass::Event:
      return EntityType::Event;
    case EntityClass::Other:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Mention> entity_mentions(const Document& document) {
  static const std::optional<EntityTagger> tagger = EntityTagger::open(models::entities_bin());
  std::vector<Mention> mentions;
  const std::optional<EntityLanguage> language = entity_language(document.language);
  if (!tagger || !language) return mentions;
  for (const NamedSpan& name : tagger->spans(document.segments, *language)) {
    const std::optional<EntityType> type = type_of(name.entity_class);
    if (type && mentions.size() < kMentionsMax) mentions.push_back({name.span, *type});
  }
  return mentions;
}

}  // namespace tidings::analyze
