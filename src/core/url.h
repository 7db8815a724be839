// Addresses as the web writes them: parsed tolerantly, resolved by RFC 3986 §5, spelled one way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings {

// The parts of an absolute http or https address. `path` begins with '/'; `query` and `fragment`
// have no '?' and '#'.
struct Url {
  std::string scheme;  // "http" or "https"
  std::string user_info;
  std::string host;        // lower case, punycode, an IPv6 literal with its brackets
  std::uint16_t port = 0;  // 0: the scheme's own
  std::string path;
  std::string query;
  bool has_query = false;
  std::string fragment;
  bool has_fragment = false;

  std::string to_string() const;
  // "https://a.example:8443": scheme, host and port, the default port left out (RFC 6454).
  std::string origin() const;
  std::uint16_t effective_port() const { return port != 0 ? port : scheme == "https" ? 443 : 80; }
};

// Parses as WHATWG's URL standard does for special schemes: trims, drops tabs and newlines, reads
// '\' as '/', percent-encodes what may not stand, puts hosts through IDNA (UTS 46), resolves dot
// segments, drops default ports. InvalidInput for other schemes, relative references, addresses
// above 8,192 bytes and hosts that cannot be.
Result<Url> parse_url(std::string_view address);

// The absolute form of `reference` against `base` (RFC 3986 §5.2). An absolute address of any
// scheme comes back as it stands (tidied when http or https). Empty when there is no absolute form.
// Fast for the common case of an absolute address that needs no change.
std::string resolve_url(std::string_view base, std::string_view reference);

// A base that many references are resolved against: read once, when the first relative one comes.
class BaseUrl {
 public:
  // Longer bases resolve nothing: a short reference each would make a small document huge.
  static constexpr std::size_t kBytesMax = 2048;

  explicit BaseUrl(std::string_view address) : address_(address) {}

  std::string_view address() const { return address_; }

  // As resolve_url().
  std::string resolve(std::string_view reference);

 private:
  std::string address_;
  bool is_parsed_ = false;
  std::optional<Url> url_;
};

// The registrable domain ("example.co.uk") by the public suffix list; the host itself where it has
// none (addresses, single labels, public suffixes).
std::string registrable_domain(std::string_view host);

// Percent-decoding; '+' is left alone. Invalid escapes stay as they stand.
std::string percent_decode(std::string_view text);
// Encodes everything but unreserved characters (RFC 3986 §2.3).
std::string percent_encode(std::string_view text);

}  // namespace tidings
