// An article as the index and the standing queries take it.
#pragma once

#include <string>
#include <vector>

#include "model/search_document.h"
#include "text/search_words.h"

namespace tidings::search {

// An article, cut up.
struct IndexedArticle {
  SearchDocument document;
  text::SearchWords words;
  std::vector<std::string> values;  // query::value_terms() but for its story, which changes
};

}  // namespace tidings::search
