// Who and what an article is about.
#pragma once

#include <span>
#include <vector>

#include "analyze/document.h"
#include "analyze/entity_mentions.h"

namespace tidings::analyze {

// Most salient first; those of an equal salience in the order of their first mentions. Of each:
//   text       its fullest name, as it is written here; aliases are the other spellings, in order
//   of appearance id         16 hexadecimal digits of the type and the entity_key of the fullest
//   name, the same in every article that gives
//              the full name, whatever case and diacritics it is written with
//   salience   grows with mentions, with those in the title (three times) and near the start; all
//   sum to less than 1 sentiment  absent: another analyzer's
// Empty for languages without a model; at most kEntitiesMax. Linear in the text's length; safe to
// call from many threads.
constexpr std::size_t kEntitiesMax = 500;
std::vector<Entity> entities(const Document& document);

// The same of mentions that are found already. Explained, each has its salience by spelling as
// evidence.
std::vector<Entity> entities(const Document& document, std::span<const Mention> mentions,
                             Explain explain = Explain::No);

}  // namespace tidings::analyze
