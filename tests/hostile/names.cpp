// Names that lead nowhere, elsewhere, or to another place each time they are asked.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

Play looked_up(const Cell& cell, std::vector<std::string> lookups) {
  Play play;
  Page page{.host = cell.label + ".example"};
  page.answers.push_back(feed(cell.form));
  play.pages.push_back(std::move(page));
  play.url = cell.played_url(cell.doors.publisher_port);
  play.lookups = std::move(lookups);
  return play;
}

std::function<Play(const Cell&)> looks_up(std::vector<std::string> lookups) {
  return [lookups](const Cell& cell) { return looked_up(cell, lookups); };
}

// "own" stands for the one address that is allowed.
std::function<Play(const Cell&)> looks_up_with_own(std::string before, std::string behind) {
  return [before, behind](const Cell& cell) {
    return looked_up(cell, {before + cell.doors.publisher_ip + behind});
  };
}

// DNS rebinding: the first lookup is harmless, and while it is remembered its answer leads to the
// same name at another port, which has to be looked up anew: now it is the private door.
Play rebinds(const Cell& cell) {
  Play play = looked_up(cell, {cell.doors.publisher_ip, "127.0.0.1"});
  play.pages[0].answers[0] = publisher::redirect(
      302, "http://" + cell.label + ".example:" + std::to_string(cell.doors.trap_port) + "/");
  return play;
}

// The name was harmless when the feed was read first; the connection is gone when it is read again.
Play rebinds_between_fetches(const Cell& cell) {
  Play play = rebinds(cell);
  publisher::Behavior first = feed(cell.form);
  first.close = true;
  play.pages[0].answers.insert(play.pages[0].answers.begin(), std::move(first));
  play.visits = 2;
  return play;
}

Play is_sent_to_ten(const Cell& cell) {
  Play play;
  play.url = cell.scheme() + "://" + cell.label + std::string(kSentToTen) + "/feed";
  return play;
}

std::string many_addresses() {
  std::string list;
  for (int i = 1; i <= 200; ++i) list += "127.0.0." + std::to_string(i) + ",";
  return list + "::1";
}

}  // namespace

Behaviors names() {
  const Expected refused = fails({"address_refused"});
  return {
      {"name-rebinds", rebinds, refused},
      {"name-rebinds-between-fetches", rebinds_between_fetches, refused},
      {"name-fails", looks_up({"fail"}), fails({"dns_failed"})},
      {"name-hangs", looks_up({"hang"}), fails({"connect_failed", "timeout"})},
      {"name-of-loopback", looks_up({"127.0.0.1"}), refused},
      {"name-of-loopback-6", looks_up({"::1"}), refused},
      {"name-of-loopback-mapped", looks_up({"::ffff:127.0.0.1"}), refused},
      {"name-of-nowhere", looks_up({"0.0.0.0"}), refused},
      {"name-of-ten", looks_up({"10.0.0.1"}), refused},
      {"name-of-metadata", looks_up({"169.254.169.254"}), refused},
      {"name-of-many-private-addresses", looks_up({many_addresses()}), refused},
      {"name-of-a-private-and-an-allowed-address", looks_up_with_own("127.0.0.1,", ""), is_read()},
      {"name-of-an-allowed-and-a-private-address", looks_up_with_own("", ",127.0.0.1"), is_read()},
      {"name-sent-to-ten", is_sent_to_ten, refused},
      {"connection-refused",
       [](const Cell& cell) {
         Play play;
         play.url = cell.played_url(cell.doors.closed_port);
         play.lookups = {cell.doors.publisher_ip};
         return play;
       },
       fails({"connect_failed"})},
  };
}

}  // namespace tidings::hostile
