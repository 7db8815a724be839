// WebSub on the wire (W3C Recommendation 2018-01-23): pure functions between texts and values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/http_client.h"

namespace tidings::fetch {

// Where a publisher says that its news is pushed, and what to subscribe to.
struct HubLinks {
  std::vector<std::string> hubs;  // absolute http or https, in the publisher's order; at most 10
  std::string self;               // absolute; empty: none was named
};

// §4: the Link fields of an answer (RFC 8288), relative to its address. What cannot be read is
// passed over.
HubLinks hub_links(const HttpHeaders& headers, const std::string& url);

enum class HubMode { Subscribe, Unsubscribe };

struct HubAsk {
  HubMode mode = HubMode::Subscribe;
  std::string callback;
  std::string topic;
  std::string secret;  // empty: none
  std::chrono::seconds lease{0};
};

// §5.1: the body of a request to a hub, application/x-www-form-urlencoded.
std::string hub_form(const HubAsk& ask);

// §5.2 and §5.3: what a hub asks of a callback, or tells it. Other parameters are passed over.
struct HubCall {
  enum class Kind { Subscribe, Unsubscribe, Denied };
  Kind kind = Kind::Subscribe;
  std::string topic;
  std::string challenge;
  std::chrono::seconds lease{0};  // zero: not said
  std::string reason;             // of a denial
};
// Nothing for a query that is no such call: an unknown mode, no topic, no challenge where one is
// due, a lease that is no number, or a parameter twice.
std::optional<HubCall> read_hub_call(std::string_view query);

// §7.1: whether `field` ("sha256=…", of sha1, sha256, sha384 or sha512) signs the body with the
// secret. In a time that tells nothing of the right signature.
bool is_signed(std::string_view field, std::string_view secret, std::string_view body);

}  // namespace tidings::fetch
