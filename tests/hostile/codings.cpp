// Compressed bodies that are bombs, damaged, or not what they are said to be.
#include "core/compression.h"

#include <zlib.h>

#include "core/check.h"
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

constexpr std::size_t kBombBytes = 100'000'000;
const Expected kTooLarge = fails({"too_large"});
const Expected kBad = fails({"bad_response"});
constexpr Bounds kBomb{.megabytes = 15};

std::string gzip(std::string_view bytes) {
  return compress(bytes, Compression::Gzip, 9);
}

std::string zeros(std::size_t bytes) {
  return std::string(bytes, ' ');
}

std::string deflated(const std::string& bytes, int window_bits) {
  z_stream stream{};
  CHECK(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Made once: they take a while. The same for all forms, since none is read.
const std::string& gzip_bomb() {
  static const std::string bytes = gzip(zeros(kBombBytes));
  return bytes;
}

const std::string& deflate_bomb() {
  static const std::string bytes = deflated(zeros(kBombBytes), MAX_WBITS);
  return bytes;
}

const std::string& brotli_bomb() {
  static const std::string bytes = compress(zeros(kBombBytes), Compression::Brotli, 1);
  return bytes;
}

const std::string& zstd_bomb() {
  static const std::string bytes = compress(zeros(kBombBytes), Compression::Zstd, 1);
  return bytes;
}

using Body = std::string (*)(Form);

std::function<Play(const Cell&)> says(std::string coding, Body body) {
  return [coding, body](const Cell& cell) {
    const std::string header =
        coding.empty() ? std::string() : "Content-Encoding: " + coding + "\r\n";
    return answers_raw(cell, answer(cell.form, body(cell.form), header));
  };
}

std::string plain(Form form) {
  return document(form);
}

std::string packed(Form form) {
  return gzip(document(form));
}

}  // namespace

Behaviors codings() {
  return {
      {"gzip-bomb", says("gzip", [](Form) { return gzip_bomb(); }), kTooLarge, kTooLarge, kBomb},
      {"brotli-bomb", says("br", [](Form) { return brotli_bomb(); }), kTooLarge, kTooLarge, kBomb},
      {"zstd-bomb", says("zstd", [](Form) { return zstd_bomb(); }), kTooLarge, kTooLarge, kBomb},
      {"gzip-bomb-in-gzip", says("gzip, gzip", [](Form) { return gzip(gzip_bomb()); }), kTooLarge,
       kTooLarge, kBomb},
      {"gzip-bomb-in-gzip-in-gzip",
       says("gzip, gzip, gzip", [](Form) { return gzip(gzip(gzip_bomb())); }), kTooLarge, kTooLarge,
       kBomb},
      {"deflate-bomb", says("deflate", [](Form) { return deflate_bomb(); }), kTooLarge, kTooLarge,
       kBomb},
      {"brotli-bomb-in-gzip", says("br, gzip", [](Form) { return gzip(brotli_bomb()); }), kTooLarge,
       kTooLarge, kBomb},
      {"gzip-bomb-in-an-error",
       [](const Cell& cell) {
         return answers_raw(
             cell, head(cell.form, "Content-Encoding: gzip\r\n", "500 Internal Server Error") +
                       gzip_bomb());
       },
       fails({"http_500"})},
      {"gzip-in-gzip-that-is-said",
       says("gzip, gzip", [](Form form) { return gzip(packed(form)); }), is_read()},
      {"gzip-in-gzip-that-is-not-said", says("gzip", [](Form form) { return gzip(packed(form)); }),
       is_read()},
      {"gzip-cut",
       says("gzip",
            [](Form form) {
              const std::string whole = packed(form);
              return whole.substr(0, whole.size() / 2);
            }),
       is_read(0, 3, {"bad_response", "not_a_feed"})},
      {"gzip-cut-in-its-header", says("gzip", [](Form form) { return packed(form).substr(0, 5); }),
       fails({"bad_response", "not_a_feed"})},
      {"gzip-with-a-tail", says("gzip", [](Form form) { return packed(form) + "and more"; }),
       is_read(3, 3, {"bad_response"})},
      {"gzip-with-a-wrong-sum",
       says("gzip",
            [](Form form) {
              std::string whole = packed(form);
              whole[whole.size() - 6] = static_cast<char>(whole[whole.size() - 6] ^ 1);
              return whole;
            }),
       is_read(3, 3, {"bad_response"})},
      {"gzip-damaged",
       says("gzip",
            [](Form form) {
              std::string whole = packed(form);
              for (std::size_t i = 12; i < whole.size() - 8; i += 7) whole[i] = '\x55';
              return whole;
            }),
       is_read(0, 3, {"bad_response", "not_a_feed"})},
      {"gzip-of-two-members",
       says("gzip",
            [](Form form) {
              const std::string whole = document(form);
              return gzip(whole.substr(0, 60)) + gzip(whole.substr(60));
            }),
       is_read(0, 3, {"bad_response", "not_a_feed"})},
      {"deflate-with-its-header",
       says("deflate", [](Form form) { return deflated(document(form), MAX_WBITS); }), is_read()},
      {"deflate-without",
       says("deflate", [](Form form) { return deflated(document(form), -MAX_WBITS); }), is_read()},
      {"brotli-cut",
       says("br",
            [](Form form) {
              return compress(document(form), Compression::Brotli, 1).substr(0, 60);
            }),
       is_read(0, 3, {"bad_response", "not_a_feed"})},
      {"zstd-cut",
       says("zstd",
            [](Form form) { return compress(document(form), Compression::Zstd, 1).substr(0, 60); }),
       is_read(0, 3, {"bad_response", "not_a_feed"})},
      {"zstd-with-a-window-of-two-gigabytes",
       says("zstd", [](Form) { return std::string("\x28\xB5\x2F\xFD\x04\xA8\x01\x00\x00", 9); }),
       fails({"bad_response", "not_a_feed"})},
      {"says-gzip-is-plain", says("gzip", plain), kBad},
      {"says-brotli-is-gzip", says("br", packed), kBad},
      {"says-zstd-is-plain", says("zstd", plain), kBad},
      {"says-deflate-is-gzip", says("deflate", packed), is_read(3, 3, {"bad_response"})},
      {"says-identity-is-gzip", says("identity", packed), is_read()},
      {"says-nothing-is-gzip", says("", packed), is_read()},
      {"says-x-gzip", says("x-gzip", packed), is_read()},
      {"coding-unknown", says("snappy", plain), kBad},
      {"codings-by-the-dozen",
       says("gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip", packed),
       kBad},
      {"coding-header-many-times",
       [](const Cell& cell) {
         return answers_raw(cell, answer(cell.form, packed(cell.form),
                                         repeated("Content-Encoding: gzip\r\n", 500)));
       },
       kBad},
      {"gzip-chunked-byte-by-byte",
       [](const Cell& cell) {
         std::string text =
             head(cell.form, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n");
         for (const char c : packed(cell.form)) text.append("1\r\n").append(1, c).append("\r\n");
         return answers_raw(cell, text + "0\r\n\r\n");
       },
       is_read()},
  };
}

}  // namespace tidings::hostile
