// The whole of serving behind one door: the app gives it stores and events, it answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/metrics.h"
#include "core/result.h"
#include "core/time.h"
#include "model/event.h"
#include "ports/analysis_store.h"
#include "ports/article_store.h"
#include "ports/event_log.h"
#include "ports/rating_store.h"
#include "ports/rollup_store.h"
#include "ports/saved_search_store.h"
#include "ports/search_index.h"
#include "ports/source_store.h"
#include "ports/story_store.h"
#include "ports/trend_store.h"
#include "serve/http_server.h"
#include "serve/push_callbacks.h"
#include "stories/publishers.h"

namespace tidings::serve {

struct ServeSettings {
  ServerSettings http;
  std::string public_url;        // what feeds call us; empty: http://<address>:<port>
  std::size_t workers = 4;       // threads for handlers that ask a store
  std::size_t queue_max = 1024;  // requests that wait for a worker; beyond: 503
  std::chrono::milliseconds queue_wait_max{5'000};  // for a worker; longer: 503
  std::size_t cache_bytes_max = 16 * 1024 * 1024;
  std::size_t live_connections_max = 1'000;  // beyond: 503
  std::size_t live_replay_max =
      500;  // events that a reader who comes back is sent; beyond: a reset
  std::int64_t push_bytes_waiting_max = 256'000'000;  // PushCallbacks::bytes_waiting_max
};

// What one dependency says of itself when asked.
struct HealthReport {
  bool ok = true;
  std::string detail;  // "214 GB free", "cannot open /data/tidings.db: permission denied"
  std::string remedy;  // what a person can do; empty when ok
};

struct HealthCheck {
  std::string name;                     // "database"
  std::function<HealthReport()> check;  // on a worker; bounded in time by itself
};

struct ConsumerProgress {
  std::string name;
  EventSequence cursor{};
};

// All of it must outlive the server.
struct Dependencies {
  const ArticleStore& articles;
  const AnalysisStore& analyses;
  const StoryStore& stories;
  const SourceStore& sources;
  const EventLog& events;
  const RollupStore& rollups;
  const SearchIndex& search;
  const SavedSearchStore& saved_searches;
  RatingStore& ratings;
  const stories::PublisherFamilies& families;
  const TrendStore& trends;
  Metrics& metrics;
  const Clock& clock;
  std::vector<HealthCheck> checks;
  // How far each consumer of the event log is, for /api/v1/stats. May be empty.
  std::function<Result<std::vector<ConsumerProgress>>()> consumers;
  std::optional<PushCallbacks> push = {};  // absent: hubs have nobody to call
};

class ApiServer {
 public:
  virtual ~ApiServer() = default;

  // Listens and answers. Forbidden for an address that is not loopback; Unavailable when it cannot
  // be bound or the event log cannot be read.
  static Result<std::unique_ptr<ApiServer>> start(const ServeSettings& settings,
                                                  Dependencies dependencies);

  virtual std::uint16_t port() const = 0;

  // The event after which on_events() must go on: the head of the log when the server started.
  virtual EventSequence position() const = 0;

  // Every event of the log in order, whichever process wrote it: drops what it made wrong from the
  // cache and tells live readers. One thread at a time. Events at or before position() are passed
  // over; where some are missing the whole cache is dropped and readers are told to read again.
  virtual void on_events(std::span<const Event> events) = 0;

  // The search index has something else to say: drops what was made of what it said before. From
  // any thread.
  virtual void on_search_change() = 0;

  // Stops accepting, finishes what is in flight, ends live streams; returns when all is done or the
  // time is up.
  virtual void drain(std::chrono::milliseconds deadline) = 0;
};

}  // namespace tidings::serve
