// Stored articles as the search index takes them.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "ports/stores.h"
#include "search/index.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

// What an article has and is, without its words and what is known of its source and story. Without
// an analysis what that would tell is absent.
SearchDocument described(const ArticleSummary& summary, const Analysis* analysis,
                         const stories::PublisherFamilies& families);

// Reads what an article's row, its analysis, its source and its story say of it. For one thread.
class SearchDocuments {
 public:
  SearchDocuments(Stores& stores, const stories::PublisherFamilies& families)
      : stores_(stores), families_(families) {}

  struct Read {
    std::vector<SearchDocument> documents;  // in the order of the ids; of those that are there
    std::vector<ArticleId> unanalyzed;      // of them
  };
  enum class Texts : std::uint8_t { Whole, None };
  // Ask for few: they are in memory whole. Without texts it takes a fraction of the time, and the
  // version means nothing.
  Result<Read> read(std::span<const ArticleId> ids, Texts texts = Texts::Whole);

  // A source's title may have changed.
  void forget_source(SourceId id) { source_titles_.erase(id); }

 private:
  Result<std::vector<Article>> articles(std::span<const ArticleId> ids, Texts texts) const;
  Result<std::string> title_of(SourceId id);
  Result<SearchDocument> document(const Article& article, const AnalyzedArticle* analyzed);

  Stores& stores_;
  const stories::PublisherFamilies& families_;
  std::map<SourceId, std::string> source_titles_;
};

// The index's own form: its words cut, its values named.
search::IndexedArticle indexed(SearchDocument document);

}  // namespace tidings::pipeline
