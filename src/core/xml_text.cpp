#include "core/xml_text.h"

#include "core/utf8.h"

namespace tidings {
namespace {

// U+FFFE and U+FFFF, the only valid UTF-8 above U+001F that XML forbids.
bool is_noncharacter(std::string_view text) {
  return text.starts_with("\xef\xbf\xbe") || text.starts_with("\xef\xbf\xbf");
}

std::string escaped(std::string_view text, std::string_view line_break) {
  const std::string repaired = is_valid_utf8(text) ? std::string() : repaired_utf8(text);
  if (!repaired.empty()) text = repaired;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (const char c = text[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += line_break;
        break;
      case '\xef':
        if (is_noncharacter(text.substr(at))) {
          at += 2;
        } else {
          out += c;
        }
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
  }
  return out;
}

}  // namespace

std::string xml_text(std::string_view text) {
  return escaped(text, "\n");
}

std::string xml_attribute(std::string_view text) {
  return escaped(text, "&#10;");
}

}  // namespace tidings
