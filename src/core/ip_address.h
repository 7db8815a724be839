// Which addresses the program may connect to: public ones, unless the settings say otherwise.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

struct sockaddr;

namespace tidings {

// 16 bytes; IPv4 is held v4-mapped (RFC 4291 §2.5.5.2).
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v4() const;
  std::string to_string() const;
};

std::optional<IpAddress> parse_ip(std::string_view text);
std::optional<IpAddress> from_sockaddr(const sockaddr& address);

// False for loopback, private, link-local, CGNAT, multicast, unique local, documentation,
// benchmarking, broadcast, unspecified and every other special-purpose range (IANA registries, RFC
// 6890), also inside v4-mapped, NAT64 (RFC 6052), 6to4 and Teredo addresses.
bool is_public_address(const IpAddress& address);

struct IpRange {
  IpAddress base;
  int prefix_bits = 128;  // on the 16-byte form
};
// "10.0.0.0/8", "::1" or "fd00::/8".
Result<IpRange> parse_ip_range(std::string_view text);

// Public addresses, and what the settings list. Safe to call from many threads.
class AddressPolicy {
 public:
  AddressPolicy() = default;
  explicit AddressPolicy(std::vector<IpRange> also_allowed)
      : also_allowed_(std::move(also_allowed)) {}
  bool allows(const IpAddress& address) const;

 private:
  std::vector<IpRange> also_allowed_;
};

}  // namespace tidings
