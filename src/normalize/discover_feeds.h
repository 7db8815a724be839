// Which feeds a web page names, so that a person can follow a site by the address that they know.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::normalize {

inline constexpr std::size_t kDiscoverBytesMax = 4 * 1024 * 1024;  // what is beyond is not read
inline constexpr std::size_t kDiscoveredFeedsMax = 50;

struct DiscoveredFeed {
  std::string url;    // absolute, http or https
  std::string title;  // what the page calls it; may be empty
  std::string type;   // media type, lower case; empty where the page gives none
  friend bool operator==(const DiscoveredFeed&, const DiscoveredFeed&) = default;
};

// The feeds that the page at `url` names, most likely first, each once: <link rel="alternate"> of a
// feed type as the page orders them (comment feeds behind the others), then links to addresses that
// look like feeds of the page's own site, then those of others. Any bytes are accepted; linear
// time. Safe to call from many threads.
std::vector<DiscoveredFeed> discover_feeds(std::string_view html, std::string_view url);

}  // namespace tidings::normalize
