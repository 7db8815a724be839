// One client on one connection: reads requests, has them answered, writes the answers in order.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "core/check.h"
#include "serve/event_loop.h"

namespace tidings::serve {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::chrono::milliseconds kLingerTimeout{1'000};

using Parts = std::array<asio::const_buffer, 3>;

void drop_written(Parts& parts, std::size_t written) {
  for (asio::const_buffer& part : parts) {
    const std::size_t done = std::min(written, part.size());
    part += done;
    written -= done;
  }
}

// Shared: reads and writes in flight hold it, and so does whoever answers a request later.
class Connection final : public Peer,
                         public Exchange,
                         public std::enable_shared_from_this<Connection> {
 public:
  Connection(EventLoop& loop, Socket socket)
      : loop_(loop), socket_(std::move(socket)), parser_(loop.settings().limits) {
    loop_.enter(*this);
  }
  // Every handler of the loop that held it has run or was dropped with the loop.
  ~Connection() override {
    if (phase_ != Phase::Closed && phase_ != Phase::HandedOver) loop_.connections().remove();
  }

  void start() {
    deadline_ = loop_.deadline(loop_.settings().idle_timeout);
    read();
  }

  // Exchange
  const Request& request() const override { return parser_.request(); }
  std::shared_ptr<Exchange> keep() override { return shared_from_this(); }

  void reply(ResponsePtr response) override {
    if (loop_.is_here() && in_handler_) {
      answer_ = std::move(response);
      return;
    }
    asio::post(loop_.context(),
               [self = shared_from_this(), response = std::move(response)]() mutable {
                 self->answer_later(std::move(response));
               });
  }

  std::shared_ptr<Stream> stream(const ResponsePtr& head, std::string_view heartbeat) override {
    CHECK(loop_.is_here() && in_handler_);
    phase_ = Phase::HandedOver;
    loop_.leave(*this);
    return start_stream(loop_, std::move(socket_), head, heartbeat);
  }

  // Peer
  void sweep(TimePoint now) override {
    if (now < deadline_) return;
    const auto self = shared_from_this();
    switch (phase_) {
      case Phase::Reading:
        if (parser_.idle()) return close();
        loop_.metrics().timed_out.add();
        return refuse({.status = 408,
                       .code = "request_timeout",
                       .title = "The request did not arrive in time",
                       .detail = "Send it whole, or keep the connection idle."});
      case Phase::Writing:
      case Phase::Lingering:
        return close();
      case Phase::Answering:
      case Phase::HandedOver:
      case Phase::Closed:
        return;
    }
  }

  void drain() override {
    const auto self = shared_from_this();
    if (phase_ == Phase::Reading && parser_.idle()) close();
  }

 private:
  enum class Phase { Reading, Answering, Writing, Lingering, HandedOver, Closed };

  void read() {
    phase_ = Phase::Reading;
    const std::span<char> room = parser_.room();
    socket_.async_read_some(asio::buffer(room.data(), room.size()),
                            [self = shared_from_this()](const error_code& error, std::size_t n) {
                              self->on_read(error, n);
                            });
  }

  void on_read(const error_code& error, std::size_t bytes) {
    if (phase_ != Phase::Reading) return;  // A time-out was quicker.
    if (error) return close();
    // Once for each request: line ends between two of them (RFC 9112 §2.2) buy no more time.
    if (std::exchange(awaits_request_, false)) {
      deadline_ = loop_.deadline(loop_.settings().request_timeout);
    }
    parser_.commit(bytes);
    serve_buffered();
  }

  // As many requests as the buffer holds, one after another: answers keep the order.
  void serve_buffered() {
    while (true) {
      switch (parser_.parse()) {
        case ParseState::NeedBody:
          if (!send_continue()) return close();
          [[fallthrough]];
        case ParseState::NeedMore:
          if (loop_.draining() && parser_.idle()) return close();
          return read();
        case ParseState::Failed:
          loop_.metrics().malformed.add();
          return refuse(parser_.problem());
        case ParseState::Complete:
          break;
      }
      phase_ = Phase::Answering;
      in_handler_ = true;
      loop_.handler().handle(*this);
      in_handler_ = false;
      if (phase_ == Phase::HandedOver) return;
      if (!answer_) return;  // answer_later() goes on.
      if (!write(std::exchange(answer_, nullptr))) return;
      if (!ready_for_next()) return;
    }
  }

  void answer_later(ResponsePtr response) {
    if (phase_ != Phase::Answering) return;
    if (write(std::move(response)) && ready_for_next()) serve_buffered();
  }

  bool ready_for_next() {
    if (closes_) {
      linger();
      return false;
    }
    parser_.next();
    awaits_request_ = parser_.idle();
    deadline_ = loop_.deadline(awaits_request_ ? loop_.settings().idle_timeout
                                               : loop_.settings().request_timeout);
    return true;
  }

  // True when all of it went out at once, as it nearly always does; otherwise the rest follows
  // when the socket has room.
  bool write(ResponsePtr response) {
    closes_ = closes_ || !request().keep_alive || loop_.draining();
    writing_ = std::move(response);
    const bool has_body = request().method != Method::Head && writing_->status != 304;
    std::string_view lines = loop_.date_lines(closes_);
    if (!closes_ && request().version == 10) lines = keep_alive_lines();
    Parts parts = {asio::buffer(writing_->head), asio::buffer(lines.data(), lines.size()),
                   has_body ? asio::buffer(writing_->body) : asio::const_buffer()};
    error_code error;
    std::size_t written = socket_.write_some(parts, error);
    if (error && error != asio::error::would_block) {
      close();
      return false;
    }
    drop_written(parts, written);
    if (asio::buffer_size(parts) == 0) {
      writing_ = nullptr;
      return true;
    }
    write_rest(parts);
    return false;
  }

  void write_rest(Parts parts) {
    phase_ = Phase::Writing;
    // The date lines may be made anew while this waits: they need a copy.
    rest_of_head_.assign(static_cast<const char*>(parts[1].data()), parts[1].size());
    parts[1] = asio::buffer(rest_of_head_);
    unwritten_ = parts;
    write_more();
  }

  // However long an answer is, its reader has the whole time-out for each piece.
  void write_more() {
    deadline_ = loop_.deadline(loop_.settings().write_timeout);
    socket_.async_write_some(
        unwritten_, [self = shared_from_this()](const error_code& error, std::size_t written) {
          self->on_written(error, written);
        });
  }

  void on_written(const error_code& error, std::size_t written) {
    if (phase_ != Phase::Writing) return;
    if (error) return close();
    drop_written(unwritten_, written);
    if (asio::buffer_size(unwritten_) > 0) return write_more();
    writing_ = nullptr;
    if (ready_for_next()) serve_buffered();
  }

  // HTTP/1.0 closes unless told otherwise, in both directions.
  std::string_view keep_alive_lines() {
    old_client_lines_ = "Connection: keep-alive\r\n";
    old_client_lines_ += loop_.date_lines(false);
    return old_client_lines_;
  }

  bool send_continue() {
    error_code error;
    return socket_.write_some(asio::buffer(kContinue), error) == kContinue.size();
  }

  void refuse(const Problem& problem) {
    closes_ = true;
    phase_ = Phase::Answering;
    if (write(make_problem(problem))) linger();
  }

  // Closing at once while the client still sends would make its system drop our answer unread
  // (RFC 9112 §9.6): say that no more comes, and read on for a moment.
  void linger() {
    phase_ = Phase::Lingering;
    writing_ = nullptr;
    deadline_ = loop_.deadline(kLingerTimeout);
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    discard();
  }

  void discard() {
    socket_.async_read_some(asio::buffer(discarded_),
                            [self = shared_from_this()](const error_code& error, std::size_t) {
                              if (self->phase_ != Phase::Lingering) return;
                              if (error) return self->close();
                              self->discard();
                            });
  }

  void close() {
    if (phase_ == Phase::Closed) return;
    phase_ = Phase::Closed;
    error_code ignored;
    socket_.close(ignored);
    loop_.leave(*this);
    loop_.connections().remove();
  }

  EventLoop& loop_;
  Socket socket_;
  RequestParser parser_;
  Phase phase_ = Phase::Reading;
  bool in_handler_ = false;
  bool closes_ = false;
  bool awaits_request_ = true;  // nothing of the next request has come
  TimePoint deadline_;
  ResponsePtr answer_;   // given inside handle()
  ResponsePtr writing_;  // held while its bytes go out
  Parts unwritten_;      // of it, while the socket has no room
  std::string rest_of_head_, old_client_lines_;
  std::array<char, 512> discarded_;
};

}  // namespace

void start_connection(EventLoop& loop, Socket socket) {
  error_code error;
  socket.non_blocking(true, error);
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  const auto connection = std::make_shared<Connection>(loop, std::move(socket));
  connection->start();
  if (loop.draining()) connection->drain();
}

}  // namespace tidings::serve
