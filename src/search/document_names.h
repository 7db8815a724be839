// What an article has of a dimension: the one place that says so, for the index's columns and for
// rollups.
#pragma once

#include <string_view>

#include "core/ids.h"
#include "model/search_document.h"
#include "ports/search_index.h"
#include "query/topic_names.h"

namespace tidings::search {

// Calls `each(name, text)` in the document's order, as NamedCounts has them; the name is empty
// where one is not known. Topics are with those above them, each once: who asks for one finds as
// many.
template <class Each>
void each_name(const SearchDocument& document, Dimension dimension, Each&& each) {
  const auto each_of = [&](const auto& names) {
    for (const auto& name : names) each(std::string_view(name), std::string_view());
  };
  switch (dimension) {
    case Dimension::Language:
      return each(std::string_view(document.language), std::string_view());
    case Dimension::Country:
      return each(std::string_view(document.country), std::string_view());
    case Dimension::Source:
      return each(std::string_view(to_text(document.source_id)), std::string_view());
    case Dimension::Publisher:
      return each(std::string_view(document.publisher), std::string_view());
    case Dimension::Topic:
      return each_of(query::TopicNames::shipped().with_all_above(document.topics));
    case Dimension::About:
      return each_of(document.about);
    case Dimension::Entity:
      for (const SearchEntity& one : document.entities)
        each(std::string_view(one.id), std::string_view(one.text));
      return;
    case Dimension::Place:
      return each_of(document.places);
    case Dimension::Keyphrase:
      return each_of(document.keyphrases);
    case Dimension::Author:
      return each_of(document.authors);
  }
}

}  // namespace tidings::search
