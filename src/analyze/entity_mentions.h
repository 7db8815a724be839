// Where an article names something, before anyone asks whether two names mean the same.
#pragma once

#include <vector>

#include "analyze/document.h"
#include "model/analysis.h"

namespace tidings::analyze {

struct Mention {
  TextSpan span;  // of the name alone: without "'s" and without a title before it
  EntityType type = EntityType::Person;

  friend bool operator==(const Mention&, const Mention&) = default;
};

// In the text's order; mentions never overlap. Empty for languages without a model:
// entity_language.h has those with one. Linear in the text's length; at most kMentionsMax of them.
// Safe to call from many threads.
constexpr std::size_t kMentionsMax = 8'000;
std::vector<Mention> entity_mentions(const Document& document);

}  // namespace tidings::analyze
