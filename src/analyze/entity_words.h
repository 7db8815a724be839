// What is known of a word or a name wherever it stands: is it a given name, a city, a common noun
// for a person?
#pragma once

#include <cstdint>
#include <string_view>

#include "analyze/entity_language.h"

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

// Of one lower-cased word. A name of several words has the hash that grows word by word:
// joined_hash(word_hash("new"), word_hash("york")).
// FNV-1a.
constexpr std::uint32_t word_hash(std::string_view lower) {
  std::uint32_t hash = 0x811c9dc5;
  for (const char c : lower) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

constexpr std::uint32_t joined_hash(std::uint32_t before, std::uint32_t word) {
  const std::uint32_t hash = (before ^ (word * 0x9E3779B1U)) * 0x85EBCA6BU;
  return hash ^ (hash >> 15U);
}

// What a word is in texts of this language: words and titles are the language's, names are
// everybody's. None for what the table does not know. Names share a 32-bit hash with 140,000
// others: one unknown word in 30,000 is taken for another, which a statistical reader can bear.
WordClasses classes_of(std::uint32_t hash, EntityLanguage language = EntityLanguage::English);

}  // namespace tidings::analyze
