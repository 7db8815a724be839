#include "serve/negotiation.h"

#include <array>

#include "core/strings.h"

namespace tidings::serve {
namespace {

// 0 to 1000; a malformed weight counts as 0: what is unclear is not used.
int weight_of(std::string_view parameters) {
  for (const std::string_view raw : split(parameters, ';')) {
    const std::string_view parameter = trim(raw);
    if (!istarts_with(parameter, "q=")) continue;
    const std::string_view q = parameter.substr(2);
    if (q.empty() || q.size() > 5 || (q[0] != '0' && q[0] != '1')) return 0;
    if (q.size() > 1 && q[1] != '.') return 0;
    int weight = (q[0] - '0') * 1000;
    int scale = 100;
    for (const char c : q.substr(std::min<std::size_t>(2, q.size()))) {
      if (!is_digit(c)) return 0;
      weight += (c - '0') * scale;
      scale /= 10;
    }
    return std::min(weight, 1000);
  }
  return 1000;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::Identity:
      break;
    case Encoding::Gzip:
      return "gzip";
    case Encoding::Brotli:
      return "br";
  }
  return {};
}

Encoding choose_encoding(std::string_view accept_encoding) {
  constexpr int kUnsaid = -1;
  int gzip = kUnsaid, brotli = kUnsaid, identity = kUnsaid, any = kUnsaid;
  while (!accept_encoding.empty()) {
    const std::size_t comma = accept_encoding.find(',');
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(comma == std::string_view::npos ? item.size() : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string_view name = trim(item.substr(0, semicolon));
    const int weight =
        semicolon == std::string_view::npos ? 1000 : weight_of(item.substr(semicolon + 1));
    if (iequals(name, "br"))
      brotli = weight;
    else if (iequals(name, "gzip") || iequals(name, "x-gzip"))
      gzip = weight;
    else if (iequals(name, "identity"))
      identity = weight;
    else if (name == "*")
      any = weight;
  }
  if (brotli == kUnsaid) brotli = std::max(any, 0);
  if (gzip == kUnsaid) gzip = std::max(any, 0);
  // Not named: acceptable, but whatever is named is liked better.
  if (identity == kUnsaid) identity = 0;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return Encoding::Brotli;
  if (gzip > 0 && gzip >= identity) return Encoding::Gzip;
  return Encoding::Identity;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (trim(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    const std::size_t comma = if_none_match.find(',');  // our tags have none inside
    std::string_view item = trim(if_none_match.substr(0, comma));
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag) return true;
    if (comma == std::string_view::npos) break;
    if_none_match.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace tidings::serve
