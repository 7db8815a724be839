#include "text/charset.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/charset_labels.h"
#include "text/charset_repair.h"

namespace tidings::text {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMetaBytesMax = 1024;
constexpr std::size_t kUtf8CharactersSure = 3;  // so many by chance are no other charset's text

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

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether there are enough characters of UTF-8 that bytes of another charset could not be them.
bool is_surely_utf8(std::string_view text) {
  if (!is_valid_utf8(text)) return false;
  const auto leads = std::count_if(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) >= 0xC0; });
  return static_cast<std::size_t>(leads) >= kUtf8CharactersSure;
}

// How wide the characters of a markup or JSON text are, by where its zeros stand: the first ones
// are ASCII. Empty for one byte each.
std::string_view wide_encoding_of(std::string_view bytes) {
  constexpr std::size_t kBeginning = 64;
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), kBeginning) / 4 * 4);
  if (head.size() < 4) return {};
  std::array<std::size_t, 4> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 4] += head[i] == '\0' ? 1 : 0;
  const std::size_t quads = head.size() / 4;
  const auto is_mostly_zero = [&](std::size_t place) { return zeros[place] * 4 > quads * 3; };
  const auto is_rarely_zero = [&](std::size_t place) { return zeros[place] * 4 < quads; };
  if (is_mostly_zero(0) && is_mostly_zero(1) && is_mostly_zero(2) && is_rarely_zero(3))
    return "utf-32be";
  if (is_rarely_zero(0) && is_mostly_zero(1) && is_mostly_zero(2) && is_mostly_zero(3))
    return "utf-32le";
  if (is_mostly_zero(0) && is_rarely_zero(1) && is_mostly_zero(2)) return "utf-16be";
  if (is_rarely_zero(0) && is_mostly_zero(1) && is_rarely_zero(2)) return "utf-16le";
  if (head.starts_with("\0<"sv) || head.starts_with("\0{"sv)) return "utf-16be";
  if (head.starts_with("<\0"sv) || head.starts_with("{\0"sv)) return "utf-16le";
  return {};
}

// The value behind `key` and an equals sign.
std::string_view value_behind(std::string_view text, std::string_view key) {
  std::size_t at = text.find(key);
  if (at == kNone) return {};
  at = text.find_first_not_of(" \t\r\n", at + key.size());
  return at != kNone && text[at] == '=' ? text.substr(at + 1) : std::string_view();
}

std::string transport_label(std::string_view content_type) {
  return cleaned_label(value_behind(to_lower(content_type), "charset"));
}

// encoding="…" of the XML declaration, in the first 512 bytes.
std::string declared_label(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  const std::size_t begin = head.find("<?xml");
  if (begin == kNone) return {};
  const std::string_view declaration = head.substr(begin, head.find('>', begin) - begin);
  return cleaned_label(value_behind(declaration, "encoding"));
}

// charset of the first <meta> that has one, in the first 1,024 bytes. What is commented out does
// not count.
std::string meta_label(std::string_view bytes) {
  const std::string head = to_lower(bytes.substr(0, kMetaBytesMax));
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t tag = head.find('<', at);
    if (tag == kNone) return {};
    const std::string_view rest = std::string_view(head).substr(tag);
    if (rest.starts_with("<!--")) {
      const std::size_t end = rest.find("-->");
      if (end == kNone) return {};
      at = tag + end + 3;
      continue;
    }
    at = tag + 1;
    if (!rest.starts_with("<meta")) continue;
    const std::string_view meta = rest.substr(0, rest.find('>'));
    const std::size_t name = meta.find("charset");
    if (name == kNone) continue;
    std::size_t value = name + 7;
    while (value < meta.size() && is_space(meta[value])) ++value;
    if (value < meta.size() && meta[value] == '=') return cleaned_label(meta.substr(value + 1));
  }
  return {};
}

Error too_large() {
  return {ErrorKind::InvalidInput, "The document is too large.", "too_large"};
}

Result<std::string> to_utf8(UConverter* converter, std::string_view bytes, std::size_t size_max) {
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

// What converters put for bytes without a meaning: U+FFFD, U+001A, or a control of their number.
std::size_t meaningless_characters(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte == 0x1A) ++count;
    if (byte == 0xC2 && at + 1 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) < 0xA0)
      ++count;
    if (byte == 0xEF && utf8.substr(at).starts_with("\xEF\xBF\xBD")) ++count;
  }
  return count;
}

using DeclaredLabel = std::string (*)(std::string_view bytes);

class Decoder {
 public:
  Decoder(std::string_view bytes, std::string_view content_type, DeclaredLabel declared,
          std::size_t size_max)
      : bytes_(bytes),
        content_type_(content_type),
        declared_label_(declared),
        size_max_(size_max) {}

  Result<DecodedText> run() && {
    std::string label = label_of_mark();
    if (label.empty()) label = std::string(wide_encoding_of(bytes_));
    if (label.empty()) label = told_label();
    decoded_.given = bytes_;
    TRY(decode(label));
    if (const std::optional<std::string> once = without_double_encoding(decoded_.text())) {
      problem("The text was encoded in UTF-8 twice.");
      decoded_.converted = *once;
      decoded_.is_converted = true;
    }
    return std::move(decoded_);
  }

 private:
  void problem(std::string sentence) { decoded_.problems.push_back(std::move(sentence)); }

  // Takes marks off; empty when there is none to be believed.
  std::string label_of_mark() {
    std::string label;
    for (bool again = true; again;) {
      again = false;
      for (const Mark& mark : kMarks) {
        if (!bytes_.starts_with(mark.bytes)) continue;
        bytes_.remove_prefix(mark.bytes.size());
        if (label.empty()) label = mark.encoding;
        again = label == "utf-8";  // some programs write it twice
        break;
      }
    }
    if (label.empty()) return label;
    const std::string_view seen = wide_encoding_of(bytes_);
    const bool lies = is_wide_label(label) ? seen != label && bytes_.size() >= 16 && is_markup(seen)
                                           : !seen.empty() || contradicts_utf8();
    if (!lies) return label;
    problem("The byte-order mark says " + label + ", but the document is not.");
    return std::string(seen);
  }

  // Whether the text begins as markup or JSON does when it is read this way: Chinese in UTF-16 has
  // no zeros either, but it does not begin a document.
  bool is_markup(std::string_view seen) const {
    if (!seen.empty()) return true;
    const std::size_t first = bytes_.find_first_not_of(" \t\r\n");
    return first != kNone && (bytes_[first] == '<' || bytes_[first] == '{') &&
           bytes_.find('\0') == kNone;
  }

  // A mark of UTF-8 before text that a declaration calls something else, and that is no UTF-8.
  bool contradicts_utf8() const {
    const std::string declared = declared_label_(bytes_);
    return !declared.empty() && !is_utf8_label(declared) && !is_wide_label(declared) &&
           !is_valid_utf8(bytes_) && open_converter(declared) != nullptr;
  }

  // The label to go by, where no mark tells. Empty: nobody told.
  std::string told_label() {
    std::string declared = declared_label_(bytes_), transport = transport_label(content_type_);
    if (is_wide_label(declared)) declared.clear();  // it could be read: so it is not
    if (is_wide_label(transport)) transport.clear();
    if (!transport.empty() && !is_utf8_label(transport) && !declared.empty() &&
        open_converter(transport) == nullptr)
      transport.clear();
    std::string label = transport.empty() ? declared : transport;
    if (is_utf8_label(label)) {
      if (!declared.empty() && !is_utf8_label(declared) && !is_valid_utf8(bytes_)) {
        problem("The transport says " + label + ", but the document is " + declared + ".");
        return declared;
      }
    } else if (!label.empty() && is_utf8_all_the_same(label)) {
      problem("The document is labeled " + label + ", but is utf-8.");
      return "utf-8";
    }
    if (label.empty() && has_japanese_escapes()) {
      problem("The document names no charset; it was read as iso-2022-jp.");
      return "iso-2022-jp";
    }
    return label;
  }

  // ISO-2022-JP switches to two bytes a character by these (RFC 1468), and is ASCII to look at.
  bool has_japanese_escapes() const {
    return bytes_.find("\x1B$B") != kNone || bytes_.find("\x1B$@") != kNone;
  }

  // One or two characters of UTF-8 are believed where the label is a Western one, as publishers put
  // on everything.
  bool is_utf8_all_the_same(const std::string& label) const {
    if (is_ascii(bytes_)) return false;
    if (is_surely_utf8(bytes_)) return true;
    const Converter converter = open_converter(label);
    UErrorCode error = U_ZERO_ERROR;
    const bool is_western = converter != nullptr &&
                            std::string_view(ucnv_getName(converter.get(), &error)) == western();
    return is_western && is_valid_utf8(bytes_) &&
           transport_label(content_type_) != declared_label_(bytes_);
  }

  static std::string_view western() {
    static const std::string name = [] {
      UErrorCode error = U_ZERO_ERROR;
      const Converter converter = open_converter("windows-1252");
      return std::string(converter == nullptr ? "" : ucnv_getName(converter.get(), &error));
    }();
    return name;
  }

  Result<void> decode(const std::string& label) {
    const bool is_utf8 = label.empty() || is_utf8_label(label);
    if (is_utf8) {
      decoded_.encoding = "utf-8";
      return is_valid_utf8(bytes_) ? Result<void>() : decode_as_it_looks(label, {});
    }
    const Converter converter = open_converter(label);
    if (converter != nullptr) {
      decoded_.encoding = label;
      std::string converted = TRY(to_utf8(converter.get(), bytes_, size_max_));
      if (!is_wide_label(label) && is_mostly_meaningless(converted))
        return decode_as_it_looks(label, std::move(converted));
      take(std::move(converted));
      return {};
    }
    if (is_valid_utf8(bytes_)) {
      problem("The charset " + label + " is not known; the document was read as utf-8.");
      decoded_.encoding = "utf-8";
      return {};
    }
    TRY(decode_as_it_looks(label, {}));
    if (decoded_.is_converted) return {};
    return Error{ErrorKind::InvalidInput,
                 "The document is in a charset that is not known: " + label + ".",
                 "unknown_charset"};
  }

  static bool is_mostly_meaningless(std::string_view utf8) {
    constexpr std::size_t kFew = 3;
    const auto high = static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
    const std::size_t bad = meaningless_characters(utf8);
    return bad > kFew && bad * 10 > high;
  }

  void take(std::string converted) {
    decoded_.converted = std::move(converted);
    decoded_.is_converted = true;
  }

  // The label is wrong, or there is none, and it is no UTF-8. `as_labeled` is what the label gave.
  Result<void> decode_as_it_looks(const std::string& label, std::string as_labeled) {
    const bool has_utf8 = is_mostly_utf8();
    const std::string seen = has_utf8 ? std::string() : sniffed_charset(bytes_);
    const Converter converter = open_converter(seen);
    if (converter != nullptr && seen != label) {
      std::string converted = TRY(to_utf8(converter.get(), bytes_, size_max_));
      if (as_labeled.empty() ||
          meaningless_characters(converted) < meaningless_characters(as_labeled)) {
        const bool is_western_guess = seen == "iso-8859-1" || seen == "windows-1252";
        if (!(is_western_guess && as_labeled.empty())) {
          problem(label.empty()
                      ? "The document names no charset; it was read as " + seen + "."
                      : "The document is labeled " + label + ", but looks like " + seen + ".");
          decoded_.encoding = seen;
          take(std::move(converted));
        }
        return {};
      }
    }
    if (!as_labeled.empty()) take(std::move(as_labeled));
    return {};  // else what reads the document repairs it
  }

  bool is_mostly_utf8() const {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < bytes_.size();) {
      if (static_cast<unsigned char>(bytes_[at]) < 0x80) {
        ++at;
        continue;
      }
      const std::size_t first = at;
      const bool is_bad = next_code_point(bytes_, at) == 0xFFFD && at - first == 1;
      ++(is_bad ? bad : good);
    }
    return good * 2 > bad;  // of Japanese or Chinese bytes every fourth may be one by chance
  }

  std::string_view bytes_;
  const std::string_view content_type_;
  const DeclaredLabel declared_label_;
  const std::size_t size_max_;
  DecodedText decoded_;
};

}  // namespace

Result<DecodedText> decode_document(std::string_view bytes, std::string_view content_type,
                                    std::size_t size_max) {
  if (bytes.size() > size_max) return too_large();
  return Decoder(bytes, content_type, declared_label, size_max).run();
}

Result<DecodedText> decode_html(std::string_view bytes, std::string_view content_type,
                                std::size_t size_max) {
  if (bytes.size() > size_max) return too_large();
  const auto declared = [](std::string_view page) {
    std::string label = meta_label(page);
    return label.empty() ? declared_label(page) : label;
  };
  Result<DecodedText> decoded = Decoder(bytes, content_type, declared, size_max).run();
  if (decoded || decoded.error().code != "unknown_charset") return decoded;
  return Decoder(bytes, "text/html; charset=windows-1252", declared, size_max).run();
}

}  // namespace tidings::text
