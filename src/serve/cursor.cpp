#include "serve/cursor.h"

#include <array>
#include <optional>

#include "core/encoding.h"
#include "core/hash.h"
#include "serve/problem.h"

namespace tidings::serve {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kCheckedBytes = 1 + 1 + 4 + 8 + 8;
constexpr std::size_t kCursorBytes = kCheckedBytes + 4;

void append_number(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 0xFF);
  }
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (const char c : bytes.substr(at, size)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::uint32_t low_bits(std::uint64_t number) {
  return static_cast<std::uint32_t>(number);
}

Error bad_cursor(std::string message) {
  return bad_parameter("cursor", std::move(message), "cursor_invalid");
}

}  // namespace

std::string encode_cursor(CursorKind kind, std::uint64_t fingerprint, const Cursor& cursor) {
  std::string bytes;
  append_number(bytes, kVersion, 1);
  append_number(bytes, static_cast<std::uint8_t>(kind), 1);
  append_number(bytes, low_bits(fingerprint), 4);
  append_number(bytes, static_cast<std::uint64_t>(cursor.time), 8);
  append_number(bytes, static_cast<std::uint64_t>(cursor.id), 8);
  append_number(bytes, low_bits(hash64(bytes)), 4);
  return base64url(bytes);
}

Result<Cursor> decode_cursor(CursorKind kind, std::uint64_t fingerprint, std::string_view text) {
  const std::optional<std::string> bytes = from_base64url(text);
  if (!bytes || bytes->empty()) {
    return bad_cursor("The cursor is not one of ours: pass next_cursor back as it was given.");
  }
  if (static_cast<std::uint8_t>((*bytes)[0]) != kVersion) {
    return bad_cursor(
        "The cursor is not one of ours, or of another version of Tidings: begin at the first "
        "page.");
  }
  const std::string_view checked = std::string_view(*bytes).substr(0, kCheckedBytes);
  if (bytes->size() != kCursorBytes ||
      number_at(*bytes, kCheckedBytes, 4) != low_bits(hash64(checked))) {
    return bad_cursor("The cursor is damaged: pass next_cursor back as it was given.");
  }
  if (number_at(*bytes, 1, 1) != static_cast<std::uint8_t>(kind)) {
    return bad_cursor("The cursor belongs to another kind of list.");
  }
  if (number_at(*bytes, 2, 4) != low_bits(fingerprint)) {
    return bad_cursor(
        "The cursor belongs to this list with other filters: repeat the filters of the page that "
        "gave it, or begin at the first page.");
  }
  return Cursor{.time = static_cast<std::int64_t>(number_at(*bytes, 6, 8)),
                .id = static_cast<std::int64_t>(number_at(*bytes, 14, 8))};
}

}  // namespace tidings::serve
