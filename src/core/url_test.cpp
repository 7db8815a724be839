#include "core/url.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace tidings {
namespace {

TEST(ParseUrl, WritesEveryAddressOneWay) {
  const struct {
    std::string_view why, given, expected;
  } cases[] = {
      {"tidy already", "https://example.com/a/b?c=d#e", "https://example.com/a/b?c=d#e"},
      {"scheme and host lower", "HTTP://ExAmPle.COM/Path", "http://example.com/Path"},
      {"empty path", "http://example.com", "http://example.com/"},
      {"empty path before query", "http://example.com?a=b", "http://example.com/?a=b"},
      {"empty path before fragment", "http://example.com#a", "http://example.com/#a"},
      {"empty query kept", "http://example.com/?", "http://example.com/?"},
      {"empty fragment kept", "http://example.com/#", "http://example.com/#"},
      {"blanks around", " \t http://example.com/ \n\r", "http://example.com/"},
      {"newlines inside", "http://exa\nmple.com/a\tb\r", "http://example.com/ab"},
      {"backslashes", "http:\\\\example.com\\a\\b", "http://example.com/a/b"},
      {"backslash in query stays", "http://example.com/?a\\b", "http://example.com/?a\\b"},
      {"no slashes", "https:example.com/a", "https://example.com/a"},
      {"many slashes", "https://///example.com/a", "https://example.com/a"},
      {"default port", "http://example.com:80/", "http://example.com/"},
      {"default port, https", "https://example.com:443/", "https://example.com/"},
      {"other's default port", "http://example.com:443/", "http://example.com:443/"},
      {"port with zeros", "http://example.com:0080/", "http://example.com/"},
      {"empty port", "http://example.com:/", "http://example.com/"},
      {"user", "http://user@example.com/", "http://user@example.com/"},
      {"user and password", "http://u:p@example.com/", "http://u:p@example.com/"},
      {"empty password", "http://u:@example.com/", "http://u@example.com/"},
      {"empty user info", "http://@example.com/", "http://example.com/"},
      {"at in user info", "http://a@b@example.com/", "http://a%40b@example.com/"},
      {"dot segments", "http://a/b/./c/../d", "http://a/b/d"},
      {"dots at the end", "http://a/b/c/..", "http://a/b/"},
      {"dot at the end", "http://a/b/.", "http://a/b/"},
      {"dots above the root", "http://a/../../b", "http://a/b"},
      {"encoded dots", "http://a/b/%2e%2E/c", "http://a/c"},
      {"half-encoded dots", "http://a/b/.%2e/c/%2e", "http://a/c/"},
      {"three dots are a name", "http://a/b/.../c", "http://a/b/.../c"},
      {"double slashes in the path", "http://a//b///c", "http://a//b///c"},
      {"dots and double slashes", "http://a/b//../c", "http://a/b/c"},
      {"blank in path", "http://a/b c", "http://a/b%20c"},
      {"quote in path", "http://a/\"<>`{}^", "http://a/%22%3C%3E%60%7B%7D%5E"},
      {"plain in path", "http://a/[]|'%zz", "http://a/[]|'%zz"},
      {"quote in query", "http://a/?'\"<>", "http://a/?%27%22%3C%3E"},
      {"fragment", "http://a/#`\"{|}", "http://a/#%60%22{|}"},
      {"second hash", "http://a/#b#c", "http://a/#b#c"},
      {"UTF-8 in path", "http://a/é", "http://a/%C3%A9"},
      {"UTF-8 in query", "http://a/?q=日本", "http://a/?q=%E6%97%A5%E6%9C%AC"},
      {"not UTF-8 in path", "http://a/\xFF", "http://a/%FF"},
      {"IDN", "http://münchen.de/", "http://xn--mnchen-3ya.de/"},
      {"IDN, upper case", "http://BÜCHER.example/", "http://xn--bcher-kva.example/"},
      {"IDN, non-transitional", "http://faß.de/", "http://xn--fa-hia.de/"},
      {"IDN, ideographic stop", "http://例え。テスト/", "http://xn--r8jz45g.xn--zckzah/"},
      {"full width", "http://ＧＯ.com/", "http://go.com/"},
      {"encoded host", "http://%65xample.com/", "http://example.com/"},
      {"encoded IDN", "http://m%C3%BCnchen.de/", "http://xn--mnchen-3ya.de/"},
      {"underscore", "http://my_host.example.com/", "http://my_host.example.com/"},
      {"hyphens", "http://r3---sn.example.com/", "http://r3---sn.example.com/"},
      {"root dot", "http://example.com./", "http://example.com./"},
      {"IPv4", "http://1.2.3.4/", "http://1.2.3.4/"},
      {"IPv4, one number", "http://2130706433/", "http://127.0.0.1/"},
      {"IPv4, short", "http://127.1/", "http://127.0.0.1/"},
      {"IPv4, hexadecimal", "http://0x7f.0x0.0x00.0X1/", "http://127.0.0.1/"},
      {"IPv4, octal", "http://0177.0.0.01/", "http://127.0.0.1/"},
      {"IPv4, full width", "http://１２７.0.0.1/", "http://127.0.0.1/"},
      {"IPv4, encoded", "http://%31%32%37.0.0.1/", "http://127.0.0.1/"},
      {"IPv4, root dot", "http://127.0.0.1./", "http://127.0.0.1/"},
      {"digits in a name", "http://1.2.3.example/", "http://1.2.3.example/"},
      {"IPv6", "http://[2001:DB8:0:0:1::1]/", "http://[2001:db8::1:0:0:1]/"},
      {"IPv6, loopback", "http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"},
      {"IPv6, unspecified", "http://[::]/", "http://[::]/"},
      {"IPv6, mapped", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"},
      {"IPv6, zeros at the end", "http://[1:0:0:2:0:0:0:0]/", "http://[1:0:0:2::]/"},
      {"IPv6, one zero stays", "http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]/"},
  };
  for (const auto& c : cases) {
    const Result<Url> url = parse_url(c.given);
    ASSERT_TRUE(url) << c.why << ": " << url.error().message;
    EXPECT_EQ(url->to_string(), c.expected) << c.why;
    const Result<Url> again = parse_url(c.expected);
    ASSERT_TRUE(again) << c.why;
    EXPECT_EQ(again->to_string(), c.expected) << c.why << ": not idempotent";
  }
}

TEST(ParseUrl, RefusesWhatIsNoWebAddress) {
  const struct {
    std::string_view why, given;
  } cases[] = {
      {"empty", ""},
      {"blank", "  \n"},
      {"relative", "/a/b"},
      {"no scheme", "example.com/a"},
      {"other scheme", "ftp://example.com/"},
      {"script", "javascript:alert(1)"},
      {"split script", "java\nscript:alert(1)"},
      {"no host", "http://"},
      {"no host before path", "http:///?a"},
      {"no host before port", "http://:80/"},
      {"blank in host", "http://exa mple.com/"},
      {"encoded blank in host", "http://exa%20mple.com/"},
      {"encoded slash in host", "http://a%2Fb.com/"},
      {"encoded percent in host", "http://a%2541.com/"},
      {"bracket in host", "http://a<b.com/"},
      {"NUL in host", std::string_view("http://a\0b.com/", 15)},
      {"port above 65535", "http://a:65536/"},
      {"port far above", "http://a:99999999999999999999/"},
      {"port not a number", "http://a:8a/"},
      {"port negative", "http://a:-1/"},
      {"empty label", "http://a..b/"},
      {"only a dot", "http://./"},
      {"leading dot", "http://.a/"},
      {"IPv4 part above 255", "http://256.1.1.1/"},
      {"IPv4 with five parts", "http://1.2.3.4.5/"},
      {"IPv4 too large", "http://4294967296/"},
      {"IPv4 with bad octal", "http://08.1.1.1/"},
      {"name that ends in a number", "http://example.1/"},
      {"IPv6 not closed", "http://[::1/"},
      {"IPv6 with zone", "http://[fe80::1%25eth0]/"},
      {"IPv4 in brackets", "http://[1.2.3.4]/"},
      {"bad punycode", "http://xn--a/"},
      {"not UTF-8 in host", "http://\xFF.com/"},
      {"soft hyphen alone", "http://\xC2\xAD/"},
  };
  for (const auto& c : cases) {
    const Result<Url> url = parse_url(c.given);
    ASSERT_FALSE(url) << c.why << " gave " << url->to_string();
    EXPECT_EQ(url.error().kind, ErrorKind::InvalidInput) << c.why;
  }
}

TEST(ParseUrl, StatesItsLimits) {
  const std::string prefix = "http://example.com/";
  EXPECT_TRUE(parse_url(prefix + std::string(8000, 'a')));
  EXPECT_FALSE(parse_url(prefix + std::string(8200, 'a')));
  EXPECT_FALSE(parse_url(prefix + std::string(4000, ' ') + "a")) << "12,000 bytes once encoded";
  EXPECT_FALSE(parse_url("http://" + std::string(64, 'a') + ".com/"))
      << "a label has at most 63 bytes";
  EXPECT_TRUE(parse_url("http://" + std::string(63, 'a') + ".com/"));
  std::string long_host = "http://";
  for (int i = 0; i < 64; ++i) long_host += "abc.";
  EXPECT_FALSE(parse_url(long_host + "com/")) << "a host has at most 253 bytes";
}

TEST(ParseUrl, GivesTheParts) {
  const Result<Url> url = parse_url("https://u:p@Example.com:8443/a/b?c=d&e#f");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->user_info, "u:p");
  EXPECT_EQ(url->host, "example.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/a/b");
  EXPECT_EQ(url->query, "c=d&e");
  EXPECT_EQ(url->fragment, "f");
  EXPECT_EQ(url->effective_port(), 8443);
  EXPECT_EQ(parse_url("https://a/")->effective_port(), 443);
  EXPECT_EQ(parse_url("http://a/")->effective_port(), 80);
  EXPECT_FALSE(parse_url("http://a/")->has_query);
}

// RFC 3986 §5.4.1 and §5.4.2, with the two answers in which browsers and WHATWG differ from it.
TEST(BaseUrl, ResolvesAsResolveUrlDoes) {
  for (const std::string base : {"https://a.example/b/c?d", "http://a.example", "not a base", ""}) {
    BaseUrl parsed_once(base);
    for (const std::string_view reference :
         {"x", "/x", "//y/x", "?q", "#f", "https://z/", "mailto:a@b", "http:x", "", "../.."}) {
      EXPECT_EQ(parsed_once.resolve(reference), resolve_url(base, reference))
          << base << " " << reference;
    }
  }
  EXPECT_EQ(BaseUrl("https://a.example/" + std::string(BaseUrl::kBytesMax, 'x')).resolve("a"), "");
}

TEST(ResolveUrl, FollowsTheExamplesOfTheRfc) {
  const struct {
    std::string_view reference, expected;
  } cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g/"},  // an empty path is written
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http://a/b/c/g"},  // relative, as browsers read it
  };
  for (const auto& c : cases)
    EXPECT_EQ(resolve_url("http://a/b/c/d;p?q", c.reference), c.expected) << c.reference;
}

TEST(ResolveUrl, TidiesAndTakesOtherSchemesAsTheyStand) {
  const struct {
    std::string_view why, base, reference, expected;
  } cases[] = {
      {"tidy", "", "https://example.com/a.html?b=c%20d#e", "https://example.com/a.html?b=c%20d#e"},
      {"untidy", "", "HTTPS://Example.com", "https://example.com/"},
      {"mail", "", "mailto:a@b.example", "mailto:a@b.example"},
      {"script, split", "http://a/", "java\nscript:x", "javascript:x"},
      {"base is not the web", "ftp://a/b", "c", ""},
      {"no base", "", "c/d", ""},
      {"bad absolute", "http://a/", "http://[", ""},
      {"bad host", "http://a/", "//b c/", ""},
      {"same page", "http://a/b?c#d", "", "http://a/b?c"},
      {"other scheme of the web", "https://a/b", "http:c", "http://c/"},
      {"user stays within the site", "http://u:p@a/b", "/c", "http://u:p@a/c"},
      {"port stays within the site", "http://a:81/b", "c", "http://a:81/c"},
      {"backslashes", "https://a/b/c", "\\\\d\\e", "https://d/e"},
      {"blanks around", "http://a/", "  b.html\n", "http://a/b.html"},
      {"blank within", "http://a/", "b c.html", "http://a/b%20c.html"},
      {"colon in the second segment", "http://a/", "./b:c", "http://a/b:c"},
  };
  for (const auto& c : cases) EXPECT_EQ(resolve_url(c.base, c.reference), c.expected) << c.why;
  const std::string data = "data:image/png;base64," + std::string(20'000, 'A');
  EXPECT_EQ(resolve_url("http://a/", data), data) << "only web addresses have the limit";
  EXPECT_EQ(resolve_url("http://a/", std::string(9'000, 'a')), "");
}

// Nothing that the short cut accepts may be changed by the parser.
TEST(ResolveUrl, ShortCutAgreesWithTheParser) {
  const std::string_view hosts[] = {"example.com", "example.com.", "a..b",    "Example.com",
                                    "1.2.3",       "a.1",          "xn--a.b", "a.xn--b",
                                    "a:80",        "u@a",          "a_b.c",   "",
                                    ".",           "a-.b",         "[::1]"};
  const std::string_view tails[] = {
      "",    "/",    "/a/../b", "/a/%2e/b", "/.a", "/a.b",  "/a?b#c",   "/a#b?c#d",       "/a'b",
      "/?'", "/a b", "/%",      "/|",       "/#`", "/a//b", "/a?/../b", "/~a!$&()*+,;=:@"};
  for (const std::string_view host : hosts) {
    for (const std::string_view tail : tails) {
      const std::string given = "https://" + std::string(host) + std::string(tail);
      const Result<Url> parsed = parse_url(given);
      EXPECT_EQ(resolve_url("", given), parsed ? parsed->to_string() : "") << given;
    }
  }
}

TEST(RegistrableDomain, FollowsThePublicSuffixList) {
  const struct {
    std::string_view host, expected;
  } cases[] = {
      {"example.com", "example.com"},
      {"www.example.com", "example.com"},
      {"a.b.example.co.uk", "example.co.uk"},
      {"WWW.Example.COM", "example.com"},
      {"www.example.com.", "example.com"},
      {"co.uk", "co.uk"},
      {"com", "com"},
      {"localhost", "localhost"},
      {"feeds.someone.github.io", "someone.github.io"},
      {"www.city.kobe.jp", "city.kobe.jp"},
      {"a.b.c.kobe.jp", "b.c.kobe.jp"},
      {"www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"},
      {"127.0.0.1", "127.0.0.1"},
      {"[::1]", "[::1]"},
      {"", ""},
      {".", "."},
  };
  for (const auto& c : cases) EXPECT_EQ(registrable_domain(c.host), c.expected) << c.host;
}

TEST(Url, IsSafeToCallFromManyThreads) {
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int n = 0; n < 200; ++n) {
        EXPECT_EQ(resolve_url("http://a/", "//münchen.de"), "http://xn--mnchen-3ya.de/");
        EXPECT_EQ(registrable_domain("a.b.co.uk"), "b.co.uk");
      }
    });
  }
}

TEST(PercentEncoding, RoundTripsAnyBytes) {
  std::string bytes;
  for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(bytes)), bytes);
  EXPECT_EQ(percent_encode("aZ0-._~ +/%"), "aZ0-._~%20%2B%2F%25");
  EXPECT_EQ(percent_decode("a%2fb%2Fc+%zz%4%"), "a/b/c+%zz%4%");
  EXPECT_EQ(percent_decode("%41"), "A");
}

}  // namespace
}  // namespace tidings
