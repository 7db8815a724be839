#include "query/article_numbers.h"

#include "core/check.h"
#include "core/time.h"

namespace tidings::query {

ArticleNumbers::ArticleNumbers(const SearchDocument& document, std::uint32_t words)
    : published_(static_cast<double>(to_micros(document.published))),
      words_(words),
      story_size_(static_cast<double>(document.story_size)) {
  if (document.sentiment) sentiment_ = *document.sentiment / 100.0;
}

std::optional<double> ArticleNumbers::get(QueryField field) const {
  switch (field) {
    case QueryField::Published:
      return published_;
    case QueryField::Sentiment:
      return sentiment_;
    case QueryField::Words:
      return words_;
    case QueryField::StorySize:
      return story_size_;
    default:
      CHECK(false);  // the others are no numbers
  }
}

}  // namespace tidings::query
