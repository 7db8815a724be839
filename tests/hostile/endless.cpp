// Answers that never end: only limits end them.
#include "core/compression.h"
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using publisher::Piece;

const Expected kTooLarge = fails({"too_large"});
constexpr Bounds kBody{.bytes_sent = kBodyBytesSent, .megabytes = 15};
constexpr Bounds kHeaders{.bytes_sent = kBodyBytesSent};  // only what lies in sockets

// `begin`, then `again` for ever.
std::function<Play(const Cell&)> for_ever(std::string (*begin)(Form), std::string again) {
  return [begin, again](const Cell& cell) {
    return answers(cell, publisher::in_pieces({{begin(cell.form)}, {again, Piece::kEndless}}));
  };
}

std::string plain_head(Form form) {
  return head(form, "");
}

std::string chunked_head(Form form) {
  return head(form, "Transfer-Encoding: chunked\r\n");
}

std::string gzip_head(Form form) {
  return head(form, "Content-Encoding: gzip\r\n");
}

std::string without_blank_line(Form form) {
  std::string text = head(form, "");
  text.resize(text.size() - 2);
  return text;
}

// Stored blocks of no bytes (RFC 1951 §3.2.4): a sound stream that decodes to nothing.
std::string empty_deflate_blocks() {
  return repeated(std::string("\x00\x00\x00\xFF\xFF", 5), 1000);
}

std::string gzip_begin(Form form) {
  return gzip_head(form) + std::string("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03", 10);
}

std::string gzip_begin_of_name(Form form) {
  return gzip_head(form) + std::string("\x1F\x8B\x08\x08\x00\x00\x00\x00\x00\x03", 10);
}

}  // namespace

Behaviors endless() {
  return {
      {"endless-body", for_ever(plain_head, "<item><title>More</title></item>\n"), kTooLarge,
       kTooLarge, kBody},
      {"endless-chunks", for_ever(chunked_head, "22\r\n<item><title>More</title></item>\n\r\n"),
       kTooLarge, kTooLarge, kBody},
      {"endless-small-chunks", for_ever(chunked_head, "1\r\nx\r\n"), kTooLarge, kTooLarge, kBody},
      {"endless-chunk-extension",
       for_ever([](Form form) { return chunked_head(form) + "5;"; }, "a=bcdefgh;"),
       fails({"too_large", "bad_response"}), fails({"too_large", "bad_response"}), kBody},
      {"endless-chunk-extensions",
       for_ever(chunked_head, "1;" + repeated("a=bcdefgh;", 1000) + "\r\nx\r\n"),
       fails({"too_large", "bad_response"}), fails({"too_large", "bad_response"}), kBody},
      {"endless-chunk-size", for_ever(chunked_head, "0"), fails({"too_large", "bad_response"}),
       fails({"too_large", "bad_response"}), kBody},
      {"endless-trailers",
       for_ever([](Form form) { return chunked_head(form) + "1\r\n<\r\n0\r\n"; }, "X: trailer\r\n"),
       kTooLarge, kTooLarge, kHeaders},
      {"endless-trailer-line",
       for_ever([](Form form) { return chunked_head(form) + "1\r\n<\r\n0\r\nX: "; }, "trailer "),
       fails({"too_large", "bad_response"}), fails({"too_large", "bad_response"}), kHeaders},
      {"endless-headers", for_ever(without_blank_line, "X-Again: and again\r\n"), kTooLarge,
       kTooLarge, kHeaders},
      {"endless-header-line",
       for_ever([](Form form) { return without_blank_line(form) + "X-Again: "; }, "and again "),
       kTooLarge, kTooLarge, kHeaders},
      {"endless-header-name", for_ever(without_blank_line, "x"), kTooLarge, kTooLarge, kHeaders},
      {"endless-folded-header",
       for_ever([](Form form) { return without_blank_line(form) + "X-Again: a\r\n"; },
                "  and again\r\n"),
       kTooLarge, kTooLarge, kHeaders},
      {"endless-status-line",
       for_ever([](Form) { return std::string("HTTP/1.1 200 "); }, "very well "),
       fails({"too_large", "bad_response"}), fails({"too_large", "bad_response"}), kHeaders},
      {"endless-blank-lines", for_ever([](Form) { return std::string(); }, "\r\n"),
       fails({"too_large", "bad_response"}), fails({"too_large", "bad_response"}), kHeaders},
      {"endless-interim-answers",
       for_ever([](Form) { return std::string(); }, "HTTP/1.1 103 Early Hints\r\n\r\n"), kTooLarge,
       kTooLarge, kHeaders},
      {"endless-continues",
       for_ever([](Form) { return std::string(); }, "HTTP/1.1 100 Continue\r\n\r\n"), kTooLarge,
       kTooLarge, kHeaders},
      {"endless-garbage", for_ever([](Form) { return std::string(); }, "\xDE\xAD\xBE\xEF"),
       fails({"bad_response"}), fails({"bad_response"}), kHeaders},
      {"endless-gzip-of-nothing", for_ever(gzip_begin, empty_deflate_blocks()), kTooLarge,
       kTooLarge, kBody},
      {"endless-gzip-name", for_ever(gzip_begin_of_name, "name"), kTooLarge, kTooLarge, kBody},
      {"endless-redirect-body",
       for_ever([](Form form) { return head(form, "Location: /elsewhere\r\n", "302 Found"); },
                "There it is. "),
       fails({"too_many_redirects"}), fails({"too_many_redirects"}), kBody},
      {"endless-error-body",
       for_ever([](Form form) { return head(form, "", "500 Internal Server Error"); }, "Sorry. "),
       fails({"http_500"}), fails({"http_500"}), kBody},
      {"endless-not-modified",
       for_ever([](Form form) { return head(form, "", "304 Not Modified"); }, "Not at all. "),
       fails({"http_304"}), fails({"http_304"}), kBody},
  };
}

}  // namespace tidings::hostile
