#include "core/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "core/strings.h"

namespace tidings {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr Bytes kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

IpAddress from_v4_bytes(const std::uint8_t* bytes) {
  IpAddress address{.bytes = kMappedPrefix};
  std::copy_n(bytes, 4, address.bytes.begin() + 12);
  return address;
}

bool matches(const Bytes& address, const Bytes& base, int prefix_bits) {
  const auto whole = static_cast<std::size_t>(prefix_bits / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                  base.begin())) {
    return false;
  }
  const int rest = prefix_bits % 8;
  return rest == 0 || (address[whole] ^ base[whole]) >> (8 - rest) == 0;
}

struct SpecialV4 {
  std::array<std::uint8_t, 4> base;
  int prefix_bits;
};

// The IANA IPv4 special-purpose registry, with multicast. The few blocks that are reachable from
// everywhere (AS112, AMT, PCP and TURN anycast) stay refused: nothing that publishes news lives
// there.
constexpr SpecialV4 kSpecialV4[] = {
    {{0, 0, 0, 0}, 8},        // "this network", RFC 791
    {{10, 0, 0, 0}, 8},       // private, RFC 1918
    {{100, 64, 0, 0}, 10},    // shared address space (CGNAT), RFC 6598
    {{127, 0, 0, 0}, 8},      // loopback, RFC 1122
    {{169, 254, 0, 0}, 16},   // link-local, RFC 3927: cloud metadata services too
    {{172, 16, 0, 0}, 12},    // private, RFC 1918
    {{192, 0, 0, 0}, 24},     // IETF protocol assignments, RFC 6890
    {{192, 0, 2, 0}, 24},     // documentation, RFC 5737
    {{192, 31, 196, 0}, 24},  // AS112, RFC 7535
    {{192, 52, 193, 0}, 24},  // AMT, RFC 7450
    {{192, 88, 99, 0}, 24},   // 6to4 relay anycast, RFC 7526
    {{192, 168, 0, 0}, 16},   // private, RFC 1918
    {{192, 175, 48, 0}, 24},  // AS112, RFC 7534
    {{198, 18, 0, 0}, 15},    // benchmarking, RFC 2544
    {{198, 51, 100, 0}, 24},  // documentation, RFC 5737
    {{203, 0, 113, 0}, 24},   // documentation, RFC 5737
    {{224, 0, 0, 0}, 4},      // multicast, RFC 5771
    {{240, 0, 0, 0}, 4},      // reserved, and limited broadcast, RFC 1112, RFC 8190
};

struct SpecialV6 {
  Bytes base;
  int prefix_bits;
};

// Special blocks inside global unicast. All that lies outside 2000::/3 (loopback, unique local,
// link-local, multicast, discard-only, segment routing, …) is refused without a table.
constexpr SpecialV6 kSpecialV6[] = {
    {{0x20, 0x01, 0x00}, 23},                    // IETF protocol assignments, RFC 2928
    {{0x20, 0x01, 0x0D, 0xB8}, 32},              // documentation, RFC 3849
    {{0x26, 0x20, 0x00, 0x4F, 0x80, 0x00}, 48},  // AS112, RFC 7534
    {{0x3F, 0xFE}, 16},                          // the former 6bone, RFC 3701
    {{0x3F, 0xFF, 0x00}, 20},                    // documentation, RFC 9637
};

constexpr Bytes kGlobalUnicast = {0x20};
constexpr Bytes kNat64 = {0x00, 0x64, 0xFF, 0x9B};
constexpr Bytes k6to4 = {0x20, 0x02};
constexpr Bytes kTeredo = {0x20, 0x01, 0x00, 0x00};

bool is_public_v4(const std::uint8_t* bytes) {
  const IpAddress address = from_v4_bytes(bytes);
  return std::none_of(std::begin(kSpecialV4), std::end(kSpecialV4), [&](const SpecialV4& special) {
    return matches(address.bytes, from_v4_bytes(special.base.data()).bytes,
                   special.prefix_bits + 96);
  });
}

// Teredo holds its server's address, and the client's with every bit flipped (RFC 4380 §4).
bool is_public_teredo(const Bytes& bytes) {
  std::array<std::uint8_t, 4> client;
  std::transform(bytes.begin() + 12, bytes.end(), client.begin(),
                 [](std::uint8_t byte) { return static_cast<std::uint8_t>(~byte); });
  return is_public_v4(&bytes[4]) && is_public_v4(client.data());
}

}  // namespace

bool IpAddress::is_v4() const {
  return matches(bytes, kMappedPrefix, 96);
}

std::string IpAddress::to_string() const {
  char text[INET6_ADDRSTRLEN] = {};
  if (is_v4()) {
    inet_ntop(AF_INET, &bytes[12], text, sizeof text);
  } else {
    inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
  }
  return text;
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  char terminated[INET6_ADDRSTRLEN] = {};
  if (text.size() >= sizeof terminated || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  text.copy(terminated, text.size());
  if (std::uint8_t v4[4]; inet_pton(AF_INET, terminated, v4) == 1) return from_v4_bytes(v4);
  IpAddress v6;
  if (inet_pton(AF_INET6, terminated, v6.bytes.data()) == 1) return v6;
  return std::nullopt;
}

std::optional<IpAddress> from_sockaddr(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &address, sizeof v4);
    std::uint8_t bytes[4];
    std::memcpy(bytes, &v4.sin_addr, sizeof bytes);
    return from_v4_bytes(bytes);
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, &address, sizeof v6);
    IpAddress result;
    std::memcpy(result.bytes.data(), &v6.sin6_addr, result.bytes.size());
    return result;
  }
  return std::nullopt;
}

bool is_public_address(const IpAddress& address) {
  const Bytes& bytes = address.bytes;
  if (address.is_v4()) return is_public_v4(&bytes[12]);
  if (matches(bytes, kNat64, 96)) return is_public_v4(&bytes[12]);
  if (!matches(bytes, kGlobalUnicast, 3)) return false;
  if (matches(bytes, k6to4, 16)) return is_public_v4(&bytes[2]);
  if (matches(bytes, kTeredo, 32)) return is_public_teredo(bytes);
  return std::none_of(std::begin(kSpecialV6), std::end(kSpecialV6), [&](const SpecialV6& special) {
    return matches(bytes, special.base, special.prefix_bits);
  });
}

Result<IpRange> parse_ip_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> base = parse_ip(trim(text.substr(0, slash)));
  if (!base)
    return invalid_input("'" + std::string(text) +
                         "' is not an address or a range like 10.0.0.0/8");
  // A mapped address that was written as IPv6 counts its prefix in 128 bits.
  const bool is_v4 = base->is_v4() && text.find(':') == std::string_view::npos;
  if (slash == std::string_view::npos) return IpRange{.base = *base, .prefix_bits = 128};
  const std::string_view digits = trim(text.substr(slash + 1));
  const std::optional<long long> bits = parse_int(digits);
  if (!bits || *bits < 0 || *bits > (is_v4 ? 32 : 128)) {
    return invalid_input("'" + std::string(text) + "' has no prefix length of 0 to " +
                         (is_v4 ? "32" : "128"));
  }
  return IpRange{.base = *base, .prefix_bits = static_cast<int>(*bits) + (is_v4 ? 96 : 0)};
}

bool AddressPolicy::allows(const IpAddress& address) const {
  return is_public_address(address) ||
         std::any_of(also_allowed_.begin(), also_allowed_.end(), [&](const IpRange& range) {
           return matches(address.bytes, range.base.bytes, range.prefix_bits);
         });
}

}  // namespace tidings
