// What the markup of a page says of its article: microdata and h-entry.
#pragma once

#include "extract/claims.h"
#include "extract/survey.h"
#include "html/document.h"

namespace tidings::extract {

// itemprop of schema.org's articles, and the classes of h-entry. Linear time.
Claims read_microdata(const html::Document& document, const Survey& survey);

}  // namespace tidings::extract
