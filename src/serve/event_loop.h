// One thread that serves its share of the connections. Private to the engine: it shows Asio.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/mutex.h"
#include "serve/http_server.h"

namespace tidings::serve {

using TimePoint = std::chrono::steady_clock::time_point;
using Socket = boost::asio::ip::tcp::socket;

// What lives on a loop and is looked at in every sweep. Used on the loop's thread only.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual void sweep(TimePoint now) = 0;  // may end the peer
  virtual void drain() = 0;               // may end the peer
  std::size_t place = 0;                  // in the loop's list; the loop's to set
};

// How many connections there are over all loops, and a way to wait for the last.
class ConnectionCount {
 public:
  bool try_add(std::size_t max) EXCLUDES(mutex_);
  void remove() EXCLUDES(mutex_);
  std::size_t value() const EXCLUDES(mutex_);
  void wait_for_none(TimePoint deadline) EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  Condition none_left_;
  std::size_t count_ GUARDED_BY(mutex_) = 0;
};

struct EngineMetrics {
  explicit EngineMetrics(Metrics& metrics);
  Counter& accepted;
  Counter& refused;          // beyond connections_max
  Counter& malformed;        // answered by the engine: 4xx before any handler
  Counter& timed_out;        // slow requests
  Counter& streams_dropped;  // readers that fell behind
};

class EventLoop {
 public:
  EventLoop(const ServerSettings& settings, RequestHandler& handler, ConnectionCount& connections,
            EngineMetrics& metrics);
  ~EventLoop();

  void run();   // on a thread of its own, until stop()
  void stop();  // from any thread

  // Takes over a connection that the acceptor has counted. On any thread.
  void adopt(Socket socket);
  void drain();  // on any thread

  boost::asio::io_context& context() { return context_; }
  bool is_here() const {
    return thread_.load(std::memory_order_relaxed) == std::this_thread::get_id();
  }

  // On the loop's thread only.
  void enter(Peer& peer);
  void leave(Peer& peer);
  bool draining() const { return draining_; }
  TimePoint now() const { return now_; }  // as of the last sweep
  TimePoint deadline(std::chrono::milliseconds timeout) const {
    return now_ + timeout + settings_.sweep_interval;
  }
  std::string_view date_lines(bool close) const { return close ? closing_lines_ : date_lines_; }

  const ServerSettings& settings() const { return settings_; }
  RequestHandler& handler() { return handler_; }
  ConnectionCount& connections() { return connections_; }
  EngineMetrics& metrics() { return metrics_; }

 private:
  void schedule_sweep();
  void refresh_clock();

  const ServerSettings& settings_;
  RequestHandler& handler_;
  ConnectionCount& connections_;
  EngineMetrics& metrics_;
  boost::asio::io_context context_{1};  // one thread: Asio leaves its locks out of the way
  boost::asio::steady_timer timer_{context_};
  std::atomic<std::thread::id> thread_{};
  std::vector<Peer*> peers_;
  TimePoint now_;
  std::string date_lines_, closing_lines_;  // what ends every head, made once per sweep
  bool draining_ = false;
};

// Starts to serve a socket of `loop`, on its thread.
void start_connection(EventLoop& loop, Socket socket);

// Hands the socket over to an endless answer: writes `head`, then whatever is sent.
std::shared_ptr<Stream> start_stream(EventLoop& loop, Socket socket, const ResponsePtr& head,
                                     std::string_view heartbeat);

}  // namespace tidings::serve
