// Lengths and chunks that are wrong, and connections that end or go on where they should not.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using Ending = publisher::Behavior::Ending;
using publisher::Piece;

const Expected kBad = fails({"bad_response"});
// Cut documents are read as far as they go.
const Expected kCut = is_read(1, 3);

using Bytes = std::string (*)(Form);

std::function<Play(const Cell&)> sends(Bytes bytes, Ending ending = Ending::Close) {
  return [bytes, ending](const Cell& cell) {
    return answers(cell, publisher::in_pieces({{bytes(cell.form)}}, ending));
  };
}

std::string with_headers(Form form, std::string_view headers) {
  return head(form, headers) + document(form);
}

std::string with_length(Form form, std::int64_t difference) {
  const auto size = static_cast<std::int64_t>(document(form).size());
  return with_headers(form, "Content-Length: " + std::to_string(size + difference) + "\r\n");
}

std::string chunked(Form form, std::string_view chunks) {
  return head(form, "Transfer-Encoding: chunked\r\n").append(chunks);
}

// The document as one chunk, with other bytes in the places of its line ends.
std::string chunked_with(Form form, std::string_view after_size, std::string_view after_data,
                         std::string_view last = "0\r\n\r\n") {
  const std::string body = document(form);
  char size[32];
  std::snprintf(size, sizeof size, "%zx", body.size());
  return chunked(form, std::string(size) + std::string(after_size) + body +
                           std::string(after_data) + std::string(last));
}

// The same path twice: what the first answer left in the connection must not be the second.
std::function<Play(const Cell&)> twice(Bytes first, Ending ending) {
  return [first, ending](const Cell& cell) {
    Play play = answers(cell, publisher::in_pieces({{first(cell.form)}}, ending));
    play.pages[0].answers.push_back(
        feed(cell.form, document(cell.form, 3, "https://second/number-")));
    play.visits = 2;
    return play;
  };
}

std::string another_answer(Form form) {
  return answer(form, document(form, 5, "https://smuggled/word-"));
}

}  // namespace

Behaviors framing() {
  // Both documents, and nothing of the smuggled one.
  const Expected both = is_read(6, 6);
  return {
      {"length-too-short", sends([](Form form) { return with_length(form, -20); }), kCut},
      {"length-too-long", sends([](Form form) { return with_length(form, 20); }), kBad},
      {"length-negative",
       sends([](Form form) { return with_headers(form, "Content-Length: -5\r\n"); }), kBad},
      {"length-beyond-measure", sends([](Form form) {
         return with_headers(form, "Content-Length: 99999999999999999999999\r\n");
       }),
       fails({"too_large"})},
      {"length-of-a-terabyte",
       sends([](Form form) { return with_headers(form, "Content-Length: 1000000000000\r\n"); }),
       fails({"too_large"})},
      {"length-not-a-number",
       sends([](Form form) { return with_headers(form, "Content-Length: twelve\r\n"); }), kBad},
      {"length-hexadecimal",
       sends([](Form form) { return with_headers(form, "Content-Length: 0x10\r\n"); }),
       fails({"bad_response", "not_a_feed"})},
      {"length-twice-and-different", sends([](Form form) {
         return with_headers(form, "Content-Length: 10\r\nContent-Length: 2000000\r\n");
       }),
       kBad},
      {"length-in-a-list",
       sends([](Form form) { return with_headers(form, "Content-Length: 10, 20\r\n"); }),
       fails({"bad_response", "not_a_feed"})},
      {"length-and-chunks", sends([](Form form) {
         std::string text = chunked_with(form, "\r\n", "\r\n");
         return text.insert(text.find("Transfer"), "Content-Length: 3\r\n");
       }),
       is_read()},
      {"chunk-size-beyond-measure",
       sends([](Form form) { return chunked(form, "ffffffffffffffffff\r\nbody"); }), kBad},
      {"chunk-size-of-an-exabyte",
       sends([](Form form) { return chunked(form, "fffffffffffffff\r\nbody"); }), kBad},
      {"chunk-size-negative", sends([](Form form) { return chunked(form, "-5\r\nbody"); }), kBad},
      {"chunk-size-not-hexadecimal", sends([](Form form) { return chunked(form, "zz\r\nbody"); }),
       kBad},
      {"chunk-size-missing", sends([](Form form) { return chunked(form, "\r\nbody"); }), kBad},
      {"chunk-without-an-end",
       sends([](Form form) { return chunked_with(form, "\r\n", "no end", ""); }), kBad},
      {"chunk-lines-without-cr",
       sends([](Form form) { return chunked_with(form, "\n", "\n", "0\n\n"); }), is_read()},
      {"chunk-with-an-extension",
       sends([](Form form) { return chunked_with(form, ";a=\"b\"\r\n", "\r\n"); }), is_read()},
      {"chunk-sizes-padded-with-zeros",
       sends([](Form form) { return chunked(form, repeated("0", 5000) + "1\r\n<\r\n0\r\n\r\n"); }),
       kBad},
      {"chunks-that-stop", sends([](Form form) { return chunked_with(form, "\r\n", "\r\n", ""); }),
       kBad},
      {"chunks-that-are-not",
       sends([](Form form) { return with_headers(form, "Transfer-Encoding: chunked\r\n"); }), kBad},
      {"transfer-coding-unknown",
       sends([](Form form) { return with_headers(form, "Transfer-Encoding: quux\r\n"); }),
       is_read(3, 3, {"bad_response"})},
      {"trailers-that-lie", sends([](Form form) {
         return chunked_with(form, "\r\n", "\r\n",
                             "0\r\nHTTP/1.1 302 Found\r\nLocation: http://forbidden.test/\r\n\r\n");
       }),
       is_read(3, 3, {"bad_response"})},
      {"closes-at-once", sends([](Form) { return std::string(); }), kBad},
      {"closes-in-the-status", sends([](Form) { return std::string("HTTP/1.1 2"); }), kBad},
      {"closes-in-the-headers",
       sends([](Form) { return std::string("HTTP/1.1 200 OK\r\nContent-Ty"); }),
       fails({"bad_response", "not_a_feed"})},
      {"closes-in-the-body", sends([](Form form) {
         const std::string whole = answer(form, document(form));
         return whole.substr(0, whole.size() - 50);
       }),
       kBad},
      {"resets-at-once", sends([](Form) { return std::string(); }, Ending::Reset), kBad},
      {"resets-in-the-headers",
       sends([](Form) { return std::string("HTTP/1.1 200 OK\r\nContent-Ty"); }, Ending::Reset),
       kBad},
      {"resets-in-the-body",
       sends([](Form form) { return head(form, "Content-Length: 500\r\n") + "<"; }, Ending::Reset),
       kBad},
      {"keeps-alive-and-closes",
       twice([](Form form) { return answer(form, document(form), "Connection: keep-alive\r\n"); },
             Ending::Close),
       both},
      {"keeps-alive-and-resets",
       twice([](Form form) { return answer(form, document(form), "Connection: keep-alive\r\n"); },
             Ending::Reset),
       is_read(3, 6, {"bad_response"})},
      {"says-close-and-stays",
       twice([](Form form) { return answer(form, document(form), "Connection: close\r\n"); },
             Ending::KeepAlive),
       both},
      {"a-second-answer-behind-the-first",
       twice([](Form form) { return answer(form, document(form)) + another_answer(form); },
             Ending::KeepAlive),
       both},
      {"a-second-answer-behind-the-last-chunk",
       twice([](Form form) { return chunked_with(form, "\r\n", "\r\n") + another_answer(form); },
             Ending::KeepAlive),
       both},
      {"a-second-answer-later",
       [](const Cell& cell) {
         const std::string first = answer(cell.form, document(cell.form));
         publisher::Behavior late =
             publisher::dripping({{first + another_answer(cell.form)}}, first.size(),
                                 std::chrono::milliseconds(100), 1000);
         late.ending = Ending::KeepAlive;
         Play play = answers(cell, std::move(late));
         play.pages[0].answers.push_back(
             feed(cell.form, document(cell.form, 3, "https://second/number-")));
         play.visits = 2;
         return play;
       },
       both},
      {"a-body-behind-not-modified",
       twice(
           [](Form form) {
             const std::string body = another_answer(form);
             return head(form, "Content-Length: " + std::to_string(body.size()) + "\r\n",
                         "304 Not Modified") +
                    body;
           },
           Ending::KeepAlive),
       is_read(3, 3)},
      {"a-body-behind-no-content",
       twice([](Form form) { return head(form, "", "204 No Content") + another_answer(form); },
             Ending::KeepAlive),
       is_read(3, 3)},
  };
}

}  // namespace tidings::hostile
