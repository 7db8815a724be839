// The article list for feed readers: Atom (RFC 4287) and JSON Feed 1.1.
#pragma once

#include <span>
#include <string>

#include "model/article.h"
#include "serve/source_directory.h"

namespace tidings::serve {

struct FeedItem {
  ArticleSummary article;
  SourceLabel source;
};

struct FeedPage {
  std::string public_url;   // without a slash at its end
  std::string target;       // of this page, from its slash
  std::string next_target;  // empty on the last page
};

std::string atom_feed(const FeedPage& page, std::span<const FeedItem> items);
std::string json_feed(const FeedPage& page, std::span<const FeedItem> items);

}  // namespace tidings::serve
