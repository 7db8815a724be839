// What hubs delivered becomes articles, by the same way as what we fetch.
#pragma once

#include <chrono>
#include <stop_token>

#include "core/metrics.h"
#include "core/result.h"
#include "core/signal.h"
#include "core/time.h"
#include "ports/article_store.h"
#include "ports/object_store.h"
#include "ports/push_store.h"
#include "ports/source_store.h"

namespace tidings::pipeline {

struct PushIntakePorts {
  PushStore& pushes;
  SourceStore& sources;
  ArticleStore& articles;
  ObjectStore& objects;
};

struct PushIntakeSettings {
  std::chrono::milliseconds poll_interval{1'000};  // for deliveries that another process took
  // A hub that only says that there is news does not make us ask its publisher more often.
  std::chrono::seconds ask_gap{60};
  bool keep_raw = true;
};

// A delivery leaves the spool once its articles are durable; a crash before that takes it again,
// and its articles are known then. Several processes may share a spool.
class PushIntake {
 public:
  PushIntake(PushIntakePorts ports, Signal& appended, Metrics& metrics, const Clock& clock,
             PushIntakeSettings settings);

  // Takes what waits. Returns how many; Unavailable while a store is away, and the rest waits.
  Result<std::size_t> step();

  // Until stopped; looks when `arrived` says so and from time to time.
  void run(const std::stop_token& stop, Signal& arrived);

 private:
  Result<void> take(const std::string& key);
  Result<void> store(const Delivery& delivery);
  Result<void> prove(SourceId id, bool brought_new);
  Result<void> ask_publisher(const Source& source);

  const PushIntakePorts ports_;
  Signal& appended_;
  const Clock& clock_;
  const PushIntakeSettings settings_;
  Counter& added_total_;
  Counter& unreadable_total_;
};

}  // namespace tidings::pipeline
