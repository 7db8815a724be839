// The connectors that come with the program: data/connectors, compiled in.
#pragma once

#include <span>
#include <string_view>

#include "connectors/connector.h"
#include "core/result.h"

namespace tidings::connectors {

struct ReadyConnector {
  std::string_view name;
  std::string_view toml;
};

// By name.
std::span<const ReadyConnector> ready_connectors();

// NotFound where none of that name comes with the program.
Result<std::string_view> ready_connector_file(std::string_view name);

}  // namespace tidings::connectors
