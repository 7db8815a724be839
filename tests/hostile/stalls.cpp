// Silence at each stage, and answers that come too slowly to ever be there.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using namespace std::chrono_literals;
using Ending = publisher::Behavior::Ending;
using Handshake = publisher::TlsManner::Handshake;

const Expected kGivenUp = fails({"too_slow", "timeout"});
// Before there is a connection, whose own patience is the shorter.
const Expected kNotConnected = fails({"connect_failed", "timeout", "too_slow"});

// Each head says where to go on, and that is done when the patience with its body is over. Whether
// the time or the redirects are used up first is for the machine to say.
const Expected kGoneOn = fails({"too_slow", "timeout", "too_many_redirects"});

// Says so much of the answer, then nothing.
std::function<Play(const Cell&)> silent_after(std::string (*said)(Form)) {
  return [said](const Cell& cell) {
    return answers(cell, publisher::in_pieces({{said(cell.form)}}, Ending::Stall));
  };
}

std::string half_of_it(Form form) {
  const std::string whole = answer(form, document(form));
  return whole.substr(0, whole.size() - document(form).size() / 2);
}

std::string half_a_redirect(Form form) {
  return head(form, "Location: /elsewhere\r\nContent-Length: 500\r\n", "302 Found");
}

// To a sound feed: the head is enough to go on.
Play stalls_in_a_redirect(const Cell& cell) {
  Play play = answers(cell, publisher::in_pieces({{half_a_redirect(cell.form)}}, Ending::Stall));
  play.pages[0].path = "/feed";
  Page elsewhere{.host = cell.host(), .path = "/elsewhere"};
  elsewhere.answers.push_back(feed(cell.form));
  play.pages.push_back(std::move(elsewhere));
  return play;
}

std::string all_but_the_last_chunk(Form form) {
  const std::string body = document(form);
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", body.size());
  return head(form, "Transfer-Encoding: chunked\r\n") + size + body + "\r\n";
}

std::function<Play(const Cell&)> handshake(Handshake kind) {
  return [kind](const Cell& cell) { return over_tls(cell, {.handshake = kind}, feed(cell.form)); };
}

}  // namespace

Behaviors stalls() {
  return {
      {"connect-hangs",
       [](const Cell& cell) {
         Play play;
         play.url = cell.played_url(cell.doors.full_port);
         play.lookups = {cell.doors.publisher_ip};
         return play;
       },
       kNotConnected},
      {"stalls-at-the-hello", handshake(Handshake::Stall), kNotConnected},
      {"stalls-in-the-handshake", handshake(Handshake::StallHalfway), kNotConnected},
      {"drips-the-handshake", handshake(Handshake::Trickle), kNotConnected},
      {"stalls-before-the-status", silent_after([](Form) { return std::string(); }), kGivenUp},
      {"stalls-in-the-status", silent_after([](Form) { return std::string("HTTP/1.1 20"); }),
       kGivenUp},
      {"stalls-in-the-headers",
       silent_after([](Form) { return std::string("HTTP/1.1 200 OK\r\nContent-Ty"); }), kGivenUp},
      {"stalls-before-the-body",
       silent_after([](Form form) { return head(form, "Content-Length: 500\r\n"); }), kGivenUp},
      {"stalls-in-the-body", silent_after(half_of_it), kGivenUp},
      {"stalls-before-the-last-chunk", silent_after(all_but_the_last_chunk), kGivenUp},
      {"stalls-instead-of-closing",
       silent_after([](Form form) { return head(form, "") + document(form); }), kGivenUp},
      {"stalls-after-the-answer",
       silent_after([](Form form) { return answer(form, document(form)); }), is_read()},
      {"stalls-in-a-redirect", stalls_in_a_redirect, is_read()},
      {"stalls-in-every-redirect", silent_after(half_a_redirect), kGoneOn},
      {"a-byte-a-second",
       [](const Cell& cell) {
         return answers(cell,
                        publisher::dripping({{answer(cell.form, document(cell.form))}}, 0, 1s));
       },
       kGivenUp},
      {"a-header-byte-a-second",
       [](const Cell& cell) {
         return answers(cell, publisher::dripping({{answer(cell.form, document(cell.form))}},
                                                  sizeof "HTTP/1.1 200 OK\r", 1s));
       },
       kGivenUp},
      {"a-body-byte-a-second",
       [](const Cell& cell) {
         const std::string whole = answer(cell.form, document(cell.form));
         return answers(
             cell, publisher::dripping({{whole}}, whole.size() - document(cell.form).size(), 1s));
       },
       kGivenUp},
      {"just-fast-enough-for-ever",
       [](const Cell& cell) {
         return answers(cell, publisher::dripping({{head(cell.form, "") + open(cell.form)},
                                                   {"    ", publisher::Piece::kEndless}},
                                                  100, 20ms, 20));
       },
       fails({"timeout"})},
  };
}

}  // namespace tidings::hostile
