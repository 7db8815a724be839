// An extracted page as `tidings extract` prints it.
#pragma once

#include <string>

#include "extract/extract.h"

namespace tidings::extract {

// {"url","title","authors","published","modified","language","site","image","html","text"}: in this
// order; published, modified, language, site and image are left out where the page does not tell.
void write_page_json(const ExtractedPage& page, std::string& out);

}  // namespace tidings::extract
