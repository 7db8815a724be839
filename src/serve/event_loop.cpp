#include "serve/event_loop.h"

#include <boost/asio/post.hpp>

#include "core/time.h"

namespace tidings::serve {

bool ConnectionCount::try_add(std::size_t max) {
  MutexLock lock(mutex_);
  if (count_ >= max) return false;
  ++count_;
  return true;
}

void ConnectionCount::remove() {
  MutexLock lock(mutex_);
  if (--count_ == 0) none_left_.notify_all();
}

std::size_t ConnectionCount::value() const {
  MutexLock lock(mutex_);
  return count_;
}

void ConnectionCount::wait_for_none(TimePoint deadline) {
  MutexLock lock(mutex_);
  while (count_ > 0) {
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) return;
    none_left_.wait_for(mutex_, left);
  }
}

EngineMetrics::EngineMetrics(Metrics& metrics)
    : accepted(metrics.counter("http_connections_accepted_total", "Connections taken.")),
      refused(metrics.counter("http_connections_refused_total",
                              "Connections answered 503 because too many were open.")),
      malformed(metrics.counter("http_requests_malformed_total",
                                "Requests refused before any route saw them.")),
      timed_out(metrics.counter("http_requests_timed_out_total",
                                "Requests that did not arrive in time.")),
      streams_dropped(metrics.counter("http_streams_dropped_total",
                                      "Live streams closed because the reader fell behind.")) {}

EventLoop::EventLoop(const ServerSettings& settings, RequestHandler& handler,
                     ConnectionCount& connections, EngineMetrics& metrics)
    : settings_(settings), handler_(handler), connections_(connections), metrics_(metrics) {
  refresh_clock();
}

EventLoop::~EventLoop() = default;

void EventLoop::run() {
  thread_ = std::this_thread::get_id();
  const auto work = boost::asio::make_work_guard(context_);
  refresh_clock();
  schedule_sweep();
  context_.run();
}

void EventLoop::stop() {
  context_.stop();
}

void EventLoop::adopt(Socket socket) {
  boost::asio::post(context_, [this, socket = std::move(socket)]() mutable {
    start_connection(*this, std::move(socket));
  });
}

void EventLoop::drain() {
  boost::asio::post(context_, [this] {
    draining_ = true;
    // Backwards: a peer that ends is replaced by the last, which was seen already.
    for (std::size_t i = peers_.size(); i-- > 0;) peers_[i]->drain();
  });
}

void EventLoop::enter(Peer& peer) {
  peer.place = peers_.size();
  peers_.push_back(&peer);
}

void EventLoop::leave(Peer& peer) {
  peers_[peer.place] = peers_.back();
  peers_[peer.place]->place = peer.place;
  peers_.pop_back();
}

void EventLoop::schedule_sweep() {
  timer_.expires_after(settings_.sweep_interval);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    refresh_clock();
    for (std::size_t i = peers_.size(); i-- > 0;) peers_[i]->sweep(now_);
    schedule_sweep();
  });
}

void EventLoop::refresh_clock() {
  now_ = std::chrono::steady_clock::now();
  date_lines_ = "Date: " + format_http_date(SystemClock().now()) + "\r\n\r\n";
  closing_lines_ = "Connection: close\r\n" + date_lines_;
}

}  // namespace tidings::serve
