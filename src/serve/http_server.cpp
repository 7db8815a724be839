#include "serve/http_server.h"

#include <algorithm>
#include <optional>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "core/log.h"
#include "serve/event_loop.h"

namespace tidings::serve {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kBacklog = 4096;
// Out of file descriptors: accepting again at once would only spin.
constexpr std::chrono::milliseconds kAcceptRetry{100};

Result<tcp::endpoint> loopback_endpoint(const ServerSettings& settings) {
  const std::string text = settings.address == "localhost" ? "127.0.0.1" : settings.address;
  error_code error;
  const asio::ip::address address = asio::ip::make_address(text, error);
  if (error) {
    return invalid_input("serve.address '" + settings.address +
                         "' is not an IP address: use 127.0.0.1 or ::1");
  }
  if (!address.is_loopback()) {
    return Error{
        ErrorKind::Forbidden,
        "serve.address " + settings.address +
            " would let other machines in, and Tidings has no accounts yet to tell who may "
            "do what: listen on 127.0.0.1 or ::1 and put a proxy that authenticates in front",
        "address_not_loopback"};
  }
  return tcp::endpoint(address, settings.port);
}

Result<tcp::acceptor> listen(asio::io_context& context, const tcp::endpoint& endpoint) {
  tcp::acceptor acceptor(context);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(kBacklog, error);
  if (error) {
    const bool in_use = error == asio::error::address_in_use;
    return Error{
        ErrorKind::Unavailable,
        "listen on " + endpoint.address().to_string() + " port " + std::to_string(endpoint.port()) +
            ": " + error.message() +
            (in_use ? ": stop the program that uses it, or choose another with --port" : ""),
        in_use ? "port_in_use" : ""};
  }
  return acceptor;
}

// One acceptor deals connections out to the loops in turn. SO_REUSEPORT lets the kernel deal by
// hash, which leaves loops idle while others hold several of a few busy connections.
class AsioServer final : public HttpServer {
 public:
  AsioServer(const ServerSettings& settings, RequestHandler& handler, Metrics& metrics)
      : settings_(settings), metrics_(metrics) {
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    const std::size_t count = settings.loops > 0 ? settings.loops : cores;
    for (std::size_t i = 0; i < count; ++i) {
      loops_.push_back(std::make_unique<EventLoop>(settings_, handler, *connections_, metrics_));
    }
    accept_retry_.emplace(loops_[0]->context());
    metrics.gauge_from("http_connections", "Connections that are open.",
                       [count = connections_] { return static_cast<double>(count->value()); });
  }
  ~AsioServer() override { drain(std::chrono::milliseconds(0)); }

  Result<void> open() {
    const tcp::endpoint endpoint = TRY(loopback_endpoint(settings_));
    acceptor_.emplace(TRY(listen(loops_[0]->context(), endpoint)));
    error_code error;
    port_ = acceptor_->local_endpoint(error).port();
    for (const auto& loop : loops_) threads_.emplace_back([&loop = *loop] { loop.run(); });
    asio::post(loops_[0]->context(), [this] { accept(); });
    return {};
  }

  std::uint16_t port() const override { return port_; }

  void drain(std::chrono::milliseconds deadline) override {
    if (threads_.empty()) return;
    asio::post(loops_[0]->context(), [this] {
      error_code ignored;
      accept_retry_->cancel();
      acceptor_->close(ignored);
    });
    for (const auto& loop : loops_) loop->drain();
    connections_->wait_for_none(std::chrono::steady_clock::now() + deadline);
    for (const auto& loop : loops_) loop->stop();
    threads_.clear();  // joins
    error_code ignored;
    acceptor_->close(ignored);  // where there was no time left for it above
  }

 private:
  void accept() {
    EventLoop& loop = *loops_[next_loop_++ % loops_.size()];
    acceptor_->async_accept(loop.context(), [this, &loop](const error_code& error, Socket socket) {
      if (error == asio::error::operation_aborted || !acceptor_->is_open()) return;
      if (error) {
        log::warn("http.accept_failed", {{"reason", error.message()}});
        return accept_later();
      }
      if (connections_->try_add(settings_.connections_max)) {
        metrics_.accepted.add();
        loop.adopt(std::move(socket));
      } else {
        turn_away(std::move(socket));
      }
      accept();
    });
  }

  void accept_later() {
    accept_retry_->expires_after(kAcceptRetry);
    accept_retry_->async_wait([this](const error_code& error) {
      if (!error) accept();
    });
  }

  void turn_away(Socket socket) {
    metrics_.refused.add();
    const ResponsePtr response = make_problem({.status = 503,
                                               .code = "too_many_connections",
                                               .title = "Too many connections are open",
                                               .detail = "Try again in a moment.",
                                               .retry_after_seconds = 1});
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(response->head + "Connection: close\r\n\r\n" + response->body),
                      ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
  }

  const ServerSettings settings_;
  EngineMetrics metrics_;
  // Shared with the metrics registry, which may outlive the server.
  const std::shared_ptr<ConnectionCount> connections_ = std::make_shared<ConnectionCount>();
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::optional<tcp::acceptor> acceptor_;
  std::optional<asio::steady_timer> accept_retry_;
  std::size_t next_loop_ = 0;
  std::uint16_t port_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace

Result<void> check_address(const ServerSettings& settings) {
  TRY(loopback_endpoint(settings));
  return {};
}

Result<void> try_address(const ServerSettings& settings) {
  asio::io_context context;
  TRY(listen(context, TRY(loopback_endpoint(settings))));
  return {};
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerSettings& settings,
                                                      RequestHandler& handler, Metrics& metrics) {
  auto server = std::make_unique<AsioServer>(settings, handler, metrics);
  TRY(server->open());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace tidings::serve
