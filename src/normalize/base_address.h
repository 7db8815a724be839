// What the relative addresses of an entry are relative to.
#pragma once

#include <string>
#include <string_view>

#include "model/feed.h"

namespace tidings::normalize {

// The first absolute web address of: the entry's base, its page, the site, the feed; else
// `fallback`.
std::string base_address(const Feed& feed, const Entry& entry, std::string_view fallback);

}  // namespace tidings::normalize
