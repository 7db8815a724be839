// A search index in memory over stores, kept in step when told to.
#pragma once

#include <memory>

#include "adapters/memory/memory_index_files.h"
#include "core/check.h"
#include "core/metrics.h"
#include "core/time.h"
#include "pipeline/indexing.h"
#include "ports/stores.h"
#include "search/embedded_index.h"
#include "search/index.h"
#include "stories/publishers.h"

namespace tidings::tests {

class SearchOfStores {
 public:
  SearchOfStores(Stores& stores, const Clock& clock)
      : index_(opened(files_)),
        answers_(*index_),
        indexing_(stores, *index_, stories::PublisherFamilies::shipped(), metrics_, clock,
                  {.analysis_wait_max = std::chrono::milliseconds(0)}) {}

  void catch_up() {
    const Result<void> done = indexing_.catch_up();
    CHECK(done);
  }
  search::Index& index() { return *index_; }
  const SearchIndex& answers() const { return answers_; }

 private:
  static std::unique_ptr<search::Index> opened(IndexFiles& files) {
    Result<std::unique_ptr<search::Index>> index = search::Index::open(files);
    CHECK(index);
    return *std::move(index);
  }

  memory::MemoryIndexFiles files_;
  Metrics metrics_;
  std::unique_ptr<search::Index> index_;
  search::EmbeddedIndex answers_;
  pipeline::Indexing indexing_;
};

}  // namespace tidings::tests
