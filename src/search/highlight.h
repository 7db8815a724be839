// Where an article says what was asked for.
#pragma once

#include <string>
#include <string_view>

#include "model/query.h"

namespace tidings::search {

// HTML: escaped, but for <mark> around words that the query means.
struct Highlight {
  std::string title;
  // A piece of the text, about kSnippetWords words, with as many different words of the query as
  // there are; "…" where the text goes on. Empty without a text.
  std::string snippet;
};
inline constexpr std::size_t kSnippetWords = 36;

// Words that the query excludes are not marked. Looks at the first 256 KB of the text.
Highlight highlight(const Query& query, std::string_view title, std::string_view text,
                    std::string_view language);

}  // namespace tidings::search
