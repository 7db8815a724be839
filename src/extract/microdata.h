// What the markup of a page says of its article: microdata, h-entry, rel=author, <time>, and
// elements that are named for what they hold.
#pragma once

#include "extract/claims.h"
#include "extract/survey.h"
#include "html/document.h"

namespace tidings::extract {

// itemprop of schema.org's articles, and the classes of h-entry. Linear time.
Claims read_microdata(const html::Document& document, const Survey& survey);

// Bylines, dates and headings as readers see them; `article` is where the article stands, kNoNode
// where that is not known. Linear time.
Claims read_visible(const html::Document& document, const Survey& survey, html::NodeId article);

}  // namespace tidings::extract
