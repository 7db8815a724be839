// Every hostile behavior in every form over every transport, against the product's own way from
// the web to the store, with sound feeds beside them that must not notice.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/curl/curl_http_client.h"
#include "adapters/memory/memory_stores.h"
#include "core/metrics.h"
#include "core/signal.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/refresher.h"
#include "tests/hostile/behaviors.h"
#include "tests/hostile/loopback_doors.h"
#include "tests/hostile/played_names.h"
#include "tests/hostile/process_cost.h"
#include "tests/hostile/watched_client.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::hostile {

struct MatrixSettings {
  pipeline::RefreshSettings refresh;
  pipeline::TransferSettings transfers;
  std::size_t megabytes_at_once = 90;  // of large cells; small ones are there all at once
  std::size_t cells_at_once = 400;
  std::size_t young_cells_at_once = 60;  // begun less than two seconds ago: others wait in silence
  std::chrono::milliseconds good_every{50};
  std::chrono::seconds time_max{300};  // of the test's clock; then the rest is told as missing
  std::chrono::milliseconds look_every{200};  // at what is through
  bool one_at_a_time = false;                 // in two forms each
  std::string sqlite_folder;                  // empty: the stores are in memory
};

struct CellOutcome {
  Cell cell;
  const HostileBehavior* behavior = nullptr;
  std::optional<Source> source;  // as it is in the end; nothing: it was never through
  std::size_t articles = 0;
  Duration time{};           // of its last visit, from the first request to its answer
  Duration time_to_store{};  // and until it was stored, which is for workers and others' turns too
  std::uint64_t bytes_sent = 0;
  std::size_t body_bytes_max = 0;
  std::optional<CostWatch> cost;  // of one at a time, the publisher's share included
};

struct GoodOutcome {
  std::string url;
  std::optional<Duration> start_delay;  // from due to asked; nothing: never asked
  bool is_stored = false;
  std::string problem;  // empty: none
};

struct MatrixOutcome {
  std::vector<CellOutcome> cells;
  std::vector<GoodOutcome> good;
  std::size_t trap_knocks = 0;
  std::int64_t forbidden_requests = 0;
  std::size_t resident_bytes_before = 0, resident_bytes_max = 0;
  std::size_t descriptors_max = 0;
  std::size_t tried_again = 0;
  Duration took{};
};

class Matrix {
 public:
  // The clock is the test's own: it goes as the machine's does, but a pause of the machine counts
  // for no more than a step. `behaviors` must outlive this and what it tells.
  Matrix(const Behaviors& behaviors, MatrixSettings settings);
  ~Matrix();
  Matrix(const Matrix&) = delete;
  Matrix& operator=(const Matrix&) = delete;

  MatrixOutcome run();

 private:
  struct Staged {
    Cell cell;
    const HostileBehavior* behavior;
    bool is_second_try = false;
  };
  struct Running {
    Staged staged;
    Play play;
    SourceId id{};
    std::string url;
    int visits_left = 0;
    Time started_at{};
    std::optional<Time> settled_at;
  };

  void stage();
  void step();
  void start_what_fits();
  void start(Staged staged);
  void start_good();
  void look_at_running();
  bool all_good_are_through() const;
  void wait_for_good();
  void try_good_again();
  bool is_through(Running& running);
  bool is_tried_again(const Running& running);
  void finish(Running running);
  void finish_good(MatrixOutcome& outcome);
  std::size_t count_articles(SourceId id);
  SourceId add_source(const std::string& url);

  const Behaviors& behaviors_;
  const MatrixSettings settings_;
  ManualClock clock_;
  std::chrono::steady_clock::time_point stepped_at_ = std::chrono::steady_clock::now();
  PlayedNames names_;
  std::unique_ptr<publisher::Publisher> publisher_;
  LoopbackDoors doors_;
  std::unique_ptr<Stores> stores_;
  memory::MemoryObjectStore objects_;
  std::unique_ptr<curl::CurlHttpClient> client_;
  WatchedClient watched_;
  Metrics metrics_;
  Signal appended_;
  pipeline::PacedTransfers transfers_;
  pipeline::Refresher refresher_;

  std::vector<Staged> staged_;  // the next is the last
  std::vector<Running> running_;
  struct Good {
    std::string url;
    SourceId id;
    Time due_at;
    Time asked_again_at{};
  };
  std::vector<Good> good_;
  Time good_at_{}, looked_at_{};
  std::size_t megabytes_ = 0;
  std::optional<CostWatch> cost_;  // of the one that runs
  MatrixOutcome outcome_;
};

}  // namespace tidings::hostile
