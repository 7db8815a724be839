// Joins the mentions of one article that mean the same: the full name, then the surname; the
// acronym; the company without its legal form.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/entity_mentions.h"

namespace tidings::analyze {

struct MentionGroup {
  std::string key;  // entity_key of the fullest name
  EntityType type = EntityType::Person;
  std::vector<std::uint32_t> mentions;  // indexes, ascending
};

// In the order of their first mentions. Each mention is in one group. A surname that several people
// of the article have goes to the one named last before it. `language` is the document's.
std::vector<MentionGroup> join_mentions(std::string_view text, std::string_view language,
                                        std::span<const Mention> mentions);

}  // namespace tidings::analyze
