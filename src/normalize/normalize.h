// From what a publisher said to what we keep: one identity, one spelling, safe HTML, plain text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/time.h"
#include "model/article.h"
#include "model/feed.h"
#include "model/source.h"

namespace tidings::normalize {

inline constexpr std::size_t kArticlesMax = 10'000;  // of one document; a batch takes no more
inline constexpr std::size_t kTitleBytesMax = 1000;
inline constexpr std::size_t kSummaryBytesMax = 500;
inline constexpr std::size_t kNameBytesMax = 300;  // of authors, categories, enclosures, rights
inline constexpr std::size_t kAuthorsMax = 20;
inline constexpr std::size_t kCategoriesMax = 50;
inline constexpr std::size_t kEnclosuresMax = 50;

struct NormalizedFeed {
  std::vector<NewArticle> articles;   // in the order of the document
  std::vector<std::string> rejected;  // a plain sentence per entry that could not be kept
};

// One bad entry costs only itself. Of entries with one identity the latest is kept (by updated,
// else published; then the one with more content), in the place of the first. Times are as
// publish_times.h says. What is too long is cut at a word. Pure; safe to call from many threads.
NormalizedFeed normalize_feed(const Feed& feed, const Source& source, Time now);

}  // namespace tidings::normalize
