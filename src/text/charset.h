// Which charset the bytes of a document are in, and the same document in UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/charset_repair.h"

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

// Precedence: byte-order mark, charset of the Content-Type, XML declaration (RFC 7303 §3.2), UTF-8
// where the bytes are, else what they look like. Labels mean what browsers mean by them (WHATWG
// Encoding): iso-8859-1 is windows-1252, gb2312 is gb18030. What the bytes say against it beats any
// of them: a mark or a label of two or four bytes a character on text of one, another label on what
// is UTF-8 beyond doubt, a label in which much of the text has no meaning. UTF-8 that was encoded
// twice is decoded twice. `problems` tells of each.
// InvalidInput "unknown_charset" when no label is known and nothing tells what the bytes are;
// "too_large" beyond `size_max`.
Result<DecodedText> decode_document(std::string_view bytes, std::string_view content_type,
                                    std::size_t size_max);

// The same for a web page, whose declaration is <meta charset> or <meta http-equiv> in the first
// 1,024 bytes (WHATWG HTML §13.2.3.2). A page that names a charset nobody knows is windows-1252, as
// is one that is not UTF-8 and looks like nothing else: never "unknown_charset".
Result<DecodedText> decode_html(std::string_view bytes, std::string_view content_type,
                                std::size_t size_max);

}  // namespace tidings::text
