// A small, fast HTTP/1.1 server on loopback: one thread, epoll, and full control over how an answer
// leaves.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "ports/http_client.h"

namespace tidings::publisher {

// Views into the connection's buffer.
struct Request {
  std::string_view method, target;
  std::string_view host;  // without the port
  std::string_view if_none_match, if_modified_since, accept_encoding;
  std::string_view head;  // all header lines
  std::string_view body;
};
HttpHeaders all_headers(const Request& request);

struct Reply {
  std::string_view head, body;  // kept alive by `owner`
  std::shared_ptr<const void>
      owner;                 // shared: the page may be replaced while it is still being sent
  std::string_view endless;  // after the body, again and again
  std::chrono::milliseconds delay{0};
  std::chrono::milliseconds pause{0};  // not zero: `bytes_per_pause` bytes at a time
  std::size_t bytes_per_pause = 0;
  bool close_after = false;
  bool stall_after = false;
  std::int64_t tag = -1;  // handed back when the answer has left
};

// Called on the server's thread.
class Responder {
 public:
  virtual ~Responder() = default;
  virtual void respond(const Request& request, Reply& reply) = 0;
  virtual void finished(std::int64_t tag) = 0;  // sent, or the client went away
};

class HttpServer {
 public:
  // Listens on 127.0.0.1; port 0 takes a free one. `responder` must outlive the server.
  static Result<std::unique_ptr<HttpServer>> start(std::uint16_t port, Responder& responder);
  ~HttpServer();

  std::uint16_t port() const { return port_; }
  std::int64_t connections_accepted() const { return accepted_.load(); }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Connection {
    int socket = -1;
    std::uint64_t serial = 0;  // a descriptor is used again, a serial is not
    std::string received;
    Reply reply;
    std::size_t sent = 0;  // of head and body, then of the endless part
    bool busy = false;     // an answer is on its way
    bool close_after = false;
    bool watches_writable = false;
  };
  struct Alarm {
    SteadyTime at;
    int socket;
    std::uint64_t serial;
    bool operator>(const Alarm& other) const { return at > other.at; }
  };

  explicit HttpServer(Responder& responder) : responder_(responder) {}
  Result<void> open(std::uint16_t port);
  void run(const std::stop_token& stop);
  void accept_all();
  void on_readable(Connection& connection);
  void serve(Connection& connection, std::string_view input);
  void serve_buffered(Connection& connection);
  void go_on(Connection& connection);
  bool serve_next(Connection& connection, std::string_view& input);
  bool send_some(Connection& connection);
  bool answer_left(Connection& connection);
  void watch(Connection& connection, bool writable);
  void set_alarm(const Connection& connection, std::chrono::milliseconds after);
  void ring_alarms();
  int timeout_ms() const;
  void drop(int socket);

  Responder& responder_;
  int listener_ = -1, epoll_ = -1, wakeup_ = -1;
  std::uint16_t port_ = 0;
  std::uint64_t serial_ = 0;
  std::atomic<std::int64_t> accepted_{0};
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms_;
  std::jthread thread_;
};

}  // namespace tidings::publisher
