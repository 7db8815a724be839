// What steers the HTTP client: how much at once, to whom it may connect, and as whom it speaks.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "core/ip_address.h"

namespace tidings::curl {

// Sends hosts to one address whatever their names resolve to: tests and the demo give each feed a
// domain of its own on loopback. The address policy still judges that address.
struct HostOverride {
  std::string suffix;   // ".test": every host below test; "example.org": that host alone
  std::string address;  // "127.0.0.1:8081" or "[::1]:8081"
};

struct CurlSettings {
  std::size_t connections_max = 512;  // requests in flight; more wait inside
  std::size_t connections_per_host_max =
      6;  // requests in flight to one scheme, host and port; more wait inside
  // Kept open for the next request, each kind at most a quarter of the file descriptors that the
  // process may have. A plain one takes a few kilobytes, one over TLS about 65.
  std::size_t idle_connections_max = 2048;
  std::size_t idle_tls_connections_max = 256;
  std::chrono::seconds idle_connection_age_max{118};
  AddressPolicy policy;
  AddressPolicy proxy_policy;  // of where a request's own proxy may be
  std::vector<HostOverride> overrides;
  std::string user_agent = "Tidings/0.1";  // where a request brings none
  std::string ca_bundle = "/etc/ssl/certs/ca-certificates.crt";
  // "http://proxy.example:3128"; empty: none, and none from the environment either. A proxy
  // resolves the names itself, so only literal addresses in URLs can be checked here: the proxy has
  // to keep the door.
  std::string proxy;
};

}  // namespace tidings::curl
