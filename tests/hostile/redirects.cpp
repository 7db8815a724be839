// Where a redirect can lead: round in circles, into the private network, out of the web.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

const Expected kRefusedAddress = fails({"address_refused"});
const Expected kRefusedScheme = fails({"scheme_refused"});
const Expected kTooMany = fails({"too_many_redirects"});

std::function<Play(const Cell&)> to(std::string target, int status = 302) {
  return [target, status](const Cell& cell) {
    return answers(cell, publisher::redirect(status, target));
  };
}

// To the door on the private side, by whatever name.
HostileBehavior to_trap(std::string name, std::string host) {
  return {"redirect-to-" + name,
          [host](const Cell& cell) {
            return answers(
                cell, publisher::redirect(302, "http://" + host + ":" +
                                                   std::to_string(cell.doors.trap_port) + "/"));
          },
          kRefusedAddress};
}

HostileBehavior to_address(std::string name, std::string target) {
  return {"redirect-to-" + name, to(std::move(target)), kRefusedAddress};
}

HostileBehavior to_scheme(std::string name, std::string target) {
  return {"redirect-to-" + name, to(std::move(target)), kRefusedScheme};
}

std::string numbered(const Cell& cell, int number) {
  return cell.label + "-" + std::to_string(number) + ".test";
}

// A feed behind so many redirects, each to another domain.
std::function<Play(const Cell&)> chain(int length, int status) {
  return [length, status](const Cell& cell) {
    Play play = answers(
        cell, publisher::redirect(status, cell.scheme() + "://" + numbered(cell, 1) + "/feed"));
    for (int i = 1; i <= length; ++i) {
      Page page{.host = numbered(cell, i)};
      page.answers.push_back(
          i == length ? feed(cell.form)
                      : publisher::redirect(
                            status, cell.scheme() + "://" + numbered(cell, i + 1) + "/feed"));
      play.pages.push_back(std::move(page));
    }
    return play;
  };
}

std::function<Play(const Cell&)> raw_location(std::string lines) {
  return [lines](const Cell& cell) {
    return answers_raw(cell, head(cell.form, lines + "Content-Length: 0\r\n", "302 Found"));
  };
}

// There and back: each scheme once.
Play through_both_schemes(const Cell& cell) {
  const std::string other = numbered(cell, 1);
  Play play = answers(
      cell, publisher::redirect(302, (cell.secure ? "http://" : "https://") + other + "/feed"));
  Page page{.host = other};
  page.answers.push_back(feed(cell.form));
  play.pages.push_back(std::move(page));
  return play;
}

Play to_a_login_page(const Cell& cell) {
  Play play = answers(cell, publisher::redirect(302, "/login?next=/feed"));
  play.pages[0].path = "/feed";
  Page page{.host = cell.host(), .path = "/login"};
  page.answers.push_back(publisher::feed(
      "<!DOCTYPE html><html><title>Log in</title><form><input name=password></form></html>",
      "text/html"));
  play.pages.push_back(std::move(page));
  return play;
}

Play to_itself(const Cell& cell) {
  return answers(cell, publisher::redirect(302, cell.url()));
}

Play to_a_neighbor_and_back(const Cell& cell) {
  const std::string other = numbered(cell, 1);
  Play play = answers(cell, publisher::redirect(301, cell.scheme() + "://" + other + "/feed"));
  Page page{.host = other};
  page.answers.push_back(publisher::redirect(301, cell.url()));
  play.pages.push_back(std::move(page));
  return play;
}

Play to_a_longer_address_each_time(const Cell& cell) {
  return answers(cell, publisher::redirect(302, "feed/" + repeated("x", 2000) + "/"));
}

// 30 KB of address, said to be the feed's for ever.
Play to_a_huge_address(const Cell& cell) {
  Play play = answers(cell, publisher::redirect(301, "/moved?" + repeated("x", 30'000)));
  play.pages[0].path = "/feed";
  Page page{.host = cell.host(), .path = "/moved"};
  page.answers.push_back(feed(cell.form));
  play.pages.push_back(std::move(page));
  return play;
}

Play with_credentials(const Cell& cell) {
  return answers(cell, publisher::redirect(302, cell.scheme() + "://user:secret@127.0.0.1:" +
                                                    std::to_string(cell.doors.trap_port) + "/"));
}

}  // namespace

Behaviors redirects() {
  Behaviors all = {
      {"redirect-to-itself", to_itself, kTooMany},
      {"redirect-there-and-back", to_a_neighbor_and_back, kTooMany},
      {"redirect-further-and-further", to_a_longer_address_each_time,
       fails({"too_many_redirects", "bad_url"})},
      {"redirects-of-five-domains",
       chain(5, 302),
       is_read(),
       is_read(),
       {.time = std::chrono::seconds(16)}},
      {"redirects-of-fifty-domains",
       chain(50, 307),
       kTooMany,
       kTooMany,
       {.time = std::chrono::seconds(16)}},
      {"redirect-through-both-schemes", through_both_schemes, is_read()},
      {"redirect-to-a-login-page", to_a_login_page, fails({"not_a_feed"})},
      {"redirect-to-a-huge-address", to_a_huge_address, is_read(3, 3, {"bad_url"})},
      {"redirect-with-credentials", with_credentials, kRefusedAddress},
      to_trap("loopback", "127.0.0.1"),
      to_trap("loopback-6", "[::1]"),
      to_trap("loopback-mapped", "[::ffff:127.0.0.1]"),
      to_trap("loopback-compatible", "[::127.0.0.1]"),
      to_trap("loopback-decimal", "2130706433"),
      to_trap("loopback-octal", "0177.0.0.1"),
      to_trap("loopback-hexadecimal", "0x7f000001"),
      to_trap("loopback-short", "127.1"),
      to_trap("loopback-percent", "%31%32%37.0.0.1"),
      to_trap("loopback-wide-digits", "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1"),
      to_trap("localhost", "localhost"),
      {"redirect-to-localhost-with-a-dot", to("http://localhost./"),
       fails({"address_refused", "dns_failed"})},
      to_trap("nowhere", "0.0.0.0"),
      to_trap("nowhere-6", "[::]"),
      to_trap("nowhere-short", "0"),
      to_address("ten", "http://10.0.0.1/"),
      to_address("home", "http://192.168.0.1/"),
      to_address("company", "https://172.16.0.1/"),
      to_address("metadata", "http://169.254.169.254/latest/meta-data/"),
      to_address("metadata-6", "http://[fd00:ec2::254]/latest/"),
      to_address("carrier", "http://100.64.0.1/"),
      to_address("broadcast", "http://255.255.255.255/"),
      to_address("multicast", "http://224.0.0.1/"),
      to_address("nat64-ten", "http://[64:ff9b::a00:1]/"),
      to_address("six-to-four-ten", "http://[2002:a00:1::]/"),
      to_address("link-local-6", "http://[fe80::1]/"),
      to_scheme("file", "file:///etc/passwd"),
      to_scheme("ftp", "ftp://forbidden.test/feed"),
      to_scheme("gopher", "gopher://forbidden.test:80/_GET%20/"),
      to_scheme("dict", "dict://forbidden.test:80/d:feed"),
      to_scheme("ldap", "ldap://forbidden.test/"),
      to_scheme("data", "data:application/rss+xml,<rss></rss>"),
      to_scheme("javascript", "javascript:alert(1)"),
      to_scheme("unix-socket", "unix:/var/run/docker.sock"),
      {"redirect-without-a-target", raw_location(""), fails({"http_302"})},
      {"redirect-to-nothing", raw_location("Location: \r\n"), fails({"http_302"})},
      {"redirect-of-a-megabyte",
       raw_location("Location: http://forbidden.test/" + repeated("x", 1'000'000) + "\r\n"),
       fails({"too_large"})},
      {"redirect-with-a-carriage-return", raw_location("Location: /again\rSet-Cookie: a=b\r\n"),
       fails({"bad_url", "http_404", "bad_response", "too_many_redirects"})},
      {"redirect-with-line-ends", raw_location("Location: /again%0d%0aX-Injected:%20yes\r\n"),
       fails({"too_many_redirects"})},
      {"redirect-with-a-zero-byte", raw_location(std::string("Location: /a\0gain\r\n", 19)),
       fails({"bad_url", "http_404", "bad_response", "too_many_redirects"})},
      {"redirect-to-garbage", raw_location("Location: ://///\\\\?#[]@!$\r\n"),
       fails({"bad_url", "http_404", "too_many_redirects"})},
      {"redirect-to-no-host", raw_location("Location: http://\r\n"), fails({"bad_url"})},
      {"redirect-to-a-bad-port", raw_location("Location: http://forbidden.test:99999/\r\n"),
       fails({"bad_url"})},
      {"redirect-to-many-places", raw_location(repeated("Location: http://10.0.0.1/\r\n", 300)),
       kRefusedAddress},
      {"redirect-by-refresh",
       [](const Cell& cell) {
         return answers_raw(cell, answer(cell.form, document(cell.form),
                                         "Refresh: 0; url=http://forbidden.test/\r\n"));
       },
       is_read()},
      {"redirect-by-page",
       [](const Cell& cell) {
         return answers(cell, publisher::feed("<html><meta http-equiv=refresh "
                                              "content='0;url=http://forbidden.test/'></html>",
                                              "text/html"));
       },
       fails({"not_a_feed"})},
  };
  for (const int status : {300, 305, 306}) {
    all.push_back({"redirect-of-kind-" + std::to_string(status),
                   to("http://forbidden.test/", status),
                   fails({status == 300   ? "http_300"
                          : status == 305 ? "http_305"
                                          : "http_306"})});
  }
  return all;
}

}  // namespace tidings::hostile
