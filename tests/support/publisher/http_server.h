// A small, fast HTTP/1.1 server on loopback: one thread, epoll, and full control over how an answer
// leaves.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "ports/http_client.h"
#include "tests/support/publisher/pieces.h"
#include "tests/support/publisher/tls.h"

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
      owner;                       // shared: the page may be replaced while it is still being sent
  std::string_view endless;        // after the body, again and again
  const Pieces* pieces = nullptr;  // after the body; kept alive by `owner`
  std::chrono::milliseconds delay{0};
  std::chrono::milliseconds pause{0};  // not zero: `bytes_per_pause` bytes at a time
  std::size_t bytes_per_pause = 0;
  std::size_t bytes_before_pauses = 0;
  bool close_after = false;
  bool reset_after = false;
  bool stall_after = false;
  std::int64_t tag = -1;  // handed back when the answer has left
};

// Called on the server's thread.
class Responder {
 public:
  virtual ~Responder() = default;
  virtual void respond(const Request& request, Reply& reply) = 0;
  // Sent, or the client went away; `bytes` of the answer had left by then.
  virtual void finished(std::int64_t tag, std::uint64_t bytes) = 0;
};

struct ListenSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;      // 0 takes a free one
  TlsAcceptor* tls = nullptr;  // on the same port: a connection that begins with a hello is TLS
};

class HttpServer {
 public:
  // `responder` and the acceptor must outlive the server.
  static Result<std::unique_ptr<HttpServer>> start(const ListenSettings& settings,
                                                   Responder& responder);
  ~HttpServer();

  std::uint16_t port() const { return port_; }
  std::int64_t connections_accepted() const { return accepted_.load(); }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Connection {
    int socket = -1;
    std::uint64_t serial = 0;  // a descriptor is used again, a serial is not
    std::string received;
    std::unique_ptr<TlsSession> tls;  // null: in the clear
    Reply reply;
    std::uint64_t sent = 0;  // of head and body, then of the pieces or the endless part
    bool is_fresh = true;    // nothing was received
    bool busy = false;       // an answer is on its way
    bool close_after = false;
    bool watches_writable = false;
  };
  struct Alarm {
    SteadyTime at;
    int socket;
    std::uint64_t serial;
    bool operator>(const Alarm& other) const { return at > other.at; }
  };

  HttpServer(Responder& responder, TlsAcceptor* tls) : responder_(responder), tls_(tls) {}
  Result<void> open(const ListenSettings& settings);
  void run(const std::stop_token& stop);
  void accept_all();
  void on_readable(Connection& connection);
  void take(Connection& connection, std::string_view fresh);
  void take_secure(Connection& connection, std::string_view fresh);
  void serve(Connection& connection, std::string_view input);
  void serve_buffered(Connection& connection);
  void go_on(Connection& connection);
  bool serve_next(Connection& connection, std::string_view& input);
  bool send_some(Connection& connection);
  ssize_t transmit(Connection& connection, std::span<const std::string_view> parts);
  enum class Flushed { All, Some, Broken };
  Flushed flush(Connection& connection);
  bool answer_left(Connection& connection);
  void watch(Connection& connection, bool writable);
  void set_alarm(const Connection& connection, std::chrono::milliseconds after);
  void ring_alarms();
  int timeout_ms() const;
  void drop(int socket);

  Responder& responder_;
  TlsAcceptor* const tls_;
  int listener_ = -1, epoll_ = -1, wakeup_ = -1;
  std::uint16_t port_ = 0;
  std::uint64_t serial_ = 0;
  std::atomic<std::int64_t> accepted_{0};
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms_;
  std::jthread thread_;
};

}  // namespace tidings::publisher
