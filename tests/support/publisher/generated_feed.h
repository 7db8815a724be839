// Feeds made up from a seed: the same number gives the same feed, and time makes it publish.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidings::publisher {

struct GeneratedFeeds {
  std::size_t feeds = 0;
  std::size_t items = 20;         // shown at a time, newest first
  std::size_t item_bytes = 1000;  // of an item in the document, about
  std::uint64_t seed = 1;
  Duration publish_every =
      std::chrono::hours(1);  // a new item per feed, each feed at a moment of its own
};

// generated-<n>.test: a registrable domain of its own, so that pacing treats it as a publisher.
std::string generated_host(std::size_t number);

// How many items feed `number` has published by `now`; `began` is when the first `items` were
// there.
std::uint64_t published_count(const GeneratedFeeds& settings, std::size_t number, Time began,
                              Time now);

struct GeneratedDocument {
  std::string body;
  std::string_view content_type;
  Time newest{};
};
// The newest items once `published` of them are out. RSS, Atom and JSON Feed take turns by number.
GeneratedDocument generate(const GeneratedFeeds& settings, std::size_t number, Time began,
                           std::uint64_t published);

}  // namespace tidings::publisher
