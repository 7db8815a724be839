// The address of a source behind an API: "api:guardian?q=climate&section=world".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/connector.h"
#include "core/result.h"

namespace tidings::connectors {

inline constexpr std::string_view kAddressScheme = "api:";

struct ConnectorAddress {
  std::string connector;
  std::vector<std::pair<std::string, std::string>> parameters;  // decoded, by name, each once

  // The one spelling: by name, percent-encoded.
  std::string to_string() const;
  // Nothing where it is absent.
  std::optional<std::string> value(const std::string& name) const;
  friend bool operator==(const ConnectorAddress&, const ConnectorAddress&) = default;
};

// Escapes are decoded and '+' is a blank, as in every query. InvalidInput says what is wrong.
Result<ConnectorAddress> parse_connector_address(std::string_view text);

// The address without what says nothing: empty values and those that are the default. InvalidInput
// for a parameter that the connector does not have (the error lists those it has), one that is
// missing, and a value that is not allowed.
Result<ConnectorAddress> checked_address(const Connector& connector, ConnectorAddress address);

// The value of a parameter, or its default; nothing where both are empty.
std::optional<std::string> value_of(const Connector& connector, const ConnectorAddress& address,
                                    const std::string& name);

// "The Guardian: climate, world"
std::string title_of(const Connector& connector, const ConnectorAddress& address);

}  // namespace tidings::connectors
