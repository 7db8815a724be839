// Items written as an RSS 2.0, Atom 1.0 or JSON Feed 1.1 document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace tidings::publisher {

enum class FeedFormat { Rss, Atom, Json };

struct DocumentItem {
  std::string url, title, summary, topic, author, html;  // a summary equal to the title is none
  Time published{};
};

struct FeedHead {
  std::string site, title, description, language;
  Time updated{};
};

struct FeedText {
  std::string body;
  std::string_view content_type;
};
FeedText write_feed(FeedFormat format, const FeedHead& head,
                    const std::vector<DocumentItem>& items);

}  // namespace tidings::publisher
