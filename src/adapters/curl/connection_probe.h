// What the kernel and OpenSSL know about the connection of a transfer, where curl does not tell.
#pragma once

#include <cstdint>
#include <optional>

#include <curl/curl.h>

namespace tidings::curl {

// All may be asked from inside the callbacks of `easy`. Each walks the connections that its multi
// handle keeps: not for every request over plain HTTP, of which there are thousands.

// Whether bytes wait to be read, or the end. Over HTTP/2 frames may come at any time, so there it
// says no.
bool has_stray_bytes(CURL* easy);

// All bytes that came over the connection so far, those of TLS and of chunked framing too, whoever
// asked for them. Nothing where the kernel does not count.
std::optional<std::uint64_t> bytes_received(CURL* easy);

// By ALPN (RFC 7301).
bool speaks_http2(CURL* easy);

}  // namespace tidings::curl
