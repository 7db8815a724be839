// What the names that authors of pages give to their elements say about what stands inside.
#pragma once

#include <cstdint>

#include "html/document.h"

namespace tidings::extract {

enum class Hint : std::uint8_t {
  None,
  Body,      // the article's text: "article-body", itemprop="articleBody"
  Content,   // something like it: "post", "main", "story"
  Caption,   // of a picture
  Byline,    // who wrote it, when, where
  Comments,  // what readers say
  Chrome,    // what stands around: menus, advertising, sharing, other articles
};

// By tag, role, itemprop, class and id. A modifier ("has-sidebar", "no-comments") says nothing
// about what is inside, so its words do not count. Linear in the length of the attributes, of which
// at most 512 bytes each are read.
Hint hint_of(const html::Node& element);

// Named for a standfirst or for a list of the article's points by class or id.
bool is_named_standfirst(const html::Node& element);

// Not shown to readers: the hidden attribute, inline styles, names like "sr-only".
bool is_hidden(const html::Node& element);

}  // namespace tidings::extract
