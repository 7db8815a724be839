// Text on its way into an XML document, one rule for everything that we write.
#pragma once

#include <string>
#include <string_view>

namespace tidings {

// Escaped for element content and for double-quoted attribute values: & < > and ", and in
// attributes line breaks, which a reader would turn into spaces (XML 1.0 §3.3.3). What XML 1.0
// cannot hold (§2.2: control characters, U+FFFE, U+FFFF) is left out; what is not UTF-8 becomes
// U+FFFD.
std::string xml_text(std::string_view text);
std::string xml_attribute(std::string_view text);

}  // namespace tidings
