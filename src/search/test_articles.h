// Articles for tests of the index.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "model/query.h"
#include "search/index.h"
#include "text/search_words.h"

namespace tidings::search {

inline IndexedArticle test_article(std::int64_t id, std::int64_t published_s, std::string title,
                                   std::string text) {
  IndexedArticle article;
  article.document.id = ArticleId(id);
  article.document.published = from_micros(published_s * 1'000'000);
  article.document.language = "en";
  article.document.title = std::move(title);
  article.document.text = std::move(text);
  article.words =
      text::search_words(article.document.title, article.document.text, article.document.language);
  return article;
}

inline Query word_query(std::string text) {
  return {.kind = QueryKind::Word, .text = std::move(text)};
}

}  // namespace tidings::search
