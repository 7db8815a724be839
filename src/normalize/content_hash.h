// What an edit of an article changes, and what only seems to.
#pragma once

#include <cstdint>
#include "model/article.h"

namespace tidings::normalize {

// A hash of title, page, text, and the names of images and media. Left out, since they change by
// themselves: white space, tags and attributes, the addresses of links, the host and the query of
// addresses, sizes in the names of images, images that are links to other sites (advertisements),
// and numbers that count comments or readers.
std::uint64_t content_hash(const Article& article);

}  // namespace tidings::normalize
