// What a page adds to the article that led to it.
#pragma once

#include <optional>
#include <span>

#include "core/result.h"
#include "extract/extract.h"
#include "extract/rules.h"
#include "model/article.h"
#include "model/source.h"

namespace tidings::pipeline {

// The rules of a source; several of one field are one list of selectors. InvalidInput names the
// selector that cannot be read.
Result<extract::Rules> page_rules(std::span<const ExtractRule> rules);

// The article with the page's text, safe HTML and picture, and with authors, language and summary
// where the feed gave none. Nothing where the page tells no more than the article has already.
std::optional<Article> with_page(const Article& article, const extract::ExtractedPage& page,
                                 const Source& source, Time now);

}  // namespace tidings::pipeline
