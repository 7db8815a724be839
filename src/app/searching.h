// The search index of this process: its files, what keeps it in step, what answers from it.
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "app/runtime.h"
#include "app/settings.h"
#include "pipeline/indexing.h"
#include "ports/index_files.h"
#include "search/embedded_index.h"
#include "search/index.h"

namespace tidings::app {

enum class IndexUse : std::uint8_t { Keep, Read };

// An index that cannot be read is begun anew where it is kept; where it is only read, that is the
// error.
class OpenIndex {
 public:
  static Result<std::unique_ptr<OpenIndex>> open(const Settings& settings, IndexUse use);

  search::Index& index() { return *index_; }
  const SearchIndex& answers() const { return answers_; }

 private:
  OpenIndex(std::unique_ptr<IndexFiles> files, std::unique_ptr<search::Index> index)
      : files_(std::move(files)), index_(std::move(index)), answers_(*index_) {}

  std::unique_ptr<IndexFiles> files_;
  std::unique_ptr<search::Index> index_;
  search::EmbeddedIndex answers_;
};

class Searching {
 public:
  static Result<std::unique_ptr<Searching>> make(const Settings& settings, const Runtime& runtime);
  ~Searching();

  const SearchIndex& index() const { return opened_->answers(); }
  const stories::PublisherFamilies& families() const { return families_; }
  // search::Index::set_listener().
  void set_listener(std::function<void()> on_change) {
    opened_->index().set_listener(std::move(on_change));
  }
  // On threads of its own, which its end stops and joins.
  void start();

 private:
  Searching(std::unique_ptr<OpenIndex> opened, stories::PublisherFamilies families,
            const Runtime& runtime);

  Signal& appended_;
  std::unique_ptr<OpenIndex> opened_;
  const stories::PublisherFamilies families_;
  pipeline::Indexing indexing_;
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace tidings::app
