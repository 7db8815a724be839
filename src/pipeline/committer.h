// Makes refreshes durable: payloads first, then articles, events and validators of many sources in
// one commit.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/bounded_queue.h"
#include "core/metrics.h"
#include "core/result.h"
#include "core/signal.h"
#include "core/time.h"
#include "pipeline/refresh.h"
#include "ports/article_store.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

struct CommitSettings {
  std::size_t queue_refreshes_max = 256;
  std::size_t commit_refreshes_max = 256;  // group commit: what waits shares one
  bool keep_raw = true;
  std::chrono::milliseconds backoff_min{200};
  std::chrono::milliseconds backoff_max{10'000};
  std::chrono::milliseconds stop_patience{5'000};  // how long a stop waits for a store that is away
};

// submit() is safe to call from many threads; run() belongs to one.
class Committer {
 public:
  // `settled` is told of every source whose refresh is through, stored or given up, on the
  // committer's thread.
  Committer(ArticleStore& articles, ObjectStore& objects, Signal& appended, Metrics& metrics,
            const Clock& clock, CommitSettings settings, std::function<void(SourceId)> settled);

  // Waits while the queue is full. False once closed.
  bool submit(Refreshed refreshed) { return queue_.push(std::move(refreshed)); }

  // What was submitted is still stored; nothing more comes in.
  void close() { queue_.close(); }

  // Commits until closed and empty. While a store is away it holds what it has and tries again;
  // after a stop request only for `stop_patience`: what is given up then was never acknowledged,
  // and is fetched again.
  void run(const std::stop_token& stop);

 private:
  void commit(std::vector<Refreshed> group, const std::stop_token& stop);
  Result<void> store(std::vector<Refreshed>& group);
  Result<void> store_payloads(std::vector<Refreshed>& group);
  Result<void> store_patiently(std::vector<Refreshed>& group, const std::stop_token& stop);
  void store_alone(Refreshed refreshed, const std::stop_token& stop);
  void count(const std::vector<IngestOutcome>& outcomes, const std::vector<Refreshed>& group);

  ArticleStore& articles_;
  ObjectStore& objects_;
  Signal& appended_;
  const Clock& clock_;
  const CommitSettings settings_;
  const std::function<void(SourceId)> settled_;
  BoundedQueue<Refreshed> queue_;
  Counter& added_total_;
  Counter& edited_total_;
  Counter& known_total_;
  Counter& retries_total_;
  Histogram& commit_seconds_;
};

}  // namespace tidings::pipeline
