#include "tests/support/publisher/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/strings.h"

namespace tidings::publisher {
namespace {

using std::chrono::steady_clock;
constexpr std::size_t kRequestBytesMax = 1 << 20;
constexpr char kTlsHello = '\x16';  // the first byte of a handshake record (RFC 8446 §5.1)

template <class Visit>
void for_each_line(std::string_view head, Visit visit) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) visit(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
}

// "/feed" of "http://host/feed": what a client that takes us for its proxy sends (RFC 9112 §3.2.2).
std::string_view origin_form(std::string_view target) {
  constexpr std::string_view kScheme = "http://";
  if (!target.starts_with(kScheme)) return target;
  const std::size_t slash = target.find('/', kScheme.size());
  return slash == std::string_view::npos ? "/" : target.substr(slash);
}

struct Parsed {
  Request request;
  std::size_t bytes = 0;  // 0: not complete yet
  bool keep_alive = true;
};

Parsed parse_request(std::string_view input) {
  const std::size_t end = input.find("\r\n\r\n");
  if (end == std::string_view::npos) return {};
  const std::size_t first_end = input.find("\r\n");
  const std::string_view line = input.substr(0, first_end);
  const std::size_t one = line.find(' '), two = line.rfind(' ');
  Parsed parsed;
  Request& request = parsed.request;
  if (one != std::string_view::npos && two > one) {
    request.method = line.substr(0, one);
    request.target = origin_form(line.substr(one + 1, two - one - 1));
  }
  request.head = input.substr(first_end + 2, end + 2 - std::min(first_end + 2, end + 2));
  std::size_t body_bytes = 0;
  for_each_line(request.head, [&](std::string_view name, std::string_view value) {
    switch (name.size()) {
      case 4:
        if (iequals(name, "Host")) request.host = value.substr(0, value.rfind(':'));
        break;
      case 10:
        if (iequals(name, "Connection")) parsed.keep_alive = !iequals(value, "close");
        break;
      case 13:
        if (iequals(name, "If-None-Match")) request.if_none_match = value;
        break;
      case 14:
        if (iequals(name, "Content-Length"))
          body_bytes = static_cast<std::size_t>(parse_int(value).value_or(0));
        break;
      case 15:
        if (iequals(name, "Accept-Encoding")) request.accept_encoding = value;
        break;
      case 17:
        if (iequals(name, "If-Modified-Since")) request.if_modified_since = value;
        break;
      default:
        break;
    }
  });
  if (body_bytes > kRequestBytesMax || input.size() < end + 4 + body_bytes) return {};
  request.body = input.substr(end + 4, body_bytes);
  parsed.bytes = end + 4 + body_bytes;
  return parsed;
}

// What of the answer comes after its first `sent` bytes; nothing at its end.
std::array<std::string_view, 2> next_parts(const Reply& reply, std::uint64_t sent) {
  const std::uint64_t whole = reply.head.size() + reply.body.size();
  if (sent < reply.head.size())
    return {reply.head.substr(static_cast<std::size_t>(sent)), reply.body};
  if (sent < whole) return {reply.body.substr(static_cast<std::size_t>(sent) - reply.head.size())};
  if (reply.pieces != nullptr) return {reply.pieces->at(sent - whole)};
  if (reply.endless.empty()) return {};
  return {reply.endless.substr(static_cast<std::size_t>((sent - whole) % reply.endless.size()))};
}

}  // namespace

HttpHeaders all_headers(const Request& request) {
  HttpHeaders headers;
  for_each_line(request.head, [&](std::string_view name, std::string_view value) {
    headers.emplace_back(name, value);
  });
  return headers;
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ListenSettings& settings,
                                                      Responder& responder) {
  std::unique_ptr<HttpServer> server(new HttpServer(responder, settings.tls));
  TRY(server->open(settings));
  server->thread_ = std::jthread([raw = server.get()](const std::stop_token& stop) {
    pthread_setname_np(pthread_self(), "publisher");
    raw->run(stop);
  });
  return server;
}

HttpServer::~HttpServer() {
  if (thread_.joinable()) {
    thread_.request_stop();
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wakeup_, &one, sizeof one);
    thread_.join();
  }
  for (const auto& [socket, connection] : connections_) close(socket);
  for (const int descriptor : {listener_, epoll_, wakeup_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

Result<void> HttpServer::open(const ListenSettings& settings) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  wakeup_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  const int yes = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(settings.port);
  if (inet_pton(AF_INET, settings.address.c_str(), &address.sin_addr) != 1)
    return invalid_input(settings.address + " is not an IPv4 address");
  socklen_t size = sizeof address;
  epoll_event on_accept{.events = EPOLLIN, .data = {.fd = listener_}};
  epoll_event on_wake{.events = EPOLLIN, .data = {.fd = wakeup_}};
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 4096) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &on_accept) != 0 ||
      epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &on_wake) != 0) {
    return unavailable("listen on " + settings.address + ":" + std::to_string(settings.port) +
                       ": " + std::strerror(errno));
  }
  port_ = ntohs(address.sin_port);
  return {};
}

void HttpServer::run(const std::stop_token& stop) {
  std::array<epoll_event, 256> events;
  while (!stop.stop_requested()) {
    const int count =
        epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms());
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.fd == listener_) {
        accept_all();
        continue;
      }
      const auto found = connections_.find(event.data.fd);
      if (found == connections_.end()) continue;
      Connection& connection = *found->second;
      const bool readable = (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0;
      if (readable) {
        on_readable(connection);
      } else {
        go_on(connection);
      }
    }
    ring_alarms();
  }
}

void HttpServer::accept_all() {
  for (int i = 0; i < 256; ++i) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto connection = std::make_unique<Connection>();
    connection->socket = socket;
    connection->serial = ++serial_;
    ++accepted_;
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    Connection& kept = *connection;
    connections_[socket] = std::move(connection);
    on_readable(kept);  // the request often came with the connection
  }
}

void HttpServer::on_readable(Connection& connection) {
  const int socket = connection.socket;
  std::array<char, 16 * 1024> buffer;
  const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0 || connection.received.size() > kRequestBytesMax) return drop(socket);
  const std::string_view fresh(buffer.data(), static_cast<std::size_t>(count));
  if (connection.tls == nullptr && tls_ != nullptr && connection.is_fresh &&
      fresh.front() == kTlsHello)
    connection.tls = tls_->accept();
  connection.is_fresh = false;
  if (connection.tls != nullptr) return take_secure(connection, fresh);
  take(connection, fresh);
}

void HttpServer::take_secure(Connection& connection, std::string_view fresh) {
  std::string plain;
  const TlsSession::State state = connection.tls->receive(fresh, plain);
  if (state == TlsSession::State::Reset) connection.reply.reset_after = true;
  const Flushed flushed = flush(connection);
  if (state != TlsSession::State::Open || flushed == Flushed::Broken)
    return drop(connection.socket);
  if (!plain.empty()) take(connection, plain);
}

void HttpServer::take(Connection& connection, std::string_view fresh) {
  if (connection.received.empty()) return serve(connection, fresh);
  connection.received.append(fresh);
  serve_buffered(connection);
}

void HttpServer::serve_buffered(Connection& connection) {
  if (connection.busy || connection.received.empty()) return;
  const std::string input = std::exchange(connection.received, {});
  serve(connection, input);
}

// Answers the requests in the input; what is left of it waits in the connection.
void HttpServer::serve(Connection& connection, std::string_view input) {
  while (!connection.busy && !input.empty()) {
    const std::size_t size = input.size();
    if (!serve_next(connection, input)) return drop(connection.socket);
    if (input.size() == size) break;
  }
  connection.received.append(input);
}

// Goes on with an answer that had to wait.
void HttpServer::go_on(Connection& connection) {
  if (!send_some(connection)) return drop(connection.socket);
  serve_buffered(connection);
}

// Takes one request off the input, if there is a whole one. False when the connection is over.
bool HttpServer::serve_next(Connection& connection, std::string_view& input) {
  if (input.front() < 'A' || input.front() > 'Z') return false;  // nothing that we know
  const Parsed parsed = parse_request(input);
  if (parsed.bytes == 0) return true;
  connection.reply = Reply{};
  connection.sent = 0;
  connection.busy = true;
  responder_.respond(parsed.request, connection.reply);
  if (parsed.request.method == "HEAD") connection.reply.body = {};
  connection.close_after = connection.reply.close_after || !parsed.keep_alive;
  input.remove_prefix(parsed.bytes);
  if (connection.reply.delay.count() > 0) {
    set_alarm(connection, connection.reply.delay);
    return true;
  }
  return send_some(connection);
}

// Sends what the socket takes. False when the connection is over.
bool HttpServer::send_some(Connection& connection) {
  if (!connection.busy) {
    const Flushed flushed = flush(connection);
    if (flushed == Flushed::All) watch(connection, false);
    return flushed != Flushed::Broken;
  }
  const Reply& reply = connection.reply;
  for (int rounds = 0; rounds < 64; ++rounds) {
    std::array<std::string_view, 2> parts = next_parts(reply, connection.sent);
    if (parts[0].empty() && parts[1].empty()) {
      const Flushed flushed = flush(connection);
      if (flushed == Flushed::All) return answer_left(connection);
      return flushed == Flushed::Some;
    }
    const bool pauses = reply.pause.count() > 0 && connection.sent >= reply.bytes_before_pauses;
    if (reply.pause.count() > 0) {
      const std::size_t most =
          pauses ? reply.bytes_per_pause
                 : reply.bytes_before_pauses - static_cast<std::size_t>(connection.sent);
      parts = {(parts[0].empty() ? parts[1] : parts[0]).substr(0, most), {}};
    }
    const ssize_t count = transmit(connection, parts);
    if (count < 0 && errno != EAGAIN) return false;
    if (count < 0) {
      watch(connection, true);
      return true;
    }
    connection.sent += static_cast<std::size_t>(count);
    if (pauses) {
      set_alarm(connection, reply.pause);
      return true;
    }
  }
  watch(connection, true);  // endless: let the others have a turn
  return true;
}

// As sendmsg: how many bytes of the parts are on their way, or -1 with errno.
ssize_t HttpServer::transmit(Connection& connection, std::span<const std::string_view> parts) {
  if (connection.tls != nullptr) {
    constexpr std::size_t kSecureBytesMax = 64 * 1024;
    const Flushed flushed = flush(connection);
    if (flushed != Flushed::All) {
      errno = flushed == Flushed::Some ? EAGAIN : EPIPE;
      return -1;
    }
    const std::string_view part =
        (parts[0].empty() ? parts[1] : parts[0]).substr(0, kSecureBytesMax);
    if (!connection.tls->write(part)) {
      errno = EPIPE;
      return -1;
    }
    static_cast<void>(flush(connection));  // what is left, or broken, the next call sees
    return static_cast<ssize_t>(part.size());
  }
  std::array<iovec, 2> vectors{};
  for (std::size_t i = 0; i < parts.size(); ++i)
    vectors[i] = {const_cast<char*>(parts[i].data()), parts[i].size()};
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = parts.size();
  return sendmsg(connection.socket, &message, MSG_NOSIGNAL);
}

// Gives the socket what TLS made, and takes care that the rest is thought of.
HttpServer::Flushed HttpServer::flush(Connection& connection) {
  if (connection.tls == nullptr) return Flushed::All;
  while (true) {
    const std::string_view bytes = connection.tls->to_send();
    if (bytes.empty()) return Flushed::All;
    const ssize_t count = send(connection.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) return Flushed::Broken;
    if (count < 0) {
      watch(connection, true);
      return Flushed::Some;
    }
    connection.tls->sent(static_cast<std::size_t>(count));
    if (connection.tls->pause().count() > 0) {
      set_alarm(connection, connection.tls->pause());
      return Flushed::Some;
    }
  }
}

bool HttpServer::answer_left(Connection& connection) {
  if (connection.reply.stall_after) {
    watch(connection, false);
    return true;  // still busy, until the client gives up
  }
  if (connection.reply.tag >= 0)
    responder_.finished(std::exchange(connection.reply.tag, -1), connection.sent);
  connection.reply.owner.reset();
  connection.busy = false;
  watch(connection, false);
  if (connection.close_after && connection.tls != nullptr && !connection.reply.reset_after) {
    connection.tls->say_goodbye();
    static_cast<void>(flush(connection));
  }
  return !connection.close_after && !connection.reply.reset_after;
}

void HttpServer::watch(Connection& connection, bool writable) {
  if (connection.watches_writable == writable) return;
  connection.watches_writable = writable;
  epoll_event event{.events = EPOLLIN, .data = {.fd = connection.socket}};
  if (writable) event.events |= EPOLLOUT;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.socket, &event);
}

void HttpServer::set_alarm(const Connection& connection, std::chrono::milliseconds after) {
  alarms_.push({.at = steady_clock::now() + after,
                .socket = connection.socket,
                .serial = connection.serial});
}

void HttpServer::ring_alarms() {
  while (!alarms_.empty() && alarms_.top().at <= steady_clock::now()) {
    const Alarm alarm = alarms_.top();
    alarms_.pop();
    const auto found = connections_.find(alarm.socket);
    if (found == connections_.end() || found->second->serial != alarm.serial) continue;
    go_on(*found->second);
  }
}

int HttpServer::timeout_ms() const {
  if (alarms_.empty()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(alarms_.top().at - steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void HttpServer::drop(int socket) {
  const auto found = connections_.find(socket);
  if (found == connections_.end()) return;
  const Reply& reply = found->second->reply;
  if (reply.tag >= 0) responder_.finished(reply.tag, found->second->sent);
  if (reply.reset_after) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  connections_.erase(found);
  close(socket);
}

}  // namespace tidings::publisher
