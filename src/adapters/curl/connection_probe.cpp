#include "adapters/curl/connection_probe.h"

#include <linux/tcp.h>  // the C library's own lacks what newer kernels count
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <string_view>

#include <openssl/ssl.h>

namespace tidings::curl {
namespace {

// 0: none.
int local_port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET)
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

const SSL* session_of(CURL* easy) {
  curl_tlssessioninfo* info = nullptr;
  curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
  if (info == nullptr || info->backend != CURLSSLBACKEND_OPENSSL) return nullptr;
  return static_cast<const SSL*>(info->internals);
}

}  // namespace

std::optional<int> KnownSockets::find(const std::string& peer, int local_port,
                                      std::span<const int> opened) {
  constexpr std::size_t kKnownMax = 20'000;  // above what a process has open
  const std::string key = peer + " " + std::to_string(local_port);
  for (const int socket : opened) {
    if (local_port_of(socket) != local_port) continue;
    if (known_.size() >= kKnownMax) known_.clear();
    known_[key] = socket;
    return socket;
  }
  const auto known = known_.find(key);
  if (known == known_.end()) return std::nullopt;
  if (local_port_of(known->second) == local_port) return known->second;
  known_.erase(known);
  return std::nullopt;
}

bool speaks_http2(CURL* easy) {
  const SSL* const session = session_of(easy);
  if (session == nullptr) return false;
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(session, &name, &size);
  return name != nullptr && std::string_view(reinterpret_cast<const char*>(name), size) == "h2";
}

bool has_stray_bytes(CURL* easy, int socket) {
  if (speaks_http2(easy)) return false;
  const SSL* const session = session_of(easy);
  if (session != nullptr && SSL_has_pending(session) == 1) return true;
  char byte = 0;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

std::optional<std::uint64_t> bytes_received(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  constexpr std::size_t kNeeded =
      offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || size < kNeeded)
    return std::nullopt;
  return info.tcpi_bytes_received;
}

}  // namespace tidings::curl
