// Which charset the bytes of a document are in, and the same document in UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::text {

struct DecodedText {
  std::string_view given;  // without a byte-order mark
  std::string converted;   // the document where it had to be converted
  bool is_converted = false;
  std::string encoding;  // as it was named, lower case
  std::vector<std::string> problems;

  // UTF-8 but for faults; valid as long as this and the bytes given.
  std::string_view text() const { return is_converted ? converted : given; }
};

// Precedence: byte-order mark, charset of the Content-Type, XML declaration, UTF-8 (RFC 7303 §3.2).
// Two liars are believed less: a western label on what is UTF-8 (unless both labels agree on it),
// and a UTF-8 label on what is not while the declaration names something else. Labels mean what
// browsers mean by them (WHATWG Encoding): iso-8859-1 is windows-1252, gb2312 is gb18030.
// InvalidInput "unknown_charset" when no label is known and the bytes are not UTF-8; "too_large"
// beyond `size_max`.
Result<DecodedText> decode_document(std::string_view bytes, std::string_view content_type,
                                    std::size_t size_max);

// UTF-8 with every fault made good: the bytes read as windows-1252 where the text has no valid
// multi-byte character at all, U+FFFD otherwise.
std::string repaired_text(std::string_view text);

}  // namespace tidings::text
