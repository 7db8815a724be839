// The numbers of an article that ranges ask for.
#pragma once

#include <cstdint>
#include <optional>

#include "model/query.h"
#include "model/search_document.h"

namespace tidings::query {

class ArticleNumbers {
 public:
  ArticleNumbers() = default;
  // `words` of title and text.
  ArticleNumbers(const SearchDocument& document, std::uint32_t words);

  // Nothing where the article has no such number.
  std::optional<double> get(QueryField field) const;

 private:
  double published_ = 0;
  double words_ = 0;
  double story_size_ = 0;
  std::optional<double> sentiment_;
};

}  // namespace tidings::query
