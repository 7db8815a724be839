// Where the feeds of well-known sites are: told from an address, or from a page that names no feed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidings::sources {

struct KnownFeed {
  std::string url;    // absolute
  std::string title;  // what it is of: "releases"; may be empty
  friend bool operator==(const KnownFeed&, const KnownFeed&) = default;
};

// The feeds of a channel, profile, repository, community, tag or blog of YouTube, GitHub, Reddit,
// Mastodon, … by its address, the likeliest first; empty where no rule knows it. Whether they are
// there is not known: rules that go by the path alone (Mastodon, Lemmy) guess.
std::vector<KnownFeed> known_feeds(std::string_view address);

// The feeds that a page of such a site stands for where its address does not say: a YouTube handle,
// a SoundCloud profile. Any bytes are accepted; linear time.
std::vector<KnownFeed> known_feeds_in_page(std::string_view address, std::string_view html);

}  // namespace tidings::sources
