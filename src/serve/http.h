// What a request asks and what it is answered, without a word about sockets.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidings::serve {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };
std::string_view to_string(Method method);  // "GET"; empty for Other

struct HeaderField {
  std::string_view name, value;
};

// Views point into the connection's buffer and hold until the request is answered.
struct Request {
  Method method = Method::Other;
  std::string_view target;  // origin form, as it was sent: path and query
  std::string_view path;
  std::string_view query;  // without the '?'
  int version = 11;        // 10 or 11
  bool keep_alive = true;
  std::string_view host;  // with its port, from an absolute target or else the Host field
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::vector<HeaderField> headers;
  std::string_view body;

  // The first field of that name (ASCII case-insensitive); empty when absent.
  std::string_view header(std::string_view name) const;
};

// Ready to be written: the head is whole but for Date, Connection and the empty line.
// Immutable once made, so that connections and the cache share one copy.
struct Response {
  int status = 200;
  std::string head;
  std::string body;
};
using ResponsePtr = std::shared_ptr<const Response>;  // shared: a cached one outlives its eviction

using Headers = std::vector<std::pair<std::string, std::string>>;

// Adds the status line, Content-Length (except for 204 and 304) and the security fields that every
// answer carries.
ResponsePtr make_response(int status, const Headers& headers, std::string body);

// The head of an answer without an end: closed by the end of the connection.
ResponsePtr make_stream_head(const Headers& headers);

std::string_view reason_phrase(int status);

}  // namespace tidings::serve
