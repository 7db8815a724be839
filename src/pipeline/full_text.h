// What a page adds to the article that led to it.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/result.h"
#include "extract/extract.h"
#include "extract/rules.h"
#include "model/article.h"
#include "model/source.h"

namespace tidings::pipeline {

// Marks the articles whose page is to be read: those with an address, of a source with full text;
// where that is automatic, those whose entry is only a beginning.
void want_pages(std::vector<NewArticle>& articles, FullText full_text);

// The rules of a source; several of one field are one list of selectors. InvalidInput names the
// selector that cannot be read.
Result<extract::Rules> page_rules(std::span<const ExtractRule> rules);

// The article with the page's text, safe HTML and picture, and with authors, language and summary
// where the feed gave none. Nothing where the page tells no more than the article has already.
std::optional<Article> with_page(const Article& article, const extract::ExtractedPage& page,
                                 const Source& source, Time now);

}  // namespace tidings::pipeline
