#include "text/charset.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::text {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLabelSizeMax = 40;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};

// The longer marks first: UTF-32LE begins like UTF-16LE.
constexpr std::array<Mark, 5> kMarks = {{{"\x00\x00\xFE\xFF"sv, "utf-32be"},
                                         {"\xFF\xFE\x00\x00"sv, "utf-32le"},
                                         {"\xEF\xBB\xBF"sv, "utf-8"},
                                         {"\xFE\xFF"sv, "utf-16be"},
                                         {"\xFF\xFE"sv, "utf-16le"}}};
// How a document without a mark begins ("<?" or "<r").
constexpr std::array<Mark, 4> kBeginnings = {{{"\0\0\0<"sv, "utf-32be"},
                                              {"<\0\0\0"sv, "utf-32le"},
                                              {"\0<\0"sv, "utf-16be"},
                                              {"<\0"sv, "utf-16le"}}};

// What browsers mean by a label, in names that ICU knows.
constexpr std::pair<std::string_view, const char*> kLabels[] = {
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansi", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"win-1251", "windows-1251"},
    {"win1251", "windows-1251"},
    {"windows1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"cp936", "gb18030"},
    {"euc-cn", "gb18030"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"x-windows-949", "windows-949"},
    {"shift_jis", "ibm-943_P15A-2003"},
    {"shift-jis", "ibm-943_P15A-2003"},
    {"sjis", "ibm-943_P15A-2003"},
    {"x-sjis", "ibm-943_P15A-2003"},
    {"windows-31j", "ibm-943_P15A-2003"},
    {"big5", "Big5-HKSCS"},
    {"x-x-big5", "Big5-HKSCS"},
    {"x-euc-jp", "euc-jp"},
    {"koi8", "koi8-r"},
    {"unicode", "utf-16"},
};

constexpr std::string_view kWesternLabels[] = {"iso-8859-1",   "iso8859-1", "iso_8859-1", "latin1",
                                               "latin-1",      "us-ascii",  "ascii",      "ansi",
                                               "windows-1252", "cp1252",    "iso-8859-15"};

// Converters that text on the web has no business with: stateful, or able to hide markup.
constexpr std::string_view kRefused[] = {
    "utf-7", "utf7", "scsu", "bocu-1", "imap-mailbox-name", "cesu-8", "utf-7-imap"};

template <class Range>
bool contains(const Range& range, std::string_view label) {
  return std::find(std::begin(range), std::end(range), label) != std::end(range);
}

bool is_utf8_label(std::string_view label) {
  return label == "utf-8" || label == "utf8" || label == "unicode-1-1-utf-8";
}

bool is_wide_label(std::string_view label) {
  return label.starts_with("utf-16") || label.starts_with("utf16") || label.starts_with("utf-32") ||
         label.starts_with("ucs-") || label.starts_with("iso-10646") || label == "unicode";
}

std::string cleaned_label(std::string_view label) {
  label = trim(label);
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  label = label.substr(0, label.find_first_of("\"'; \t,"));
  return label.size() <= kLabelSizeMax ? to_lower(label) : std::string();
}

std::string transport_label(std::string_view content_type) {
  const std::string lower = to_lower(content_type);
  const std::size_t at = lower.find("charset=");
  return at == kNone ? std::string() : cleaned_label(std::string_view(lower).substr(at + 8));
}

// encoding="…" of the XML declaration, in the first 512 bytes.
std::string declared_label(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  const std::size_t begin = head.find("<?xml");
  if (begin == kNone) return {};
  const std::string_view declaration = head.substr(begin, head.find("?>", begin) - begin);
  const std::size_t at = declaration.find("encoding");
  if (at == kNone) return {};
  const std::size_t quote = declaration.find_first_of("\"'", at);
  if (quote == kNone) return {};
  return cleaned_label(
      declaration.substr(quote + 1, declaration.find(declaration[quote], quote + 1) - quote - 1));
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& label) {
  if (label.empty() || contains(kRefused, label) || label.starts_with("ebcdic")) return nullptr;
  const char* name = label.c_str();
  for (const auto& [known, icu_name] : kLabels) {
    if (known == label) name = icu_name;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  if (U_FAILURE(error)) return nullptr;
  return converter;
}

Error too_large() {
  return {ErrorKind::InvalidInput, "The document is too large.", "too_large"};
}

Result<std::string> to_utf8(UConverter* converter, std::string_view bytes, std::size_t size_max) {
  if (bytes.size() > size_max) return too_large();
  // At most three bytes of UTF-8 for one byte of anything.
  std::string converted(bytes.size() * 3 + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t size = ucnv_toAlgorithmic(
      UCNV_UTF8, converter, converted.data(), static_cast<std::int32_t>(converted.size()),
      bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return invalid_input("The document cannot be converted to UTF-8.");
  converted.resize(static_cast<std::size_t>(size));
  converted.shrink_to_fit();
  if (converted.size() > size_max) return too_large();
  return converted;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_multibyte_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = at;
    const char32_t c = next_code_point(text, at);
    if (at - first > 1 && c != 0xFFFD) return true;
  }
  return false;
}

std::optional<Mark> find_mark(const auto& marks, std::string_view bytes) {
  for (const Mark& mark : marks) {
    if (bytes.starts_with(mark.bytes)) return mark;
  }
  return std::nullopt;
}

// The label to go by, where no mark tells. Empty: UTF-8.
std::string chosen_label(std::string_view bytes, std::string_view content_type,
                         DecodedText& decoded) {
  std::string declared = declared_label(bytes);
  if (is_wide_label(declared)) declared.clear();  // it could be read: so it is not
  std::string transport = transport_label(content_type);
  if (is_wide_label(transport)) transport.clear();
  std::string label = transport.empty() ? declared : transport;
  const bool both_agree = !transport.empty() && transport == declared;
  if (is_utf8_label(label)) {
    if (!declared.empty() && declared != label && !is_utf8_label(declared) &&
        !is_valid_utf8(bytes)) {
      decoded.problems.push_back("The transport says " + label + ", but the document is " +
                                 declared + ".");
      return declared;
    }
    return label;
  }
  if (!both_agree && contains(kWesternLabels, label) && !is_ascii(bytes) && is_valid_utf8(bytes)) {
    decoded.problems.push_back("The document is labeled " + label + ", but is utf-8.");
    return "utf-8";
  }
  return label;
}

}  // namespace

Result<DecodedText> decode_document(std::string_view bytes, std::string_view content_type,
                                    std::size_t size_max) {
  if (bytes.size() > size_max) return too_large();
  DecodedText decoded;
  std::string label;
  if (const std::optional<Mark> mark = find_mark(kMarks, bytes)) {
    bytes.remove_prefix(mark->bytes.size());
    label = mark->encoding;
  } else if (const std::optional<Mark> beginning = find_mark(kBeginnings, bytes)) {
    label = beginning->encoding;
  } else {
    label = chosen_label(bytes, content_type, decoded);
  }
  decoded.encoding = label.empty() || is_utf8_label(label) ? "utf-8" : label;
  decoded.given = bytes;
  if (decoded.encoding == "utf-8") return decoded;
  const Converter converter = open_converter(label);
  if (converter == nullptr) {
    if (!is_valid_utf8(bytes)) {
      return Error{ErrorKind::InvalidInput,
                   "The document is in a charset that is not known: " + label + ".",
                   "unknown_charset"};
    }
    decoded.problems.push_back("The charset " + label +
                               " is not known; the document was read as utf-8.");
    decoded.encoding = "utf-8";
    return decoded;
  }
  decoded.converted = TRY(to_utf8(converter.get(), bytes, size_max));
  decoded.is_converted = true;
  return decoded;
}

std::string repaired_text(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  if (has_multibyte_character(text)) return repaired_utf8(text);
  const Converter converter = open_converter("windows-1252");
  if (converter == nullptr) return repaired_utf8(text);
  Result<std::string> converted = to_utf8(converter.get(), text, text.size() * 3 + 16);
  return converted ? *std::move(converted) : repaired_utf8(text);
}

}  // namespace tidings::text
