// What readers see of an article's facts: its headline, who wrote it, and when.
#pragma once

#include "extract/claims.h"
#include "extract/outline.h"
#include "extract/survey.h"
#include "html/document.h"

namespace tidings::extract {

// The headline is the <h1> of the article; bylines and dates are looked for by name (rel=author,
// <time>, classes) and then by what they say, between the headline and the first paragraphs.
// `article` is where the text stands, kNoNode where that is not known. Linear time.
Claims read_visible(const html::Document& document, const std::vector<Measure>& measures,
                    const Survey& survey, html::NodeId article);

}  // namespace tidings::extract
