// Everything that we ask of publishers goes through here, whoever wants it, so that a publisher is
// asked no more because we want several kinds of things from it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/metrics.h"
#include "core/mutex.h"
#include "core/result.h"
#include "core/signal.h"
#include "core/time.h"
#include "fetch/detour.h"
#include "fetch/network_watch.h"
#include "fetch/pacing.h"
#include "pipeline/byte_budget.h"
#include "ports/http_client.h"

namespace tidings::pipeline {

struct TransferSettings {
  std::size_t transfers_max = 256;           // in flight, or answered and not yet read
  std::size_t bytes_held_max = 256'000'000;  // of answers, from their first byte to their end
  std::size_t answer_bytes_max = HttpLimits{}.body_bytes_max;  // the largest must fit at any time
  // Addresses that are not public are servers of our own, and tests: they are not paced by address.
  bool paces_private_addresses = false;
  fetch::PacingSettings pacing;
};

// One of transfers_max. Whoever is answered gives it back once it has a thread for the answer.
using TransferPlace = std::unique_ptr<void, std::function<void(void*)>>;

// Not asked now, and better asked again later than held until then: its domain asked us to stay
// away, or has a long queue, or there was no room for the answer, or our network is away.
struct PutOff {
  Time until{};
  bool was_asked = false;  // the request's own address answered, and sent us on
};

struct Answered {
  Result<HttpResponse> response;     // permanent_url, redirects and elapsed are of the whole way
  std::unique_ptr<HeldBytes> bytes;  // of the body: to be kept as long as it
  TransferPlace place;
};

using TransferOutcome = std::variant<PutOff, Answered>;

struct TransferRequest {
  TransferId id{};
  HttpRequest request;
  Time since{};  // when it began to wait, here or before: older ones go first
  Duration patience = std::chrono::minutes(5);  // from `since`, for its turn; then it is put off
  // Called once, on the client's thread or the pacer's own: it must not wait for other answers.
  std::function<void(TransferOutcome)> done;
};

// Safe to call from many threads. Each registrable domain has its turns (fetch/pacing.h), also when
// a redirect leads to it, and so has each address; how many requests are in flight and how many
// bytes they hold is bounded. While our network is away little is sent, and nobody is blamed.
class PacedTransfers {
 public:
  PacedTransfers(HttpClient& http, Metrics& metrics, const Clock& clock, TransferSettings settings);
  ~PacedTransfers() { shutdown(); }
  PacedTransfers(const PacedTransfers&) = delete;
  PacedTransfers& operator=(const PacedTransfers&) = delete;

  // One that is here already under the same id is not taken, and its `done` never called. After
  // shutdown() nothing is taken.
  void submit(std::vector<TransferRequest> requests) EXCLUDES(mutex_);

  // Takes a request out that waits for its turn; its `done` is not called any more. False when it
  // is not here, or too late.
  bool withdraw(TransferId id) EXCLUDES(mutex_);

  // Cancels what is in flight ("canceled") and forgets what waits. No `done` runs once this has
  // returned. May be called again; not from a `done`.
  void shutdown() EXCLUDES(mutex_);

  // Look at the clock again: tests and simulations move it.
  void wake() { wake_.notify(); }
  // Nothing in flight; nobody waits who could be sent now.
  bool is_idle() const EXCLUDES(mutex_);
  std::size_t waiting() const EXCLUDES(mutex_);
  // When the next one can be sent, as far as is known.
  std::optional<Time> next_ready() const EXCLUDES(mutex_);

 private:
  struct Transfer {
    TransferRequest asked;
    fetch::Detour detour;
    std::unique_ptr<HeldBytes> bytes;
    TransferPlace place;
    int busy_answers = 0;  // times that its address was not free
  };
  struct Late {
    Transfer transfer;
    PutOff put_off;
  };
  // A failure that may be our network's, or its publisher's.
  struct Suspect {
    Transfer transfer;
    Result<HttpResponse> response;
    Time at{};
  };

  void run(const std::stop_token& stop);
  void add(TransferRequest request, const std::string& domain, Time now) REQUIRES(mutex_);
  void start_ready(Time now) EXCLUDES(mutex_);
  void put_off(Time now) EXCLUDES(mutex_);
  void judge_suspects(Time now) EXCLUDES(mutex_);
  HttpRequest leg_of(Transfer& transfer) REQUIRES(mutex_);
  bool may_connect(TransferId id, const std::string& address) EXCLUDES(mutex_);
  bool is_paced(const std::string& address) const;
  bool goes_on(TransferId id, Transfer& transfer, Result<HttpResponse>& response, Time now)
      REQUIRES(mutex_);
  void wait_again(TransferId id, const std::string& url, Time now) REQUIRES(mutex_);
  bool is_our_network(TransferId id, Result<HttpResponse>& response, Time now) REQUIRES(mutex_);
  void note_network(bool was_away) REQUIRES(mutex_);
  void deliver(Transfer transfer, Result<HttpResponse> response);
  void on_response(TransferId id, Result<HttpResponse> response) EXCLUDES(mutex_);
  Transfer take(TransferId id) REQUIRES(mutex_);
  std::size_t room(Time now) const REQUIRES(mutex_);
  std::optional<Time> next_ready_at() const REQUIRES(mutex_);
  TransferPlace place();
  void leave_place() EXCLUDES(mutex_);
  std::chrono::nanoseconds time_to_wait(Time now) const EXCLUDES(mutex_);

  HttpClient& http_;
  const Clock& clock_;
  const TransferSettings settings_;
  Counter& requests_total_;
  Signal wake_;
  ByteBudget budget_;

  mutable Mutex mutex_;
  fetch::DomainPacer pacer_ GUARDED_BY(mutex_);
  std::unordered_map<TransferId, Transfer> transfers_ GUARDED_BY(mutex_);
  std::vector<Late> late_ GUARDED_BY(mutex_);  // without room for their answers, or a network
  std::vector<Suspect> suspects_ GUARDED_BY(mutex_);
  fetch::NetworkWatch network_ GUARDED_BY(mutex_);
  Time probed_at_ GUARDED_BY(mutex_){};
  std::size_t places_taken_ GUARDED_BY(mutex_) = 0;
  bool closed_ GUARDED_BY(mutex_) = false;

  Mutex shutdown_mutex_;
  std::jthread thread_ GUARDED_BY(shutdown_mutex_);  // last: it uses all of the above
};

}  // namespace tidings::pipeline
