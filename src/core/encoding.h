// Bytes as text (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings {

// §5, without padding.
std::string base64url(std::string_view bytes);

// Nothing for other characters, padding, impossible lengths and left-over bits that are not zero:
// each text of bytes has one spelling.
std::optional<std::string> from_base64url(std::string_view text);

// §4, with padding.
std::string base64(std::string_view bytes);

// §8, in lower case.
std::string hex(std::string_view bytes);

// Either case. Nothing for other characters and odd lengths.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace tidings
