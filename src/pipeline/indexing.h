// Keeps the search index in step with the event log; fills it from the store where the log does not
// reach back, and where parts of it were lost.
#pragma once

#include <chrono>
#include <cstddef>
#include <set>
#include <span>
#include <stop_token>
#include <vector>

#include "core/metrics.h"
#include "core/result.h"
#include "core/signal.h"
#include "core/time.h"
#include "pipeline/search_documents.h"
#include "ports/stores.h"
#include "search/index.h"

namespace tidings::pipeline {

struct IndexingSettings {
  std::size_t batch_events_max = 2'000;
  std::size_t batch_articles_max = 500;  // whole in memory at once
  // An article whose analysis is late is findable after so long without it.
  std::chrono::milliseconds analysis_wait_max{5'000};
  std::chrono::milliseconds poll_interval{500};
  bool is_written = true;  // else the index is for reading: what is taken stays in memory
  // What was taken is written after so many articles, or so long.
  std::size_t flush_articles = 2'000;
  std::chrono::milliseconds flush_interval{60'000};
  std::chrono::milliseconds flush_retry{5'000};  // after a failure
  // So many wait in memory for a disk that takes them; no more are taken then.
  std::size_t unflushed_max = 200'000;
};

// One thread, beside the one that merges.
class Indexing {
 public:
  Indexing(Stores& stores, search::Index& index, const stories::PublisherFamilies& families,
           Metrics& metrics, const Clock& clock, IndexingSettings settings = {});

  enum class Step { Idle, Worked };
  // Takes the next articles from the store, or the next events from the log. An error means wait.
  Result<Step> step();
  // Steps until there is nothing to do; for commands.
  Result<void> catch_up();

  void run(const std::stop_token& stop, Signal& appended);
  void run_merges(const std::stop_token& stop);

 private:
  // What events ask for.
  struct Asked {
    std::vector<ArticleId> changed;  // to be read and indexed, each once
    std::vector<ArticleId> removed;
    std::vector<StoryId> stories;
    EventSequence cursor{};
  };
  Result<void> begin();
  Result<Step> fill(ArticleId filled_to);
  Result<Step> follow();
  Result<Asked> asked(std::span<const Event> events);
  Result<bool> waits(const Event& event) const;
  Result<void> index(Asked asked, std::optional<ArticleId> filled_to);
  void flush_when_due();
  Result<void> flush();

  Stores& stores_;
  search::Index& index_;
  SearchDocuments documents_;
  const Clock& clock_;
  const IndexingSettings settings_;
  Gauge& lag_events_;
  Gauge& articles_;
  Counter& indexed_;
  bool has_begun_ = false;
  bool has_failed_ = false;  // the last flush
  Time flushed_at_{};
  std::size_t unflushed_ = 0;
};

}  // namespace tidings::pipeline
