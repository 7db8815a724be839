// Statuses that mean no feed, that mean nothing, and bytes that are no status at all.
#include <utility>

#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

// `error_class` is text that lasts.
HostileBehavior status(int number, std::string_view error_class) {
  return {"status-" + std::to_string(number),
          [number](const Cell& cell) {
            publisher::Behavior behavior = feed(cell.form);  // as though it had meant well
            behavior.status = number;
            return answers(cell, std::move(behavior));
          },
          fails({error_class})};
}

HostileBehavior line(std::string name, std::string text, Expected expected) {
  return {"status-line-" + name,
          [text](const Cell& cell) {
            const std::string body = document(cell.form);
            return answers_raw(
                cell, text + "\r\nContent-Type: " + std::string(content_type(cell.form)) +
                          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
          },
          std::move(expected)};
}

HostileBehavior bytes(std::string name, std::string text, Expected expected) {
  return {name, [text](const Cell& cell) { return answers_raw(cell, text); }, std::move(expected)};
}

Play not_modified_for_ever(const Cell& cell) {
  publisher::Behavior first = feed(cell.form);
  first.etag = "\"first\"";
  publisher::Behavior later = feed(cell.form);
  later.status = 304;
  Play play = answers(cell, std::move(first));
  play.pages[0].answers.push_back(std::move(later));
  play.visits = 3;
  return play;
}

// Interim answers (RFC 9110 §15.2) before the one that counts.
std::function<Play(const Cell&)> interim(std::string text, std::size_t times) {
  return [text, times](const Cell& cell) {
    return answers_raw(cell, repeated(text, times) + answer(cell.form, document(cell.form)));
  };
}

}  // namespace

Behaviors statuses() {
  const Expected bad = fails({"bad_response"});
  Behaviors all = {
      {"not-modified-without-a-prior",
       [](const Cell& cell) {
         publisher::Behavior behavior = feed(cell.form);
         behavior.status = 304;
         return answers(cell, std::move(behavior));
       },
       fails({"http_304"})},
      {"not-modified-for-ever", not_modified_for_ever, is_read()},
      {"html-with-status-200",
       [](const Cell& cell) {
         return answers(cell, feed(cell.form, "<!DOCTYPE html><html><body><h1>Not found</h1>"));
       },
       fails({"not_a_feed"})},
      {"nothing-with-status-200",
       [](const Cell& cell) { return answers(cell, feed(cell.form, "")); }, fails({"not_a_feed"})},
      {"a-picture-with-status-200",
       [](const Cell& cell) {
         return answers(cell, feed(cell.form, "\x89PNG\r\n\x1A\n" + repeated("pixels", 1000)));
       },
       fails({"not_a_feed"})},
      {"part-of-it-unasked",
       [](const Cell& cell) {
         return answers_raw(
             cell, head(cell.form, "Content-Range: bytes 0-9/5000\r\nContent-Length: 10\r\n",
                        "206 Partial Content") +
                       document(cell.form).substr(0, 10));
       },
       fails({"http_206"})},
      {"switches-protocols-unasked",
       [](const Cell& cell) {
         return answers_raw(cell,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n"
                            "Connection: upgrade\r\n\r\n" +
                                answer(cell.form, document(cell.form)));
       },
       is_read(3, 3, {"bad_response", "http_101", "not_a_feed"})},
      {"continues-ten-times", interim("HTTP/1.1 100 Continue\r\n\r\n", 10), is_read()},
      {"continues-ten-thousand-times", interim("HTTP/1.1 100 Continue\r\n\r\n", 10'000),
       fails({"too_large"})},
      {"hints-a-thousand-times",
       interim("HTTP/1.1 103 Early Hints\r\nLink: </style>; rel=preload\r\n\r\n", 1000), is_read()},
      {"hints-of-another-place",
       interim("HTTP/1.1 103 Hints\r\nLocation: http://forbidden.test/\r\nETag: \"a\"\r\n\r\n", 1),
       is_read()},
      line("lower-case", "http/1.1 200 OK", is_read(3, 3, {"bad_response"})),
      line("of-the-future", "HTTP/9.9 200 OK", is_read(3, 3, {"bad_response"})),
      line("without-a-status", "HTTP/1.1", is_read(3, 3, {"bad_response"})),
      line("of-letters", "HTTP/1.1 two hundred", bad),
      line("of-one-word", "HTTP/1.1200OK", bad),
      line("of-two-digits", "HTTP/1.1 20 OK", fails({"bad_response", "http_20"})),
      line("of-four-digits", "HTTP/1.1 2000 OK", fails({"bad_response", "http_200"})),
      line("of-zero", "HTTP/1.1 000 OK", fails({"bad_response", "http_0"})),
      line("negative", "HTTP/1.1 -200 OK", bad),
      line("of-icecast", "ICY 200 OK", bad),
      line("with-a-zero-byte", std::string("HTTP/1.1 200 O\0K", 16),
           is_read(3, 3, {"bad_response"})),
      {"http-0-9", [](const Cell& cell) { return answers_raw(cell, document(cell.form)); }, bad},
      bytes("http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(100, '\0'), bad),
      bytes("ssh-banner", "SSH-2.0-OpenSSH_9.2\r\n", bad),
      bytes("smtp-banner", "220 mail.test ESMTP\r\n", bad),
      bytes("tls-alert-in-the-clear", std::string("\x15\x03\x01\x00\x02\x02\x28", 7), bad),
      bytes("zero-bytes", std::string(5000, '\0'), bad),
  };
  constexpr std::pair<int, std::string_view> kStatuses[] = {
      {204, "http_204"}, {205, "http_205"}, {400, "http_400"}, {401, "http_401"}, {402, "http_402"},
      {403, "http_403"}, {404, "http_404"}, {406, "http_406"}, {407, "http_407"}, {410, "http_410"},
      {418, "http_418"}, {425, "http_425"}, {429, "http_429"}, {451, "http_451"}, {499, "http_499"},
      {500, "http_500"}, {501, "http_501"}, {502, "http_502"}, {503, "http_503"}, {504, "http_504"},
      {511, "http_511"}, {520, "http_520"}, {599, "http_599"}, {999, "http_999"}};
  for (const auto& [number, error_class] : kStatuses) all.push_back(status(number, error_class));
  return all;
}

}  // namespace tidings::hostile
