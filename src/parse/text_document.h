// Plain text and JSON files as articles.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "model/feed.h"

namespace tidings::parse {

// Paragraphs are parted by blank lines, lines within one by breaks; escaped.
std::string html_of_plain_text(std::string_view plain);

// The title is the first line where a blank one follows it and it is short (at most 200 bytes), as
// a heading would be ("# " of Markdown is dropped); else it is left empty. Lines "Author:", "By:"
// and "Date:" that come next, behind blank lines or not, are the byline. `utf8` is UTF-8.
Entry read_text_document(std::string_view utf8);

// One article as a JSON object: title or headline; text, content, body, articleBody or html (what
// begins with a tag is HTML); author or authors (text, object with a name, or a list of both);
// date, published, published_at, datePublished or created_at; updated, modified or dateModified;
// url or link; id; language or lang; image; summary or description; tags, keywords or categories.
// Other names are passed over. InvalidInput "not_an_article" says what is missing, "malformed"
// where it is no JSON.
Result<Entry> read_json_article(std::string_view utf8);

}  // namespace tidings::parse
