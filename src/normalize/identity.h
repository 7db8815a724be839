// Which article is an entry? Feeds promise a lasting, unique id; not all keep it.
#pragma once

#include <cstddef>
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

// For each entry of one document: of its guid, else of its link, else of title and date. Guids that
// say nothing ("", "0") are passed over, and so are those that stand on entries of different link
// and title; where several do, the feed's guids are not believed at all.
std::vector<Hash128> identities(SourceId source_id, std::span<const IdentityInput> entries);

}  // namespace tidings::normalize
