// Which of the things that a page says of its article are believed.
#pragma once

#include <string_view>

#include "extract/claims.h"
#include "extract/extract.h"
#include "extract/survey.h"
#include "html/document.h"

namespace tidings::extract {

// What each vocabulary says.
struct AllClaims {
  Claims json_ld, meta, microdata, visible;
};

// Everything but html and text. The order of belief, per field, is told in
// docs/decisions/extraction.md. Pure; linear time.
ExtractedPage decide_facts(const AllClaims& claims, const html::Document& document,
                           const Survey& survey, std::string_view page_url, const Limits& limits);

}  // namespace tidings::extract
