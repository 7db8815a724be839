// Keeps the disk from filling: what goes is old, or over its size, and never what a person kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "core/metrics.h"
#include "core/result.h"
#include "core/signal.h"
#include "core/time.h"
#include "ports/article_store.h"
#include "ports/event_log.h"
#include "ports/object_store.h"
#include "ports/rollup_store.h"

namespace tidings::pipeline {

// An absent limit keeps for ever. Ages count from when we stored the thing.
struct RetentionSettings {
  std::optional<std::chrono::days> raw_age_max = std::chrono::days(30);
  std::optional<std::int64_t> raw_bytes_max = 10'000'000'000;
  std::optional<std::chrono::days> body_age_max = std::chrono::days(730);
  std::optional<std::int64_t> body_bytes_max = 20'000'000'000;
  std::optional<std::chrono::days> article_age_max;
  std::optional<std::int64_t> articles_max = 10'000'000;
  std::optional<std::chrono::days> event_age_max = std::chrono::days(30);
  // By publication: RollupFold says what becomes coarser.
  std::optional<std::chrono::days> rollup_hours_age_max = std::chrono::days(30);
  std::optional<std::chrono::days> rollup_singles_age_max = std::chrono::days(365);
  // Below it raw payloads go, oldest first, whatever their age, and bodies no longer grow: for each
  // new one the oldest goes. (A database gives no room back to the disk, it uses it again.)
  std::int64_t disk_free_bytes_min = 1'000'000'000;
  std::chrono::minutes interval{60};
  std::chrono::seconds first_after{60};  // a start has better to do than to list every payload
};

struct RetentionReport {
  std::int64_t raw_objects = 0;
  std::int64_t raw_bytes = 0;
  std::int64_t bodies = 0;
  std::int64_t articles = 0;
  std::int64_t events = 0;
  std::int64_t rollup_rows = 0;  // that were folded into others, or left out
};

// One thread.
class Retention {
 public:
  Retention(ArticleStore& articles, EventLog& log, RollupStore& rollups, ObjectStore& objects,
            Metrics& metrics, const Clock& clock, RetentionSettings settings);

  // One sweep. Stops early, with what it did, when `stop` is requested.
  Result<RetentionReport> sweep(const std::stop_token& stop);

  // A sweep `first_after` the start, then one every interval.
  void run(const std::stop_token& stop);

 private:
  Result<std::int64_t> disk_bytes_missing() const;
  Result<void> sweep_raw(const std::stop_token& stop, RetentionReport& report);
  Result<void> sweep_articles(const std::stop_token& stop, RetentionReport& report);
  Result<std::optional<std::int64_t>> body_bytes_max();
  Result<void> sweep_events(const std::stop_token& stop, RetentionReport& report);
  Result<void> sweep_rollups(const std::stop_token& stop, RetentionReport& report);
  void publish(const RetentionReport& report);

  ArticleStore& articles_;
  EventLog& log_;
  RollupStore& rollups_;
  ObjectStore& objects_;
  Metrics& metrics_;
  const Clock& clock_;
  const RetentionSettings settings_;
  std::optional<std::int64_t> body_bytes_when_low_;  // while the disk is low
};

}  // namespace tidings::pipeline
