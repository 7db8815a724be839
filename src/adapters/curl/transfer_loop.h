// The client's own thread: takes requests in, keeps curl's sockets and timers turning, hands
// results out.
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/curl/multi.h"
#include "adapters/curl/settings.h"
#include "adapters/curl/transfer.h"
#include "core/mutex.h"
#include "core/result.h"
#include "ports/http_client.h"

namespace tidings::curl {

// submit() and stop() from any thread, run() on one.
class TransferLoop {
 public:
  static Result<std::unique_ptr<TransferLoop>> make(CurlSettings settings);
  ~TransferLoop();
  TransferLoop(const TransferLoop&) = delete;
  TransferLoop& operator=(const TransferLoop&) = delete;

  void submit(HttpRequest request, HttpClient::Done done) EXCLUDES(mutex_);
  // run() cancels what it holds and returns. Can be called again.
  void stop() EXCLUDES(mutex_);
  void run() EXCLUDES(mutex_);

 private:
  struct Waiting {
    HttpRequest request;
    HttpClient::Done done;
    Url url;
  };
  // One scheme, host and port.
  struct Origin {
    std::size_t in_flight = 0;  // started, or in startable_
    std::deque<Waiting> waiting;
  };

  explicit TransferLoop(TransferSettings settings);
  Result<void> open();
  Multi& multi_for(const Url& url);
  bool try_enqueue(Waiting& waiting) EXCLUDES(mutex_);
  void wake();

  bool take_inbox() EXCLUDES(mutex_);
  void admit(Waiting request);
  void start_what_fits();
  void start(Waiting request);
  void wait_and_turn();
  void collect_finished();
  void finish(Transfer& transfer, Result<HttpResponse> result);
  void leave_origin(const std::string& key);
  void cancel_everything();
  int wait_ms() const;
  int wait_for_events(std::span<epoll_event> events);

  const TransferSettings settings_;
  int epoll_ = -1;
  int wakeup_ = -1;  // an eventfd
  // curl walks all connections of a multi handle after each transfer, so there are several; one is
  // for TLS, whose connections are large and whose certificates are loaded once per handle. A host
  // always has the same one.
  std::vector<std::unique_ptr<Multi>> multis_;
  KnownSockets sockets_;
  std::unordered_map<std::string, Origin> origins_;
  std::deque<Waiting> startable_;  // within their origin's limit, waiting for the overall one
  struct Running {
    std::unique_ptr<Transfer> transfer;
    Multi* multi;
  };
  std::unordered_map<Transfer*, Running> running_;

  Mutex mutex_;
  std::vector<Waiting> inbox_ GUARDED_BY(mutex_);
  bool stopping_ GUARDED_BY(mutex_) = false;
};

}  // namespace tidings::curl
