// What the kernel and OpenSSL know about the connection of a transfer, where curl does not tell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include <curl/curl.h>

namespace tidings::curl {

// The sockets of connections: curl 7.88 names that of a transfer only when the transfer is over,
// but says between what ports it goes on. One that curl closed is forgotten when it is asked for.
// Single-threaded.
class KnownSockets {
 public:
  // The socket of the connection from that port of ours to `peer`: one of `opened`, or one that was
  // found here before.
  std::optional<int> find(const std::string& peer, int local_port, std::span<const int> opened);

 private:
  std::unordered_map<std::string, int> known_;
};

// Whether bytes wait to be read from a connection that nothing was asked on, or its end. Over
// HTTP/2 frames may come at any time, so there it says no. From inside the callbacks of `easy`.
bool has_stray_bytes(CURL* easy, int socket);

// All bytes that came over the connection so far, those of TLS and of chunked framing too, whoever
// asked for them. Nothing where the kernel does not count.
std::optional<std::uint64_t> bytes_received(int socket);

// By ALPN (RFC 7301). From inside the callbacks of `easy`.
bool speaks_http2(CURL* easy);

}  // namespace tidings::curl
