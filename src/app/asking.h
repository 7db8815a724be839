// The search index as commands ask it, beside a server or without one.
#pragma once

#include <memory>

#include "app/command_line.h"
#include "app/opened.h"
#include "app/searching.h"
#include "core/metrics.h"
#include "core/result.h"
#include "pipeline/indexing.h"
#include "stories/publishers.h"

namespace tidings::app {

// The index as it is on disk, and what came since in memory.
class Asking {
 public:
  static Result<std::unique_ptr<Asking>> open(const Arguments& arguments);

  Opened& opened() { return *opened_; }
  search::Index& index() { return index_->index(); }
  const SearchIndex& answers() const { return index_->answers(); }

 private:
  Asking(std::unique_ptr<Opened> opened, std::unique_ptr<OpenIndex> index,
         stories::PublisherFamilies families);

  std::unique_ptr<Opened> opened_;
  std::unique_ptr<OpenIndex> index_;
  stories::PublisherFamilies families_;
  Metrics metrics_;
  pipeline::Indexing indexing_;
};

}  // namespace tidings::app
