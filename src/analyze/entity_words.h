// What is known of a word or a name wherever it stands: is it a given name, a city, a common noun
// for a person?
#pragma once

#include <cstdint>
#include <string_view>

#include "analyze/entity_language.h"
#include "analyze/word_hash.h"

namespace tidings::analyze {

// The order is that of data/tables/entity_words.mjs.
enum class WordClass : std::uint8_t {
  GivenName,
  Surname,
  Person,  // a full name
  Country,
  Demonym,
  BigCity,
  City,
  Place,
  Organization,
  Event,
  Work,
  Time,
  Common,  // a dictionary has it in lower case
  PersonNoun,
  GroupNoun,
  PlaceNoun,
  EventNoun,
  ArtifactNoun,
  WorkNoun,
  Verb,
  Adjective,
  Adverb,
  Language,
  StartsName,  // the first word of a longer name
  NewsName,    // of data/tables/shared/entity_names.mjs
  Product,
  OrganizationHead,  // "university", "brigade": what names of organizations end with
  EventHead,
  PlaceHead,
  ProductHead,
  Title,  // before a person's name
};

struct WordClasses {
  std::uint32_t bits = 0;

  bool has(WordClass word_class) const {
    return (bits >> static_cast<unsigned>(word_class) & 1U) != 0;
  }
};

// What a word is in texts of this language: words and titles are the language's, names are
// everybody's. None for what the table does not know. Names share a 32-bit hash with 140,000
// others: one unknown word in 30,000 is taken for another, which a statistical reader can bear.
WordClasses classes_of(std::uint32_t hash, EntityLanguage language = EntityLanguage::English);

// Begins to fetch what classes_of will look at: the table is larger than the caches nearby.
void prefetch_classes(std::uint32_t hash, EntityLanguage language);

}  // namespace tidings::analyze
