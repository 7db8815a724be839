// What a query means: the definition, which the index and the standing queries must agree with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/query.h"
#include "model/search_document.h"
#include "query/article_numbers.h"
#include "text/search_words.h"

namespace tidings::query {

// An article with what queries ask of it worked out once. Safe to read from many threads.
class MatchedDocument {
 public:
  explicit MatchedDocument(const SearchDocument& document);

  const text::SearchWords& words() const { return words_; }
  // By form (text::SearchWords::forms): its keys in a text, and itself folded.
  const std::vector<std::vector<std::string>>& keys() const { return keys_; }
  const std::vector<std::string>& folded() const { return folded_; }
  // value_terms().
  const std::vector<std::string>& values() const { return values_; }
  // Nothing where the article has no such number.
  std::optional<double> number(QueryField field) const { return numbers_.get(field); }

 private:
  text::SearchWords words_;
  std::vector<std::vector<std::string>> keys_;
  std::vector<std::string> folded_;
  std::vector<std::string> values_;
  ArticleNumbers numbers_;
};

// Looks at every word of the article for every word of the query. Safe to call from many threads.
bool matches(const Query& query, const MatchedDocument& document);

}  // namespace tidings::query
