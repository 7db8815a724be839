// The one door through which the program reaches the outside. Adapter: curl; tests play publishers
// on loopback.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace tidings {

using HttpHeaders =
    std::vector<std::pair<std::string, std::string>>;  // names as sent; compare case-insensitively

// The value of the first header of that name, trimmed; empty when absent.
std::string_view header(const HttpHeaders& headers, std::string_view name);

// Whether a field of that name is for the publisher that it was meant for alone: a redirect to
// another one goes without it.
bool is_credential(std::string_view header_name);

struct HttpLimits {
  std::size_t body_bytes_max = 15'000'000;  // as received, and again after decompression
  std::size_t header_bytes_max = 65'536;    // all hops together
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
  std::size_t speed_bytes_per_second_min = 100;  // slower than this for `speed_window` gives up
  std::chrono::seconds speed_window{20};
  int redirects_max = 5;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http or https; anything else is refused, on every hop
  HttpHeaders headers;
  // For hops to `origin` (as Url::origin()) alone, on whatever way the request comes there; in
  // place of those of the same name above.
  HttpHeaders origin_headers;
  std::string origin;
  // For this request, in place of the client's own: http://, https:// or socks5h://, with name and
  // password where it asks for them. It resolves names itself; its own address is judged by the
  // client's policy for proxies.
  std::string proxy;
  std::string body;
  HttpLimits limits;
  // Ends the request before a redirect to another registrable domain, for the caller to go on with:
  // HttpResponse::redirect_url.
  bool stays_in_domain = false;
  // Of the requests that this one goes on from; they count against the limits.
  int redirects_before = 0;
  std::chrono::microseconds elapsed_before{};
  // Asked, on the client's thread, before a connection to an IP address is opened, not where one is
  // used again or a proxy connects; false ends the request with "address_busy". Empty: yes.
  std::function<bool(const std::string& address)> may_connect;
  // Asked, on the client's thread, before so many more bytes of a body are kept; false ends the
  // request with "no_room". Empty: yes.
  std::function<bool(std::size_t bytes)> may_keep;
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers;        // of the last hop
  std::string body;           // decoded from gzip, deflate, br or zstd; of a status of 300 and
                              // above the first 64 KiB, as far as they could be read
  std::string url;            // of the last hop
  std::string permanent_url;  // where an unbroken chain of 301 and 308 from the start led; empty
                              // without one
  std::string redirect_url;   // where a request that stays in its domain would have gone; else
                              // empty
  int redirects = 0;          // redirect_url and those before the request included
  std::chrono::microseconds elapsed{};
  std::string address;  // that was connected to at the last hop; empty behind a proxy
};

// Safe to call from many threads. Every connected address is checked against the AddressPolicy, on
// every hop.
//
// Error codes: dns_failed, connect_failed, tls_failed, timeout, too_slow, too_large,
// too_many_redirects, address_refused, scheme_refused, bad_url, bad_request, bad_response,
// no_room, address_busy, canceled. Kinds: Unavailable for what may pass, InvalidInput for what
// cannot (bad_url, bad_request, scheme_refused), Forbidden for refused addresses.
class HttpClient {
 public:
  using Done = std::function<void(Result<HttpResponse>)>;
  virtual ~HttpClient() = default;

  // Returns at once. `done` is called exactly once, on the client's own thread: it must not block.
  // Requests above the connection limits wait inside; after shutdown() `done` gets "canceled".
  virtual void send(HttpRequest request, Done done) = 0;

  // Cancels what is in flight and refuses what comes. Returns when no callback runs any more.
  virtual void shutdown() = 0;
};

}  // namespace tidings
