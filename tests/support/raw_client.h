// A client that says exactly what a test wants said, right or wrong, and reads what comes back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/strings.h"

namespace tidings::test {

struct RawResponse {
  int status = 0;  // 0: the connection ended before a head
  std::string head;
  std::string body;

  // The field's value; empty when absent.
  std::string header(std::string_view name) const {
    for (const std::string_view line : split(head, '\n')) {
      const std::size_t colon = line.find(':');
      if (colon != std::string_view::npos && iequals(line.substr(0, colon), name)) {
        return std::string(trim(line.substr(colon + 1)));
      }
    }
    return {};
  }
};

// Blocking, on loopback; gives up on a silent server after ten seconds.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  int socket() const { return socket_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // Reads until `mark` was seen and returns everything up to its end; what is there when the
  // connection ends first.
  std::string read_until(std::string_view mark) {
    while (true) {
      const std::size_t at = buffered_.find(mark);
      if (at != std::string::npos) return take(at + mark.size());
      if (!read_more()) return take(buffered_.size());
    }
  }

  // One response; bodies by Content-Length. `without_body` for answers to HEAD.
  RawResponse read_response(bool without_body = false) {
    RawResponse response;
    response.head = read_until("\r\n\r\n");
    if (!response.head.starts_with("HTTP/1.1 ")) return response;
    response.status = std::atoi(response.head.c_str() + 9);
    if (without_body || response.status == 304 || response.status == 204) return response;
    const std::size_t length = std::strtoul(response.header("Content-Length").c_str(), nullptr, 10);
    while (buffered_.size() < length && read_more()) {
    }
    response.body = take(std::min(length, buffered_.size()));
    return response;
  }

  // True when the server closed and nothing is left to read.
  bool is_closed() { return buffered_.empty() && !read_more() && ended_; }

 private:
  bool read_more() {
    char bytes[16 * 1024];
    const ssize_t n = ::recv(socket_, bytes, sizeof bytes, 0);
    ended_ = n == 0 || (n < 0 && errno == ECONNRESET);
    if (n <= 0) return false;
    buffered_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }

  std::string take(std::size_t bytes) {
    std::string taken = buffered_.substr(0, bytes);
    buffered_.erase(0, bytes);
    return taken;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string buffered_;
};

inline std::string get_request(std::string_view target, std::string_view more_headers = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" +
         std::string(more_headers) + "\r\n";
}

}  // namespace tidings::test
