// How a page of the publisher answers: well, badly, slowly or never.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/compression.h"
#include "ports/http_client.h"
#include "tests/support/publisher/pieces.h"

namespace tidings::publisher {

struct Behavior {
  enum class Manner {
    Complete,
    Trickle,         // the answer, `bytes_per_pause` bytes every `pause`
    Stall,           // takes the request and stays silent
    StallInBody,     // headers and half of the body, then silence
    Truncate,        // half of the body, then closes
    CloseEarly,      // closes without a byte
    Garbage,         // bytes that are not HTTP, then closes
    EndlessBody,     // `body` again and again, chunked
    EndlessHeaders,  // header lines again and again
    EndlessLine,     // one header line without end
    Raw,             // `body` is all the bytes that are sent, then closes
    Pieces,          // `pieces` are all the bytes that are sent, then what `ending` says
  };
  enum class Ending { KeepAlive, Close, Reset, Stall };
  Manner manner = Manner::Complete;
  int status = 200;
  std::string content_type = "application/rss+xml";
  std::string content_encoding;  // what `body` already is in
  HttpHeaders headers;
  std::string body;
  std::string etag;                     // with it If-None-Match is answered by 304
  std::string last_modified;            // with it If-Modified-Since is
  bool gzip = false;                    // compressed for those who accept it
  std::chrono::milliseconds delay{0};   // before the first byte
  std::chrono::milliseconds pause{20};  // of Trickle, and of Pieces that drip
  std::size_t bytes_per_pause = 1;
  bool drips = false;                   // Pieces with pauses
  std::size_t bytes_before_pauses = 0;  // sent at once
  bool close = false;                   // after the answer
  Pieces pieces;
  Ending ending = Ending::Close;  // of the pieces
};

Behavior feed(std::string body, std::string content_type = "application/rss+xml");
Behavior failure(int status, HttpHeaders headers = {});
Behavior redirect(int status, std::string location);
Behavior raw(std::string bytes);
Behavior in_pieces(const std::vector<Piece>& pieces,
                   Behavior::Ending ending = Behavior::Ending::Close);
// The same, with pauses after the first bytes.
Behavior dripping(const std::vector<Piece>& pieces, std::size_t bytes_before_pauses,
                  std::chrono::milliseconds pause, std::size_t bytes_per_pause = 1);
// A few bytes that become `bytes_decoded` zeros.
Behavior bomb(Compression codec, std::size_t bytes_decoded);

// The behavior that /behavior/… names; null where there is none of that name:
//   status/<code>  redirect/<code>?to=<url>  loop/<code>  retry-after/<code>?after=<seconds or
//   date>  bomb/gzip|br|zstd slow  stalled  stalled-body  truncated  closed-early  garbage
//   endless-body  endless-headers  endless-line  wrong-type
std::unique_ptr<Behavior> named_behavior(std::string_view target);

// A behavior as bytes, made once and sent often.
struct Page {
  Behavior behavior;
  std::string head, head_gzip, head_not_modified;  // with the blank line
  std::string body_gzip;                           // empty: not compressed
  std::string chunk;                               // of an endless body
};
Page make_page(Behavior behavior);

}  // namespace tidings::publisher
