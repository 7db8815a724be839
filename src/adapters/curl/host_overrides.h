// Which hosts are sent to an address of the settings' choosing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/curl/settings.h"
#include "core/result.h"

namespace tidings::curl {

struct OverrideAddress {
  std::string suffix;
  std::string ip;  // as curl's CURLOPT_RESOLVE takes it: "127.0.0.1" or "[::1]"
  std::uint16_t port = 0;
};

// InvalidInput that names the override that cannot be read.
Result<std::vector<OverrideAddress>> read_overrides(std::span<const HostOverride> overrides);

// The first that matches; null when there is none. `host` in lower case.
const OverrideAddress* find_override(std::span<const OverrideAddress> overrides,
                                     std::string_view host);

}  // namespace tidings::curl
