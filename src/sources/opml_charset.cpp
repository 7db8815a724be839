#include "sources/opml_charset.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::sources {
namespace {

constexpr std::size_t kDeclarationBytesMax = 256;

// What windows-1252 has where Latin-1 has control characters (WHATWG Encoding, index-windows-1252).
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string from_windows1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_special = byte >= 0x80 && byte < 0xA0;
    append_utf8(text, is_special ? kWindows1252[byte - 0x80] : byte);
  }
  return text;
}

// In lower case; empty when the file declares none.
std::string declared_charset(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const std::size_t end = bytes.substr(0, kDeclarationBytesMax).find("?>");
  if (end == std::string_view::npos) return {};
  const std::string_view declaration = bytes.substr(0, end);
  std::size_t position = declaration.find("encoding");
  if (position == std::string_view::npos) return {};
  position = declaration.find_first_of("'\"", position);
  if (position == std::string_view::npos) return {};
  const std::size_t closing = declaration.find(declaration[position], position + 1);
  if (closing == std::string_view::npos) return {};
  return to_lower(trim(declaration.substr(position + 1, closing - position - 1)));
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_wide(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  return bytes.starts_with("\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE"sv) ||
         bytes.starts_with("\0\0\xFE\xFF"sv) || bytes.starts_with("<\0"sv) ||
         bytes.starts_with("\0<"sv) || bytes.starts_with("\0\0\0<"sv);
}

Result<std::string> opml_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty() && is_space(bytes.front())) bytes.remove_prefix(1);

  // A file that claims UTF-16 and can be read up to here was converted by someone who left the
  // declaration as it was.
  const std::string charset = declared_charset(bytes);
  if (is_one_of(charset,
                {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})) {
    return repaired_utf8(bytes);
  }
  if (is_one_of(charset,
                {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})) {
    return from_windows1252(bytes);
  }
  if (charset.empty()) return is_valid_utf8(bytes) ? std::string(bytes) : from_windows1252(bytes);
  if (is_ascii(bytes)) return std::string(bytes);
  return Error{ErrorKind::InvalidInput,
               "the file is in the charset '" + charset + "'; save it as UTF-8 and try again",
               "charset_unsupported"};
}

}  // namespace tidings::sources
