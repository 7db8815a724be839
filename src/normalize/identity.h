// Which article is an entry? Feeds promise a lasting, unique id; not all keep it.
// docs/decisions/identity.md
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/hash.h"
#include "core/ids.h"
#include "model/feed.h"

namespace tidings::normalize {

// What an entry is told apart by.
struct IdentityInput {
  const Entry* entry = nullptr;
  std::string url;    // canonical
  std::string title;  // as it is stored
  std::string text;   // read only where nothing else is there
};

// For each entry of one document the keys that tell it from the others, strongest first, at least
// one: its guid, its link (http and https are one), its title with its date. A guid is left out
// where it says nothing ("", "0") or stands on entries of different link and title; a link where it
// stands for several entries or is one of `home_pages`; title and date where they are weaker than
// what is there and not the entry's own. Whether one entry's key counts never depends on what else
// is wrong with the document.
std::vector<std::vector<Hash128>> identities(SourceId source_id,
                                             std::span<const IdentityInput> entries,
                                             std::span<const std::string> home_pages);

}  // namespace tidings::normalize
