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

// What an entry is known by.
struct Identity {
  // Strongest first, at least one: its guid, its page, its title with its date; then the same in
  // spellings that stores may know it by.
  std::vector<Hash128> keys;
  std::size_t own_keys = 0;  // so many tell it from the other entries of its document
  bool has_own_address = false;
};

// For each entry of one document. A guid is left out where it says nothing ("", "0") or stands on
// entries of different link and title; a link where it stands for several entries or is one of
// `home_pages`; title and date where they are weaker than what is there and not the entry's own.
// Guids that are addresses, and links, are compared as core/page_address.h does, and without their
// host as long as no other host of the document has the same path: sites move. Whether one entry's
// key counts never depends on what else is wrong with the document.
std::vector<Identity> identities(SourceId source_id, std::span<const IdentityInput> entries,
                                 std::span<const std::string> home_pages);

}  // namespace tidings::normalize
