// A way to the test's server that can go silent: connections stay open, and nothing comes through.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace tidings::postgres {

class SilentProxy {
 public:
  explicit SilentProxy(std::uint16_t server_port) : server_port_(server_port) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    passing_ = std::jthread([this](const std::stop_token& stop) { pass(stop); });
  }
  ~SilentProxy() {
    passing_.request_stop();
    passing_.join();
    for (const int end : ends_) close(end);
    close(listener_);
  }
  SilentProxy(const SilentProxy&) = delete;
  SilentProxy& operator=(const SilentProxy&) = delete;

  std::uint16_t port() const { return port_; }
  void go_silent() { is_silent_ = true; }
  void speak_again() { is_silent_ = false; }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  void pass(const std::stop_token& stop) {
    constexpr int kLookAgainMs = 2;
    while (!stop.stop_requested()) {
      std::vector<pollfd> sockets = {{.fd = listener_, .events = POLLIN, .revents = 0}};
      for (const int end : ends_) sockets.push_back({.fd = end, .events = POLLIN, .revents = 0});
      if (is_silent_) sockets.clear();
      if (poll(sockets.data(), sockets.size(), kLookAgainMs) <= 0) continue;
      for (std::size_t i = 1; i < sockets.size(); ++i) {
        if (sockets[i].revents != 0) move_bytes(i - 1);
      }
      if (sockets[0].revents != 0) take();
    }
  }

  // Ends lie in pairs: the client's, then the server's.
  void take() {
    const int client = accept(listener_, nullptr, nullptr);
    const int server = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(server_port_);
    EXPECT_EQ(connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ends_.push_back(client);
    ends_.push_back(server);
  }

  void move_bytes(std::size_t from) {
    const std::size_t to = from % 2 == 0 ? from + 1 : from - 1;
    if (ends_[from] < 0) return;
    char bytes[65'536];
    const ssize_t count = read(ends_[from], bytes, sizeof bytes);
    if (count > 0 && send(ends_[to], bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL) > 0) {
      return;
    }
    for (const std::size_t end : {from, to}) {
      close(ends_[end]);
      ends_[end] = -1;  // poll passes over it
    }
  }

  const std::uint16_t server_port_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> is_silent_ = false;
  std::vector<int> ends_;  // the thread's own, until it is joined
  std::jthread passing_;
};

}  // namespace tidings::postgres
