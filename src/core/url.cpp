#include "core/url.h"

#include <libpsl.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

#include "core/ip_address.h"
#include "core/strings.h"

namespace tidings {
namespace {

constexpr std::size_t kAddressBytesMax = 8192;

// What a byte means in the parts of an address (WHATWG URL §1.3, percent-encode sets).
enum CharacterClass : std::uint8_t {
  kEncodeInFragment = 1,
  kEncodeInQuery = 2,
  kEncodeInPath = 4,
  kEncodeInUserInfo = 8,
  kForbiddenInHost = 16,
  kPlainHost = 32,  // lower-case letters, digits, '-', '_': nothing to do
  kPlainTail = 64,  // in a path, a query and a fragment alike: nothing to do
  kUnreserved = 128,
};

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  const auto mark = [&](std::string_view characters, unsigned flags) {
    for (const char c : characters) {
      auto& entry = classes[static_cast<std::uint8_t>(c)];
      entry = static_cast<std::uint8_t>(entry | flags);
    }
  };
  constexpr unsigned kEverywhere =
      kEncodeInFragment | kEncodeInQuery | kEncodeInPath | kEncodeInUserInfo;
  for (unsigned c = 0; c < 256; ++c) {
    if (c < 0x21 || c > 0x7E) classes[c] = kEverywhere;
    if (c < 0x21 || c == 0x7F)
      classes[c] = static_cast<std::uint8_t>(classes[c] | kForbiddenInHost);
  }
  mark("\"<>", kEverywhere);
  mark("`", kEncodeInFragment | kEncodeInPath | kEncodeInUserInfo);
  mark("'", kEncodeInQuery);
  mark("#", kEncodeInQuery | kEncodeInPath | kEncodeInUserInfo);
  mark("?^{}", kEncodeInPath | kEncodeInUserInfo);
  mark("/:;=@[\\]|", kEncodeInUserInfo);
  mark("#/:<>?@[\\]^|%", kForbiddenInHost);
  mark("abcdefghijklmnopqrstuvwxyz0123456789-_", kPlainHost);
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~!$&()*+,;=:@/.",
       kPlainTail);
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~.", kUnreserved);
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

constexpr bool is(char c, unsigned flags) {
  return (kClasses[static_cast<std::uint8_t>(c)] & flags) != 0;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_encoded(std::string& out, std::string_view text, unsigned flags) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (!is(c, flags)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
}

// Blanks and controls go from both ends, tabs and newlines from anywhere. `storage` holds the
// result when it differs.
std::string_view cleaned(std::string_view text, std::string& storage) {
  const auto is_blank = [](char c) { return static_cast<std::uint8_t>(c) <= 0x20; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.find_first_of("\t\n\r") == std::string_view::npos) return text;
  storage.clear();
  std::copy_if(text.begin(), text.end(), std::back_inserter(storage),
               [](char c) { return c != '\t' && c != '\n' && c != '\r'; });
  return storage;
}

// "https" of "https://…"; empty where there is none.
std::string_view scheme_of(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return {};
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':') return text.substr(0, i);
    if (!is_alpha(text[i]) && !is_digit(text[i]) && text[i] != '+' && text[i] != '-' &&
        text[i] != '.')
      return {};
  }
  return {};
}

bool is_slash(char c) {
  return c == '/' || c == '\\';
}

// --- hosts

// "127.1", "0x7f.1", "2130706433": every spelling that inet_aton knows, since browsers connect to
// all of them.
std::optional<std::uint64_t> parse_ipv4_number(std::string_view text) {
  int base = 10;
  if (istarts_with(text, "0x")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text.front() == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  if (text.empty()) return base == 10 ? std::nullopt : std::optional<std::uint64_t>(0);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool ends_in_number(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.empty()) return false;
  return std::all_of(last.begin(), last.end(), is_digit) ||
         (istarts_with(last, "0x") && parse_ipv4_number(last).has_value());
}

std::optional<std::string> parse_ipv4_host(std::string_view host) {
  if (host.back() == '.') host.remove_suffix(1);
  const std::vector<std::string_view> parts = split(host, '.');
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<std::uint64_t> number = parse_ipv4_number(parts[i]);
    const bool is_last = i + 1 == parts.size();
    // The last number fills all the bytes that the others left.
    if (!number || *number >= (is_last ? 1ULL << (8 * (5 - parts.size())) : 256))
      return std::nullopt;
    address |= is_last ? *number : *number << (8 * (3 - i));
  }
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += std::to_string(address >> shift & 0xFF);
    if (shift != 0) text += '.';
  }
  return text;
}

// RFC 5952, without the dotted form (as the URL standard writes it).
std::optional<std::string> parse_ipv6_host(std::string_view inner) {
  const std::optional<IpAddress> address = parse_ip(inner);
  if (!address || inner.find(':') == std::string_view::npos) return std::nullopt;
  std::array<unsigned, 8> pieces;
  for (std::size_t i = 0; i < 8; ++i)
    pieces[i] = address->bytes[2 * i] * 256U + address->bytes[2 * i + 1];
  std::size_t best = 0, best_size = 1;  // the longest run of two zero pieces or more is left out
  for (std::size_t i = 0, run = 0; i < 8; ++i) {
    run = pieces[i] == 0 ? run + 1 : 0;
    if (run > best_size) best_size = run, best = i + 1 - run;
  }
  std::string text = "[";
  for (std::size_t i = 0; i < 8;) {
    if (best_size > 1 && i == best) {
      text += "::";
      i += best_size;
      continue;
    }
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, pieces[i], 16).ptr;
    if (text.back() != ':' && text.back() != '[') text += ':';
    text.append(digits, end);
    ++i;
  }
  return text + "]";
}

struct IdnaCloser {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};

// UTS 46, non-transitional, as WHATWG's "domain to ASCII" asks for; DNS lengths are checked by the
// caller.
std::optional<std::string> idna_to_ascii(std::string_view domain) {
  static const std::unique_ptr<UIDNA, IdnaCloser> idna = [] {  // ICU: safe to share once made
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<UIDNA, IdnaCloser>(uidna_openUTS46(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status));
  }();
  constexpr std::uint32_t kTolerated =
      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4 |
      UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG;
  if (!idna) return std::nullopt;
  std::array<char, 1024> ascii;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const int size =
      uidna_nameToASCII_UTF8(idna.get(), domain.data(), static_cast<std::int32_t>(domain.size()),
                             ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &status);
  if (U_FAILURE(status) || size > static_cast<int>(ascii.size())) return std::nullopt;
  if ((info.errors & ~kTolerated) != 0) return std::nullopt;
  return std::string(ascii.data(), static_cast<std::size_t>(size));
}

// RFC 1035 §2.3.4, and no empty label but the root's.
bool has_dns_lengths(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty() || host.size() > 253) return false;
  const std::vector<std::string_view> labels = split(host, '.');
  return std::none_of(labels.begin(), labels.end(),
                      [](std::string_view label) { return label.empty() || label.size() > 63; });
}

std::optional<std::string> parse_host(std::string_view given) {
  if (given.starts_with('[')) {
    return given.ends_with(']') ? parse_ipv6_host(given.substr(1, given.size() - 2)) : std::nullopt;
  }
  std::string host = to_lower(percent_decode(given));
  const bool is_ascii = std::all_of(host.begin(), host.end(),
                                    [](char c) { return static_cast<signed char>(c) >= 0; });
  if (!is_ascii || host.find("xn--") != std::string::npos) {
    std::optional<std::string> ascii = idna_to_ascii(host);
    if (!ascii) return std::nullopt;
    host = *std::move(ascii);
  }
  if (std::any_of(host.begin(), host.end(), [](char c) { return is(c, kForbiddenInHost); }))
    return std::nullopt;
  if (!has_dns_lengths(host)) return std::nullopt;
  return ends_in_number(host) ? parse_ipv4_host(host) : std::optional<std::string>(std::move(host));
}

// --- parts

// "example.com:8080" with its user before it.
bool parse_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view user_info = authority.substr(0, at);
    const std::size_t colon = user_info.find(':');
    append_encoded(url.user_info, user_info.substr(0, colon), kEncodeInUserInfo);
    if (colon != std::string_view::npos && colon + 1 < user_info.size()) {
      url.user_info += ':';
      append_encoded(url.user_info, user_info.substr(colon + 1), kEncodeInUserInfo);
    }
    authority.remove_prefix(at + 1);
  }
  std::string_view host = authority;
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = authority.substr(0, colon);
    const std::string_view digits = authority.substr(colon + 1);
    if (!digits.empty()) {
      if (!std::all_of(digits.begin(), digits.end(), is_digit)) return false;
      const std::optional<long long> port = parse_int(digits);
      if (!port || *port > 65535) return false;
      url.port = static_cast<std::uint16_t>(*port);
      if (url.port == (url.scheme == "https" ? 443 : 80)) url.port = 0;
    }
  }
  std::optional<std::string> parsed = parse_host(host);
  if (!parsed) return false;
  url.host = *std::move(parsed);
  return true;
}

enum class Dots { None, One, Two };

// "." and "..", also in their encoded spellings.
Dots dots_of(std::string_view segment) {
  int count = 0;
  while (!segment.empty()) {
    const bool encoded = istarts_with(segment, "%2e");
    if (!encoded && segment.front() != '.') return Dots::None;
    segment.remove_prefix(encoded ? 3 : 1);
    if (++count > 2) return Dots::None;
  }
  return count == 0 ? Dots::None : count == 1 ? Dots::One : Dots::Two;
}

// Appends the segments of `path` (which has no leading slash) to `out` ("" or "/a/b"), without the
// dot segments.
void append_path(std::string& out, std::string_view path) {
  while (true) {
    const std::size_t end = path.find_first_of("/\\");
    const bool is_last = end == std::string_view::npos;
    const std::string_view segment = path.substr(0, end);
    const Dots dots = dots_of(segment);
    if (dots == Dots::Two && !out.empty()) out.resize(out.rfind('/'));
    if (dots == Dots::None) {
      out += '/';
      append_encoded(out, segment, kEncodeInPath);
    } else if (is_last) {
      out += '/';
    }
    if (is_last) return;
    path.remove_prefix(end + 1);
  }
}

struct Tail {
  std::string_view path, query, fragment;
  bool has_query = false, has_fragment = false;
};

Tail split_tail(std::string_view text) {
  Tail tail;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    tail.fragment = text.substr(hash + 1);
    tail.has_fragment = true;
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    tail.query = text.substr(mark + 1);
    tail.has_query = true;
    text = text.substr(0, mark);
  }
  tail.path = text;
  return tail;
}

void set_query(Url& url, const Tail& tail) {
  url.query.clear();
  append_encoded(url.query, tail.query, kEncodeInQuery);
  url.has_query = tail.has_query;
}

void set_fragment(Url& url, const Tail& tail) {
  url.fragment.clear();
  append_encoded(url.fragment, tail.fragment, kEncodeInFragment);
  url.has_fragment = tail.has_fragment;
}

Error bad_address(std::string_view address, std::string_view reason) {
  constexpr std::size_t kShownMax = 200;
  return invalid_input("'" + std::string(address.substr(0, kShownMax)) + "' " +
                       std::string(reason));
}

// `after_scheme` begins behind the colon. Any number of slashes leads to the host.
Result<Url> parse_after_scheme(std::string_view address, std::string scheme,
                               std::string_view after_scheme) {
  Url url{.scheme = std::move(scheme)};
  while (!after_scheme.empty() && is_slash(after_scheme.front())) after_scheme.remove_prefix(1);
  const std::size_t authority_end =
      std::min(after_scheme.find_first_of("/\\?#"), after_scheme.size());
  if (!parse_authority(after_scheme.substr(0, authority_end), url))
    return bad_address(address, "has no valid host");
  const Tail tail = split_tail(after_scheme.substr(authority_end));
  append_path(url.path, tail.path.empty() ? tail.path : tail.path.substr(1));
  set_query(url, tail);
  set_fragment(url, tail);
  return url;
}

// Encoding can make an address three times as long; what comes out must be readable again.
bool is_within_limit(const Url& url) {
  constexpr std::size_t kPunctuation = 16;  // "://", "@", ":65535", "?", "#"
  return url.scheme.size() + url.user_info.size() + url.host.size() + url.path.size() +
             url.query.size() + url.fragment.size() + kPunctuation <=
         kAddressBytesMax;
}

// True only when parsing and writing it again would change nothing: the common case, decided in one
// pass.
bool is_tidy(std::string_view address) {
  std::size_t i = address.starts_with("https://") ? 8 : address.starts_with("http://") ? 7 : 0;
  if (i == 0 || address.size() > 2048) return false;
  const std::size_t host_begin = i;
  std::size_t label_begin = i;
  for (; i < address.size() && address[i] != '/'; ++i) {
    if (is(address[i], kPlainHost)) continue;
    if (address[i] != '.' || i == label_begin || i - label_begin > 63) return false;
    label_begin = i + 1;
  }
  // A last label that begins with a digit may be an IPv4 address; "xn--" must be checked by ICU.
  if (i == address.size() || i == label_begin || i - label_begin > 63 ||
      is_digit(address[label_begin]))
    return false;
  if (i - host_begin > 253 ||
      address.substr(host_begin, i - host_begin).find("xn--") != std::string_view::npos) {
    return false;
  }
  bool in_path = true;
  for (; i < address.size(); ++i) {
    const char c = address[i];
    if (c == '.' && in_path && address[i - 1] == '/') return false;  // perhaps a dot segment
    if (is(c, kPlainTail)) continue;
    if (c == '%') {
      if (in_path && istarts_with(address.substr(i), "%2e")) return false;
    } else if (c == '?' || c == '#') {
      // A second '?' is plain, a second '#' is left to the parser.
      if (c == '#' && address.find('#', i + 1) != std::string_view::npos) return false;
      in_path = false;
    } else {
      return false;
    }
  }
  return true;
}

Result<Url> parse_cleaned(std::string_view address) {
  if (address.size() > kAddressBytesMax) return bad_address(address, "is longer than 8,192 bytes");
  const std::string_view given = scheme_of(address);
  std::string scheme = to_lower(given);
  if (scheme != "http" && scheme != "https")
    return bad_address(address, "is not an http or https address");
  Result<Url> url =
      parse_after_scheme(address, std::move(scheme), address.substr(given.size() + 1));
  if (url && !is_within_limit(*url)) return bad_address(address, "is longer than 8,192 bytes");
  return url;
}

// RFC 3986 §5.2.2 for a reference without a scheme.
std::string resolve_relative(Url base, std::string_view reference) {
  if (reference.size() >= 2 && is_slash(reference[0]) && is_slash(reference[1])) {
    const Result<Url> url = parse_after_scheme(reference, base.scheme, reference);
    return url && is_within_limit(*url) ? url->to_string() : std::string();
  }
  const Tail tail = split_tail(reference);
  if (!tail.path.empty()) {
    const bool is_rooted = is_slash(tail.path.front());
    base.path.resize(is_rooted ? 0 : base.path.rfind('/'));
    append_path(base.path, is_rooted ? tail.path.substr(1) : tail.path);
  }
  if (!tail.path.empty() || tail.has_query) set_query(base, tail);
  set_fragment(base, tail);
  return is_within_limit(base) ? base.to_string() : std::string();
}

// `base()` gives what a relative reference is resolved against.
template <class Base>
std::string resolve_against(std::string_view base_scheme, std::string_view reference, Base base) {
  if (is_tidy(reference)) return std::string(reference);
  std::string storage;
  reference = cleaned(reference, storage);
  const std::string_view scheme = scheme_of(reference);
  if (!scheme.empty() && !iequals(scheme, "http") && !iequals(scheme, "https"))
    return std::string(reference);
  if (!scheme.empty()) {
    const std::string_view rest = reference.substr(scheme.size() + 1);
    // "http:page.html" beside an http base is a relative reference to every browser (RFC 3986
    // §5.4.2 allows it).
    const bool is_relative =
        !rest.starts_with('/') && !rest.starts_with('\\') && iequals(scheme, base_scheme);
    if (!is_relative) {
      const Result<Url> url = parse_cleaned(reference);
      return url ? url->to_string() : std::string();
    }
    reference = rest;
  }
  if (reference.size() > kAddressBytesMax) return {};
  std::optional<Url> parsed = base();
  return parsed ? resolve_relative(*std::move(parsed), reference) : std::string();
}

}  // namespace

std::string Url::origin() const {
  return scheme + "://" + host + (port == 0 ? "" : ":" + std::to_string(port));
}

std::string Url::to_string() const {
  std::string text;
  text.reserve(scheme.size() + user_info.size() + host.size() + path.size() + query.size() +
               fragment.size() + 16);
  text.append(scheme).append("://");
  if (!user_info.empty()) text.append(user_info).append("@");
  text += host;
  if (port != 0) text.append(":").append(std::to_string(port));
  text += path;
  if (has_query) text.append("?").append(query);
  if (has_fragment) text.append("#").append(fragment);
  return text;
}

Result<Url> parse_url(std::string_view address) {
  std::string storage;
  return parse_cleaned(cleaned(address, storage));
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  return resolve_against(scheme_of(base), reference, [base]() -> std::optional<Url> {
    Result<Url> url = parse_url(base);
    return url ? std::optional(*std::move(url)) : std::nullopt;
  });
}

std::string BaseUrl::resolve(std::string_view reference) {
  return resolve_against(scheme_of(address_), reference, [this] {
    if (!is_parsed_ && address_.size() <= kBytesMax) {
      if (Result<Url> url = parse_url(address_)) url_ = *std::move(url);
    }
    is_parsed_ = true;
    return url_;
  });
}

std::string registrable_domain(std::string_view host) {
  std::string lower = to_lower(host);
  if (lower.size() > 1 && lower.back() == '.') lower.pop_back();
  if (lower.starts_with('[') || parse_ip(lower)) return lower;
  const char* domain = psl_registrable_domain(psl_builtin(), lower.c_str());
  return domain == nullptr ? lower : std::string(domain);
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : hex_value(text[i + 2]);
    if (low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (is(c, kUnreserved)) {
      encoded += c;
      continue;
    }
    encoded += '%';
    encoded += kHex[static_cast<std::uint8_t>(c) >> 4];
    encoded += kHex[static_cast<std::uint8_t>(c) & 15];
  }
  return encoded;
}

}  // namespace tidings
