// What rises now: follows what was analyzed, keeps the list of trends, and tells what began and
// what is over.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "analytics/trends.h"
#include "core/metrics.h"
#include "core/time.h"
#include "pipeline/consumer.h"
#include "pipeline/trend_stream.h"
#include "ports/object_store.h"
#include "ports/stores.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

struct TrendsSettings {
  analytics::TrendSettings trends;
  // A checkpoint is written after so many articles, and after so long where there was one.
  std::int64_t checkpoint_articles = 10'000;
  std::chrono::minutes checkpoint_interval{60};
  std::size_t events_replayed_max = 1'000'000;  // where the checkpoint is lost: the latest
};

// Counts lie in memory: a start restores the last checkpoint and follows the log from there to the
// cursor; so does who lost a step to another process. The list is looked at once a minute of the
// stream's time, and kept in the commit of the step where it changed; what it is compared with is
// the one that is kept, so that nothing is told twice. While the stream is an hour behind or more
// the list rests. One thread.
class TrendsConsumer final : public Consumer {
 public:
  TrendsConsumer(Stores& stores, ObjectStore& objects, const stories::PublisherFamilies& families,
                 Metrics& metrics, const Clock& clock, const TrendsSettings& settings = {});
  const std::string& name() const override { return name_; }

  // Conflict also while it is restored: that is done in parts.
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;
  Result<void> rest(EventSequence at) override;

  // So that the next start has little to read; at a clean stop.
  Result<void> checkpoint();

 private:
  Result<void> load();
  Result<void> begin_anew();
  Result<void> keep_up(EventSequence cursor);
  Result<void> follow_part(EventSequence cursor);
  bool is_due() const;
  // Nothing where the list is as it was.
  Result<std::optional<TrendStep>> look();
  Result<void> commit(const std::optional<TrendStep>& step, const CursorMove& move);
  void checkpoint_where_due();

  const std::string name_{kConsumerNames[4]};
  Stores& stores_;
  ObjectStore& objects_;
  const stories::PublisherFamilies& families_;
  const Clock& clock_;
  const TrendsSettings settings_;
  Counter& rose_;
  Counter& checkpoints_;
  Gauge& rising_;
  Gauge& keys_;

  std::optional<TrendStream> stream_;  // none: to be restored
  std::optional<TrendList> list_;      // as it is kept; none: to be read
  Time looked_at_{};                   // of the stream
  std::int64_t replayed_ = 0;          // events, while it is restored
  std::int64_t checkpoint_articles_ = 0;
  EventSequence checkpoint_cursor_{};
  Time checkpoint_at_{};
};

}  // namespace tidings::pipeline
