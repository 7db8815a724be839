#include "core/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <gtest/gtest.h>

namespace tidings {
namespace {

IpAddress ip(std::string_view text) {
  const std::optional<IpAddress> address = parse_ip(text);
  EXPECT_TRUE(address) << text;
  return address.value_or(IpAddress{});
}

TEST(IpAddress, ReadsAndWritesBothFamilies) {
  const struct {
    std::string_view given, expected;
    bool is_v4;
  } cases[] = {
      {"192.0.2.1", "192.0.2.1", true},
      {"::ffff:192.0.2.1", "192.0.2.1", true},
      {"::FFFF:c000:201", "192.0.2.1", true},
      {"2001:DB8::1", "2001:db8::1", false},
      {"::", "::", false},
      {"0:0:0:0:0:0:0:1", "::1", false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ip(c.given).to_string(), c.expected) << c.given;
    EXPECT_EQ(ip(c.given).is_v4(), c.is_v4) << c.given;
  }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  const std::string_view cases[] = {"",
                                    " ",
                                    "1.2.3",
                                    "1.2.3.4.5",
                                    "256.1.1.1",
                                    "1.2.3.4 ",
                                    "0x7f.0.0.1",
                                    "[::1]",
                                    "fe80::1%eth0",
                                    "::1::",
                                    "localhost",
                                    "12345::",
                                    std::string_view("1.2.3.4\0", 8),
                                    "1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111"};
  for (const std::string_view given : cases) EXPECT_FALSE(parse_ip(given)) << given;
}

TEST(IpAddress, ReadsSocketAddresses) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "8.8.4.4", &v4.sin_addr);
  EXPECT_EQ(from_sockaddr(reinterpret_cast<const sockaddr&>(v4))->to_string(), "8.8.4.4");

  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "::ffff:10.0.0.1", &v6.sin6_addr);
  EXPECT_TRUE(from_sockaddr(reinterpret_cast<const sockaddr&>(v6))->is_v4());

  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_FALSE(from_sockaddr(reinterpret_cast<const sockaddr&>(local)));
}

TEST(PublicAddress, RefusesEverySpecialRangeFromItsFirstToItsLastAddress) {
  const struct {
    std::string_view why, first, last;
  } cases[] = {
      {"this network", "0.0.0.0", "0.255.255.255"},
      {"private 10", "10.0.0.0", "10.255.255.255"},
      {"CGNAT", "100.64.0.0", "100.127.255.255"},
      {"loopback", "127.0.0.0", "127.255.255.255"},
      {"link-local, metadata services", "169.254.0.0", "169.254.255.255"},
      {"private 172", "172.16.0.0", "172.31.255.255"},
      {"protocol assignments", "192.0.0.0", "192.0.0.255"},
      {"documentation 1", "192.0.2.0", "192.0.2.255"},
      {"AS112", "192.31.196.0", "192.31.196.255"},
      {"AMT", "192.52.193.0", "192.52.193.255"},
      {"6to4 relays", "192.88.99.0", "192.88.99.255"},
      {"private 192", "192.168.0.0", "192.168.255.255"},
      {"AS112 direct", "192.175.48.0", "192.175.48.255"},
      {"benchmarking", "198.18.0.0", "198.19.255.255"},
      {"documentation 2", "198.51.100.0", "198.51.100.255"},
      {"documentation 3", "203.0.113.0", "203.0.113.255"},
      {"multicast", "224.0.0.0", "239.255.255.255"},
      {"reserved and broadcast", "240.0.0.0", "255.255.255.255"},
      {"mapped loopback", "::ffff:127.0.0.1", "::ffff:127.0.0.1"},
      {"mapped private", "::ffff:a00:1", "::ffff:192.168.1.1"},
      {"unspecified", "::", "::"},
      {"loopback", "::1", "::1"},
      {"v4-compatible", "::8.8.8.8", "::127.0.0.1"},
      {"v4-translated", "::ffff:0:8.8.8.8", "::ffff:0:127.0.0.1"},
      {"NAT64 of private", "64:ff9b::10.0.0.1", "64:ff9b::192.168.0.1"},
      {"NAT64 of loopback", "64:ff9b::127.0.0.1", "64:ff9b::7f00:1"},
      {"NAT64 outside its /96", "64:ff9b:0:0:1::808:808", "64:ff9b::1:808:808"},
      {"local NAT64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
      {"discard-only", "100::", "100::ffff:ffff:ffff:ffff"},
      {"dummy prefix", "100:0:0:1::", "100:0:0:1::1"},
      {"Teredo, private client", "2001:0:808:808:0:0:f5ff:fffe", "2001:0:808:808::f5ff:fffe"},
      {"Teredo, private server", "2001:0:a00:1:0:0:f7f7:f7f7", "2001:0:7f00:1::f7f7:f7f7"},
      {"benchmarking", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"},
      {"AMT", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"ORCHID", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"ORCHIDv2", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"drone remote id", "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"end of protocol assignments", "2001:1ff::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"documentation", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"6to4 of private", "2002:a00:1::", "2002:c0a8:101::1"},
      {"6to4 of loopback", "2002:7f00:1::", "2002:7fff:ffff::"},
      {"AS112", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"},
      {"6bone", "3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"documentation", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"beyond global unicast", "4000::", "5fff::"},
      {"segment routing", "5f00::", "5f00:ffff::"},
      {"unique local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
  };
  for (const auto& c : cases) {
    EXPECT_FALSE(is_public_address(ip(c.first))) << c.why << " " << c.first;
    EXPECT_FALSE(is_public_address(ip(c.last))) << c.why << " " << c.last;
  }
}

TEST(PublicAddress, AcceptsTheNeighborsOfSpecialRanges) {
  const std::string_view cases[] = {"1.0.0.0",
                                    "8.8.8.8",
                                    "9.255.255.255",
                                    "11.0.0.0",
                                    "100.63.255.255",
                                    "100.128.0.0",
                                    "126.255.255.255",
                                    "128.0.0.0",
                                    "169.253.255.255",
                                    "169.255.0.0",
                                    "172.15.255.255",
                                    "172.32.0.0",
                                    "191.255.255.255",
                                    "192.0.1.0",
                                    "192.0.3.0",
                                    "192.167.255.255",
                                    "192.169.0.0",
                                    "198.17.255.255",
                                    "198.20.0.0",
                                    "198.51.99.255",
                                    "198.51.101.0",
                                    "203.0.112.255",
                                    "203.0.114.0",
                                    "223.255.255.255",
                                    "::ffff:8.8.8.8",
                                    "64:ff9b::8.8.8.8",
                                    "2000::",
                                    "2001:200::",
                                    "2001:4860:4860::8888",
                                    "2001:db7:ffff::",
                                    "2001:db9::",
                                    "2002:808:808::1",
                                    "2001:0:808:808::f7f7:f7f7",
                                    "2606:4700::1111",
                                    "2a00:1450:4001::1",
                                    "3fff:1000::"};
  for (const std::string_view given : cases) EXPECT_TRUE(is_public_address(ip(given))) << given;
}

TEST(IpRange, ReadsAddressesAndPrefixes) {
  const struct {
    std::string_view given;
    int expected_bits;
  } cases[] = {{"10.0.0.0/8", 104},    {"127.0.0.1", 128},
               {"::1", 128},           {"fd00::/8", 8},
               {"0.0.0.0/0", 96},      {"::/0", 0},
               {"10.1.2.3/32", 128},   {"::ffff:10.0.0.0/104", 104},
               {" 10.0.0.0 / 8 ", 104}};
  for (const auto& c : cases) {
    const Result<IpRange> range = parse_ip_range(c.given);
    ASSERT_TRUE(range) << c.given;
    EXPECT_EQ(range->prefix_bits, c.expected_bits) << c.given;
  }
  for (const std::string_view bad : {"", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/",
                                     "host/8", "10.0.0.0/8/8", "10.0.0.0/x"}) {
    const Result<IpRange> range = parse_ip_range(bad);
    ASSERT_FALSE(range) << bad;
    EXPECT_EQ(range.error().kind, ErrorKind::InvalidInput);
  }
}

TEST(AddressPolicy, AddsWhatTheSettingsListToPublicAddresses) {
  const AddressPolicy strict;
  EXPECT_TRUE(strict.allows(ip("8.8.8.8")));
  EXPECT_FALSE(strict.allows(ip("127.0.0.1")));

  const AddressPolicy open({*parse_ip_range("127.0.0.0/8"), *parse_ip_range("fd12::/17")});
  EXPECT_TRUE(open.allows(ip("8.8.8.8")));
  EXPECT_TRUE(open.allows(ip("127.1.2.3")));
  EXPECT_TRUE(open.allows(ip("::ffff:127.0.0.1")));
  EXPECT_TRUE(open.allows(ip("fd12:7fff::1")));
  EXPECT_FALSE(open.allows(ip("fd12:8000::1"))) << "one bit beyond a prefix that ends within a byte"
                                                << " is not part of it";
  EXPECT_FALSE(open.allows(ip("10.0.0.1")));
  EXPECT_FALSE(open.allows(ip("::1")));
}

}  // namespace
}  // namespace tidings
