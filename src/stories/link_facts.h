// What an article says that is the same in every language: names, places, numbers and dates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"
#include "model/analysis.h"
#include "model/story.h"
#include "text/segments.h"

namespace tidings::stories {

struct LinkFact {
  FactKind kind = FactKind::Name;
  std::uint32_t key = 0;  // equal in all languages
  std::string text;       // as written, kFactTextBytesMax at most
  float weight = 0;       // > 0: how much it tells where nobody else says it

  friend bool operator==(const LinkFact&, const LinkFact&) = default;
};
inline constexpr std::size_t kFactTextBytesMax = 100;
inline constexpr std::size_t kFactsOfArticleMax = 64;

struct LinkFacts {
  std::string language;  // primary tag
  Time published{};
  std::vector<LinkFact> facts;     // different ones, the weightiest kFactsOfArticleMax
  std::vector<TopicScore> topics;  // without their evidence

  friend bool operator==(const LinkFacts&, const LinkFacts&) = default;
};

void save(const LinkFact& fact, ByteWriter& out);
Result<LinkFact> restore_fact(ByteReader& in);  // Corrupt when the bytes are not of save()

// Of the document that was analyzed: title, newline, text, or its head, cut in its language, whose
// primary tag `language` is.
//
// Persons, organizations, products and events count by their entity ids, places by the gazetteer's
// name and country. Besides these, capitalized words of four letters or more count as names, by
// their folded spelling: much is called the same everywhere that no list has. Numbers are read as
// their language writes them ("2.400" is 2,400 in German), with thousands, millions and billions of
// English, German, French, Spanish, Italian, Portuguese and Dutch; the more digits, the more they
// tell. Years of our time are left out, and days of a month near the day of publication.
LinkFacts link_facts(const text::Segments& segments, std::string_view language, Time published,
                     const Analysis& analysis);

}  // namespace tidings::stories
