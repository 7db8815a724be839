// The SearchIndex over an index of this process.
#pragma once

#include "ports/search_index.h"
#include "search/index.h"

namespace tidings::search {

class EmbeddedIndex final : public SearchIndex {
 public:
  explicit EmbeddedIndex(Index& index) : index_(index) {}

  Result<SearchAnswer> search(const SearchRequest& request) const override;
  Result<Aggregates> aggregate(const AggregateRequest& request) const override;
  Result<CooccurrenceCounts> cooccurrence(const CooccurrenceRequest& request) const override;
  Result<PublisherStatistics> publishers(const PublisherRequest& request) const override;
  Result<std::vector<Suggestion>> suggest(std::string_view written,
                                          std::size_t limit) const override;
  Result<Query> more_like(const SearchDocument& article) const override;
  Result<SearchStatistics> statistics() const override;

 private:
  Index& index_;
};

}  // namespace tidings::search
