// A connection whose answer has no end: Server-Sent Events to one reader.
#include <array>
#include <deque>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "serve/event_loop.h"

namespace tidings::serve {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Bytes = std::shared_ptr<const std::string>;  // shared: one message goes to many readers

class StreamConnection final : public Peer,
                               public Stream,
                               public std::enable_shared_from_this<StreamConnection> {
 public:
  StreamConnection(EventLoop& loop, Socket socket, const ResponsePtr& head,
                   std::string_view heartbeat)
      : loop_(loop),
        socket_(std::move(socket)),
        heartbeat_(std::make_shared<const std::string>(heartbeat)) {
    loop_.enter(*this);
    std::string begin = head->head;
    begin += loop_.date_lines(true);
    enqueue(std::make_shared<const std::string>(std::move(begin)));
  }
  ~StreamConnection() override {
    if (!ended_) loop_.connections().remove();
  }

  void start() {
    watch();
    write_next();
  }

  // Stream
  bool send(Bytes bytes) override {
    if (!open_) return false;
    if (!enqueue(std::move(bytes))) {
      loop_.metrics().streams_dropped.add();
      close();
      return false;
    }
    asio::post(loop_.context(), [self = shared_from_this()] { self->write_next(); });
    return true;
  }
  bool open() const override { return open_; }
  void close() override {
    open_ = false;
    asio::post(loop_.context(), [self = shared_from_this()] { self->end(); });
  }

  // Peer
  void sweep(TimePoint now) override {
    if (now < deadline_) return;
    const auto self = shared_from_this();
    if (!writing_) {
      enqueue(heartbeat_);
      return write_next();
    }
    loop_.metrics().streams_dropped.add();
    end();
  }
  void drain() override {
    const auto self = shared_from_this();
    end();
  }

 private:
  bool enqueue(Bytes bytes) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (waiting_bytes_ + bytes->size() > loop_.settings().stream_buffer_bytes_max) return false;
    waiting_bytes_ += bytes->size();
    waiting_.push_back(std::move(bytes));
    return true;
  }

  Bytes dequeue() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (waiting_.empty()) return nullptr;
    Bytes bytes = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= bytes->size();
    return bytes;
  }

  void write_next() {
    if (writing_ || ended_) return;
    writing_ = dequeue();
    if (!writing_) return;
    deadline_ = loop_.deadline(loop_.settings().write_timeout);
    asio::async_write(socket_, asio::buffer(*writing_),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        self->writing_ = nullptr;
                        if (error) return self->end();
                        self->deadline_ =
                            self->loop_.now() + self->loop_.settings().stream_heartbeat;
                        self->write_next();
                      });
  }

  // The reader has nothing more to say: whatever comes is dropped, its end ends the stream.
  void watch() {
    socket_.async_read_some(asio::buffer(discarded_),
                            [self = shared_from_this()](const error_code& error, std::size_t) {
                              if (error) return self->end();
                              self->watch();
                            });
  }

  void end() {
    if (ended_) return;
    ended_ = true;
    open_ = false;
    error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
    loop_.leave(*this);
    loop_.connections().remove();
  }

  EventLoop& loop_;
  Socket socket_;
  std::atomic<bool> open_{true};
  bool ended_ = false;
  TimePoint deadline_;  // while writing: to give up; otherwise: for the next heartbeat
  const Bytes heartbeat_;
  Bytes writing_;
  std::array<char, 256> discarded_;
  Mutex mutex_;
  std::deque<Bytes> waiting_ GUARDED_BY(mutex_);
  std::size_t waiting_bytes_ GUARDED_BY(mutex_) = 0;
};

}  // namespace

std::shared_ptr<Stream> start_stream(EventLoop& loop, Socket socket, const ResponsePtr& head,
                                     std::string_view heartbeat) {
  auto stream = std::make_shared<StreamConnection>(loop, std::move(socket), head, heartbeat);
  stream->start();
  return stream;
}

}  // namespace tidings::serve
