// What a page says of its article in <meta>, <link> and <html lang>.
#pragma once

#include "extract/claims.h"
#include "extract/survey.h"
#include "html/document.h"

namespace tidings::extract {

// OpenGraph and article:*, Twitter cards, Dublin Core, Parse.ly, Sailthru, Google News and what
// content systems use besides; of several names for one thing the better known is believed. Linear
// time.
Claims read_meta_tags(const html::Document& document, const Survey& survey);

}  // namespace tidings::extract
