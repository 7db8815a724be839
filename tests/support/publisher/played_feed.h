// Fictional news for the demo: a written list of stories, told again and again with other details.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "tests/support/publisher/feed_document.h"

namespace tidings::publisher {

// Title and text choose from "[one|two|three]"; "[1]" repeats the first choice made, "[2]" the
// second.
struct Story {
  std::string title, author, topic, text;
};

struct PlayedFeed {
  std::string host, title, language;
  FeedFormat format = FeedFormat::Rss;
  Duration publish_every{};
  std::vector<Story> stories;
};

// A file of data/stories: lines `host:`, `title:`, `language:`, `format:` (rss, atom, json) and
// `minutes:` (between two items), then stories of three lines, each after a blank one: the title;
// author and topic with " / " between them; the text. InvalidInput names what is wrong.
Result<PlayedFeed> parse_played_feed(std::string_view text);
// Every .txt file of `folder`, by name.
Result<std::vector<PlayedFeed>> read_played_feeds(const std::string& folder);

// How many items the feed has ever published by `now`. Counted from a fixed day, so that a
// publisher that starts again goes on where the last one was.
std::uint64_t played_count(const PlayedFeed& feed, Time now);

// What item `index` says; no combination of choices comes twice before all have come once.
DocumentItem played_item(const PlayedFeed& feed, std::uint64_t index);

// The newest dozen items once `published` are out.
FeedText play(const PlayedFeed& feed, std::uint64_t published);

}  // namespace tidings::publisher
