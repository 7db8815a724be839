// What publishers send as HTML, made safe to show on our own pages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidings::normalize {

inline constexpr std::size_t kSanitizeOutputBytesMax =
    std::size_t{2} * 1024 * 1024;  // before the last end tags
inline constexpr std::size_t kSanitizeInputBytesMax =
    kSanitizeOutputBytesMax + 8192;  // what is beyond is not read
inline constexpr std::size_t kSanitizeDepthMax =
    100;  // elements within elements; deeper ones are unwrapped

struct SanitizedHtml {
  std::string html;         // only what docs/decisions/sanitizer.md allows; valid UTF-8
  std::string text;         // the same as plain text, a line per block, white space collapsed
  std::string first_image;  // address of the first image that is left; empty when there is none
  friend bool operator==(const SanitizedHtml&, const SanitizedHtml&) = default;
};

// Reads a fragment as a browser would (WHATWG HTML §13.4, context element body) and writes down
// what is allowed. Addresses become absolute against `base_url`; those that cannot go. Any bytes
// are accepted; the result is well-formed, parses back to the tree that it was written from, and
// sanitizing it again changes nothing. What is nested or spread so deep that a parser would choke
// comes back as its text alone. Safe to call from many threads.
SanitizedHtml sanitize(std::string_view html, std::string_view base_url);

}  // namespace tidings::normalize
