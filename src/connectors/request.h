// What is asked of an API, page by page.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/connector.h"
#include "connectors/connector_address.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/http_client.h"

namespace tidings::connectors {

// Where a refresh is in an answer's pages.
struct Position {
  std::size_t pages = 0;      // that were read
  std::size_t entries = 0;    // on them
  std::string next;           // the cursor, or the address of the next page
  std::optional<Time> until;  // of a window: when the oldest entry so far was published
  friend bool operator==(const Position&, const Position&) = default;
};

struct RefreshTimes {
  Time now{};
  std::optional<Time> complete_until;  // everything before was read; nothing: no refresh yet
};

struct ApiRequest {
  std::string url;  // holds the key where the connector puts it there: never log, store or show it
  HttpHeaders headers;
};

// `key` is what the secret store has under connector.key.secret; empty where the connector needs
// none. The key goes to the host that the connector names and to no other: a next page elsewhere is
// InvalidInput. So is an address that cannot be.
Result<ApiRequest> build_request(const Connector& connector, const ConnectorAddress& address,
                                 const Position& position, const RefreshTimes& times,
                                 std::string_view key);

// The text with "***" wherever the key stands in it, as it is or percent-encoded.
std::string without_key(std::string text, std::string_view key);

}  // namespace tidings::connectors
