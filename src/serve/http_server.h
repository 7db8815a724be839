// The HTTP engine: sockets, loops, limits and time-outs. What is answered is the handler's matter.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/metrics.h"
#include "core/result.h"
#include "serve/http.h"
#include "serve/request_parser.h"

namespace tidings::serve {

struct ServerSettings {
  std::string address = "127.0.0.1";  // loopback only, until accounts exist
  std::uint16_t port = 8080;          // 0: any free one
  std::size_t loops = 0;              // event loops, each a thread; 0: one per core
  RequestLimits limits;
  std::size_t connections_max = 10'000;               // beyond: 503 and closed
  std::chrono::milliseconds idle_timeout{60'000};     // between two requests
  std::chrono::milliseconds request_timeout{10'000};  // first to last byte of a request: 408
  std::chrono::milliseconds write_timeout{30'000};    // an answer that nobody reads: closed
  std::chrono::milliseconds sweep_interval{1'000};    // how often a loop looks for all of these
  std::chrono::milliseconds stream_heartbeat{15'000};
  // A stream's reader that is further behind is dropped.
  std::size_t stream_buffer_bytes_max = 1024 * 1024;
};

// A response without an end. Safe to call from many threads.
class Stream {
 public:
  virtual ~Stream() = default;
  // False when the reader is gone, or was dropped because it fell too far behind.
  virtual bool send(std::shared_ptr<const std::string> bytes) = 0;
  virtual bool open() const = 0;
  virtual void close() = 0;
};

// One request that waits for its answer. It is answered once, by reply() or by stream().
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual const Request& request() const = 0;    // until the answer
  virtual void reply(ResponsePtr response) = 0;  // from any thread
  // Turns the connection into a stream; `heartbeat` (a literal) is sent when nothing else was for a
  // while. Only inside RequestHandler::handle(); the request stays readable as long as it runs.
  virtual std::shared_ptr<Stream> stream(const ResponsePtr& head, std::string_view heartbeat) = 0;
  // To answer after handle() has returned. Shared: the connection and whoever answers hold it.
  virtual std::shared_ptr<Exchange> keep() = 0;
};

class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  // On an event loop, from many of them at once: must not block. Answers the exchange, or keeps it
  // and has it answered later.
  virtual void handle(Exchange& exchange) = 0;
};

// Forbidden for an address that is not loopback, InvalidInput for what is no address.
Result<void> check_address(const ServerSettings& settings);

// Binds what start() would, and lets go of it. As check_address(), and Unavailable where it cannot
// be bound: "port_in_use" when somebody else listens there.
Result<void> try_address(const ServerSettings& settings);

class HttpServer {
 public:
  virtual ~HttpServer() = default;  // as drain() without patience

  // Listens and answers. Forbidden for an address that is not loopback; Unavailable when the
  // address cannot be bound. `handler` and `metrics` must outlive the server; kept exchanges and
  // streams must be let go before it.
  static Result<std::unique_ptr<HttpServer>> start(const ServerSettings& settings,
                                                   RequestHandler& handler, Metrics& metrics);

  virtual std::uint16_t port() const = 0;

  // Stops accepting, closes what is idle and every stream, lets what is in flight finish, and
  // returns when nothing is left or the time is up.
  virtual void drain(std::chrono::milliseconds deadline) = 0;
};

}  // namespace tidings::serve
