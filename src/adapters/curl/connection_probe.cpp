#include "adapters/curl/connection_probe.h"

#include <linux/tcp.h>  // the C library's own lacks what newer kernels count
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <string_view>

#include <openssl/ssl.h>

namespace tidings::curl {
namespace {

int socket_of(CURL* easy) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

const SSL* session_of(CURL* easy) {
  curl_tlssessioninfo* info = nullptr;
  curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
  if (info == nullptr || info->backend != CURLSSLBACKEND_OPENSSL) return nullptr;
  return static_cast<const SSL*>(info->internals);
}

}  // namespace

bool speaks_http2(CURL* easy) {
  const SSL* const session = session_of(easy);
  if (session == nullptr) return false;
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(session, &name, &size);
  return name != nullptr && std::string_view(reinterpret_cast<const char*>(name), size) == "h2";
}

bool has_stray_bytes(CURL* easy) {
  if (speaks_http2(easy)) return false;
  const SSL* const session = session_of(easy);
  if (session != nullptr && SSL_has_pending(session) == 1) return true;
  const int socket = socket_of(easy);
  if (socket == CURL_SOCKET_BAD) return false;
  char byte = 0;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

std::optional<std::uint64_t> bytes_received(CURL* easy) {
  const int socket = socket_of(easy);
  if (socket == CURL_SOCKET_BAD) return std::nullopt;
  tcp_info info{};
  socklen_t size = sizeof info;
  constexpr std::size_t kNeeded =
      offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || size < kNeeded)
    return std::nullopt;
  return info.tcpi_bytes_received;
}

}  // namespace tidings::curl
