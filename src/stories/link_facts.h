// What an article says that is the same in every language: names, places, numbers and dates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "model/analysis.h"
#include "model/story.h"

namespace tidings::stories {

struct LinkFact {
  FactKind kind = FactKind::Name;
  std::uint64_t key = 0;  // equal in all languages
  std::string text;       // as written
  double weight = 0;      // how much it tells where nobody else says it
};

struct LinkFacts {
  std::string language;  // primary tag
  Time published{};
  std::vector<LinkFact> facts;     // different ones
  std::vector<TopicScore> topics;  // without their evidence
};

// Of the document that was analyzed: title, newline, text; `language` is its primary tag.
//
// Persons, organizations, products and events count by their entity ids, places by the gazetteer's
// name and country. Besides these, capitalized words of four letters or more count as names, by
// their folded spelling: much is called the same everywhere that no list has. Numbers are read as
// their language writes them ("2.400" is 2,400 in German), with thousands, millions and billions of
// English, German, French, Spanish, Italian, Portuguese and Dutch; the more digits, the more they
// tell. Years of our time are left out, and days of a month near the day of publication.
LinkFacts link_facts(std::string_view document, std::string_view language, Time published,
                     const Analysis& analysis);

}  // namespace tidings::stories
