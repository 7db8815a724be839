// What publishers do to readers, each with a name, what must come of it, and what it may cost.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tests/hostile/documents.h"
#include "tests/support/publisher/behavior.h"
#include "tests/support/publisher/tls.h"

namespace tidings::hostile {

// Where hostile things point to that must never be asked for anything.
inline constexpr std::string_view kForbiddenHost = "forbidden.test";

// Doors on loopback: the publisher's, and some that are not for us.
struct Doors {
  std::string publisher_ip;          // the one address that the client may connect to
  std::uint16_t publisher_port = 0;  // speaks HTTP and TLS
  std::uint16_t trap_port = 0;       // 127.0.0.1 and [::1]: private, nobody may knock
  std::uint16_t full_port = 0;       // of publisher_ip: its backlog is full
  std::uint16_t closed_port = 0;     // of publisher_ip: nobody listens
};

// One behavior in one form over one transport, as a source of its own.
struct Cell {
  std::string_view behavior;
  Form form = Form::Rss;
  bool secure = false;
  std::string label;  // "gzip_bomb-rss-tls", unique
  Doors doors;

  std::string host() const { return label + ".test"; }
  std::string scheme() const { return secure ? "https" : "http"; }
  std::string url() const { return scheme() + "://" + host() + "/feed"; }
  // At a name whose lookups are played.
  std::string played_url(std::uint16_t port) const {
    return scheme() + "://" + label + ".example:" + std::to_string(port) + "/feed";
  }
};

// One address that a path of a host is at, and what it answers in turn.
struct Page {
  std::string host, path;
  std::vector<publisher::Behavior> answers;
};

struct Play {
  std::vector<Page> pages;
  publisher::TlsManner tls;
  std::string url;  // empty: the cell's own
  // What a lookup of <label>.example gives, in turn; the last for all further ones. Empty: the name
  // is not played. "fail", "hang", or addresses with commas between them.
  std::vector<std::string> lookups;
  int visits = 1;
};

struct Expected {
  std::vector<std::string_view> classes;  // of the source's problem; "" is none: the feed was read
  std::size_t articles_min = 0, articles_max = 0;
};
Expected fails(std::initializer_list<std::string_view> classes);
// Also: may be read or fail so.
Expected is_read(std::size_t articles_min = 3, std::size_t articles_max = 3,
                 std::initializer_list<std::string_view> or_fails = {});

struct Bounds {
  std::chrono::seconds time{14};         // from the first request to its answer
  std::uint64_t bytes_sent = 4'000'000;  // that leave the publisher, with what lies in sockets
  // Held at a time: large ones are spread over time by it, and bounded by it where one is alone.
  std::size_t megabytes = 0;
};
// For what ends at the limit of a body: the rest is what sockets hold.
inline constexpr std::uint64_t kBodyBytesSent = 32'000'000;

struct HostileBehavior {
  std::string name;  // letters, digits and hyphens
  std::function<Play(const Cell&)> play;
  Expected expected;
  Expected expected_json = expected;
  Bounds bounds;
};
const Expected& expected_of(const Cell& cell, const HostileBehavior& behavior);

using Behaviors = std::vector<HostileBehavior>;

// Hosts below this name lead to 10.0.0.1, as an operator might have it.
inline constexpr std::string_view kSentToTen = ".sent-to-ten";

// The cell's own page answers so.
Play answers(const Cell& cell, publisher::Behavior behavior);
Play answers_raw(const Cell& cell, std::string bytes);
// Over plain HTTP the cell's feed has moved to a TLS server of such a kind.
Play over_tls(const Cell& cell, publisher::TlsManner manner, publisher::Behavior behavior);

// Whether TIDINGS_HOSTILE_FULL is set, as script/soak does.
bool runs_in_full();
// A tenth where it is not: time is linear in it, which the full run shows.
std::size_t scaled(std::size_t times);

Behaviors stalls();
Behaviors endless();
Behaviors framing();
Behaviors codings();
Behaviors charsets();
Behaviors redirects();
Behaviors names();
Behaviors tls_failures();
Behaviors statuses();
Behaviors headers();
Behaviors xml_bombs();
Behaviors large_documents();
Behaviors tangles();
Behaviors identities();
Behaviors all_behaviors();

}  // namespace tidings::hostile
