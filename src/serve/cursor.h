// Where a page ended, as a text that clients pass back and cannot mistake for another list's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::serve {

enum class CursorKind : std::uint8_t {
  Articles = 1,
  Sources = 2,
  StoriesByRank = 3,
  StoriesByTime = 4,
  StoriesBySize = 5,
  SearchMatches = 6,
};

struct Cursor {
  std::int64_t time = 0;  // microseconds, or what else the list is ordered by; 0 where by id alone
  std::int64_t id = 0;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// base64url (RFC 4648 §5, no padding) of version, kind, fingerprint, position and checksum.
// `fingerprint` stands for the filters of the list.
std::string encode_cursor(CursorKind kind, std::uint64_t fingerprint, const Cursor& cursor);

// InvalidInput (code "cursor_invalid/cursor") when it is damaged, of another version, of another
// kind of list, or of the same list with other filters: the message says which.
Result<Cursor> decode_cursor(CursorKind kind, std::uint64_t fingerprint, std::string_view text);

}  // namespace tidings::serve
