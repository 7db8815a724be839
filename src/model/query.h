// A question over the news, as search, saved searches, rules, alerts and analytics ask it.
// query/parse.h reads it from what people write; query/matches.h defines what it means.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tidings {

// What a part of a query looks at.
enum class QueryField : std::uint8_t {
  Any,    // title and text
  Title,  // the title alone
  // Values: what an article has, rather than what it says.
  Author,
  Source,     // by number or title
  Publisher,  // the family of hosts
  Topic,      // by code or label; those above it hold too
  Entity,     // by id or name
  Place,
  Country,   // of the source, ISO 3166-1 alpha-2
  About,     // a country that it is about
  Language,  // BCP 47; a primary tag holds its regions
  Story,     // by number
  Url,       // a word of the address
  Site,      // a host or one of the domains above it
  // Numbers.
  Published,  // microseconds since 1970
  Sentiment,  // [-1, 1], in steps of a hundredth
  Words,      // of title and text
  StorySize,  // articles of its story; 0 without one
};

enum class QueryKind : std::uint8_t {
  Everything,
  Word,    // `text`, or another form of the word where it is not `exact`; Any or Title
  Prefix,  // words that begin with `text`, both folded (text/fold.h)
  Fuzzy,   // words like `text`, both folded: with the same first character, and from four
           // characters of `text` on one edit away at most, from eight on two (insertions,
           // deletions, replacements, swaps of neighbors; each character touched once); of 64
           // characters at most
  Phrase,  // `parts` (Word, Prefix, Fuzzy; of its field) one after the other
  Near,    // `parts` (Word, Prefix, Fuzzy, Phrase) in any order, at most `distance` words between
           // the first and the last beyond what they take themselves; of its field, and all
           // in the title or all in the text
  Value,   // the article has the value `text` in `field`, in the spelling of query/values.h
  Range,   // the number `field` lies in [at_least, below); an article without one is not in it
  And,     // all of `parts`, two or more
  Or,      // any of `parts`, two or more
  Not,     // not the only one of `parts`
};

struct Query {
  QueryKind kind = QueryKind::Everything;
  QueryField field = QueryField::Any;
  bool exact = false;  // Word: this form alone (case apart)
  std::uint16_t distance = 0;
  std::string text;  // Word: one word as text::search_form() has it; Prefix, Fuzzy: folded too
  double at_least = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  std::vector<Query> parts;

  friend bool operator==(const Query&, const Query&) = default;
};

}  // namespace tidings
