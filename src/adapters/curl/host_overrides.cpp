#include "adapters/curl/host_overrides.h"

#include <utility>

#include "core/strings.h"

namespace tidings::curl {
namespace {

Result<OverrideAddress> read_override(const HostOverride& given) {
  const std::string_view address = given.address;
  const std::size_t colon = address.rfind(':');
  if (given.suffix.empty() || colon == std::string_view::npos) {
    return invalid_input("host override \"" + given.suffix + "\": \"" + given.address +
                         "\" is not ADDRESS:PORT");
  }
  std::string_view ip = address.substr(0, colon);
  const auto port = parse_int(address.substr(colon + 1));
  OverrideAddress read{.suffix = to_lower(given.suffix), .ip = std::string(ip)};
  const bool is_v6 = ip.find(':') != std::string_view::npos;
  const bool bracketed = ip.size() > 2 && ip.front() == '[' && ip.back() == ']';
  if (bracketed) ip = ip.substr(1, ip.size() - 2);
  if (!parse_ip(ip) || is_v6 != bracketed || !port || *port < 1 || *port > 65535) {
    return invalid_input("host override \"" + given.suffix + "\": \"" + given.address +
                         "\" is not ADDRESS:PORT");
  }
  read.port = static_cast<std::uint16_t>(*port);
  return read;
}

}  // namespace

Result<std::vector<OverrideAddress>> read_overrides(std::span<const HostOverride> overrides) {
  std::vector<OverrideAddress> read;
  for (const HostOverride& given : overrides) read.push_back(TRY(read_override(given)));
  return read;
}

const OverrideAddress* find_override(std::span<const OverrideAddress> overrides,
                                     std::string_view host) {
  for (const OverrideAddress& candidate : overrides) {
    const bool matches = candidate.suffix.starts_with('.') ? host.ends_with(candidate.suffix)
                                                           : host == candidate.suffix;
    if (matches) return &candidate;
  }
  return nullptr;
}

}  // namespace tidings::curl
