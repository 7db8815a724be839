// Bytes from a socket become requests: Beast's parser on a buffer of our own, strict where
// leniency would let two readers disagree about where a request ends.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "serve/http.h"
#include "serve/problem.h"

namespace tidings::serve {

struct RequestLimits {
  std::size_t header_bytes_max = 16 * 1024;  // request line and fields: 431
  std::size_t target_bytes_max = 8 * 1024;   // 414
  std::size_t body_bytes_max = 1024 * 1024;  // 413
  // For targets that begin with this, where a hub delivers whole feeds.
  std::string_view large_body_prefix = "/websub/";
  std::size_t large_body_bytes_max = 15'000'000;
  std::size_t headers_max = 100;  // 431
};

enum class ParseState {
  NeedMore,
  NeedBody,  // as NeedMore, for the first time since a header with "Expect: 100-continue"
  Complete,  // request() holds until next()
  Failed,    // problem() says why; the connection must end
};

// One connection's requests, one after another (pipelined ones wait in the buffer).
//   fill room(), commit(n), parse(); on Complete: answer, next(), parse() …
// RFC 9112; refused beyond it: Content-Length beside Transfer-Encoding, more than one
// Content-Length or Host, folded fields, codings other than chunked, bare line feeds.
class RequestParser {
 public:
  explicit RequestParser(const RequestLimits& limits);
  ~RequestParser();

  std::span<char> room();  // never empty
  void commit(std::size_t bytes);
  ParseState parse();
  void next();

  bool idle() const;  // no byte of a next request is there
  const Request& request() const;
  const Problem& problem() const;

 private:
  class State;
  std::unique_ptr<State> state_;  // keeps Beast out of this header
};

}  // namespace tidings::serve
