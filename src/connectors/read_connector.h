// From a connector file (TOML) to what it declares.
#pragma once

#include <cstddef>
#include <string_view>

#include "connectors/connector.h"
#include "core/result.h"

namespace tidings::connectors {

inline constexpr std::size_t kConnectorBytesMax = 256 * 1024;

// Lower-case letters, digits, '_' and '-', 1 to 64 of them: what a connector may be called.
bool is_connector_name(std::string_view name);

// InvalidInput with up to 20 lines, each "FILE:LINE: KEY: what is wrong and what would be right".
// Pure; safe to call from many threads.
Result<Connector> read_connector(std::string_view toml, std::string_view file);

}  // namespace tidings::connectors
