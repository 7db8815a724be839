#include "parse/xml_scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kAttributesMax = 64;  // more are expat's

enum Class : std::uint8_t {
  kNameStart = 1,
  kNamePart = 2,
  kBlank = 4,
  kStopsText = 8,    // '<', '&', '\r', ']', controls, and the lead byte of U+FFFE
  kStopsValue = 16,  // of an attribute: those and other white space, both quotes
  kStopsRaw = 32,    // in sections and comments: '\r', controls, that lead byte
};

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || c == '_' || c == ':') classes[c] |= kNameStart | kNamePart;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') classes[c] |= kNamePart;
    const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (is_blank) classes[c] |= kBlank;
    const bool is_odd = (c < 0x20 && c != '\t' && c != '\n') || c == 0xEF;
    if (is_odd) classes[c] |= kStopsText | kStopsValue | kStopsRaw;
    if (c == '<' || c == '&') classes[c] |= kStopsText | kStopsValue;
    if (c == ']') classes[c] |= kStopsText;
    if (c == '\t' || c == '\n' || c == '"' || c == '\'') classes[c] |= kStopsValue;
  }
  return classes;
}();

bool is(char c, std::uint8_t classes) {
  return (kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

// A character that XML knows (XML 1.0 §2.2).
bool is_xml_character(std::uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

class Scanner {
 public:
  Scanner(std::string_view text, FeedReader& reader)
      : at_(text.data()), end_(text.data() + text.size()), reader_(reader) {
    open_.reserve(32);
    attributes_.reserve(16);
    offsets_.reserve(16);
  }

  ScanOutcome run() {
    if (!take_declaration() || !take_misc()) return ScanOutcome::Doubtful;
    if (rest() < 2 || *at_ != '<' || !is(at_[1], kNameStart)) return ScanOutcome::Doubtful;
    if (!take_start_tag()) return ScanOutcome::Doubtful;
    if (reader_.stop() != FeedReader::Stop::None) return ScanOutcome::Stopped;
    while (!open_.empty()) {
      if (reader_.stop() != FeedReader::Stop::None) return ScanOutcome::Stopped;
      if (!take_content()) return ScanOutcome::Doubtful;
    }
    return take_misc() && at_ == end_ ? ScanOutcome::Complete : ScanOutcome::Doubtful;
  }

 private:
  std::size_t rest() const { return static_cast<std::size_t>(end_ - at_); }
  bool here(std::string_view expected) const {
    return rest() >= expected.size() && std::memcmp(at_, expected.data(), expected.size()) == 0;
  }
  bool take(std::string_view expected) {
    if (!here(expected)) return false;
    at_ += expected.size();
    return true;
  }
  bool skip_blanks() {
    const char* const first = at_;
    while (at_ != end_ && is(*at_, kBlank)) ++at_;
    return at_ != first;
  }
  std::string_view take_name() {
    const char* const first = at_;
    if (at_ == end_ || !is(*at_, kNameStart)) return {};
    while (at_ != end_ && is(*at_, kNamePart)) ++at_;
    return {first, static_cast<std::size_t>(at_ - first)};
  }

  // <?xml version="1.0" encoding="…"?> in its common form, or nothing.
  bool take_declaration() {
    if (!take("<?xml")) return true;
    if (!skip_blanks() || !take("version=") || !(take("\"1.0\"") || take("'1.0'"))) return false;
    skip_blanks();
    if (take("encoding=")) {
      const char quote = at_ != end_ ? *at_ : '\0';
      if (quote != '"' && quote != '\'') return false;
      ++at_;
      if (at_ == end_ || !is_alpha(*at_)) return false;
      while (at_ != end_ && is(*at_, kNamePart) && *at_ != ':') ++at_;
      if (at_ == end_ || *at_ != quote) return false;
      ++at_;
      skip_blanks();
    }
    if (take("standalone=") && !(take("\"yes\"") || take("\"no\""))) return false;
    skip_blanks();
    return take("?>");
  }

  // What may stand around the root element.
  bool take_misc() {
    while (true) {
      skip_blanks();
      if (here("<!--")) {
        if (!take_comment()) return false;
      } else if (here("<?")) {
        if (!take_instruction()) return false;
      } else {
        return true;
      }
    }
  }

  bool take_comment() {
    at_ += 4;
    const std::size_t size = std::string_view(at_, rest()).find("--");
    if (size == kNone || !is_clean({at_, size})) return false;
    at_ += size + 2;
    return take(">");
  }

  bool take_instruction() {
    at_ += 2;
    const std::string_view target = take_name();
    if (target.empty() || iequals(target, "xml") || !(skip_blanks() || here("?>"))) return false;
    const std::size_t size = std::string_view(at_, rest()).find("?>");
    if (size == kNone || !is_clean({at_, size})) return false;
    at_ += size + 2;
    return true;
  }

  // Holds characters of XML alone (carriage returns are, but need a second look elsewhere).
  static bool is_clean(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (is(text[i], kStopsRaw) && text[i] != '\r' && !is_bmp_character(text.substr(i)))
        return false;
    }
    return true;
  }

  // Not U+FFFE or U+FFFF, which UTF-8 can say and XML may not.
  static bool is_bmp_character(std::string_view text) {
    if (static_cast<unsigned char>(text[0]) != 0xEF) return false;
    return !(text.size() >= 3 && static_cast<unsigned char>(text[1]) == 0xBF &&
             static_cast<unsigned char>(text[2]) >= 0xBE);
  }

  bool take_content() {
    if (!take_text()) return false;
    if (rest() < 2) return false;
    const char next = at_[1];
    if (next == '/') return take_end_tag();
    if (is(next, kNameStart)) return take_start_tag();
    if (here("<![CDATA[")) return take_section();
    if (here("<!--")) return take_comment();
    return next == '?' && take_instruction();
  }

  // Up to the next '<'; false where it never comes.
  bool take_text() {
    const char* first = at_;
    const auto flush = [&] {
      if (at_ != first) reader_.text({first, static_cast<std::size_t>(at_ - first)});
    };
    while (at_ != end_) {
      const char c = *at_;
      if (!is(c, kStopsText)) {
        ++at_;
        continue;
      }
      if (c == '<') {
        flush();
        return true;
      }
      if (c == '&') {
        flush();
        scratch_.clear();
        if (!take_reference(scratch_)) return false;
        reader_.text(scratch_);
        first = at_;
      } else if (c == '\r') {
        flush();
        take_line_end();
        first = at_;
      } else if (c == ']') {
        if (here("]]>")) return false;
        ++at_;
      } else {
        if (!is_bmp_character({at_, rest()})) return false;
        ++at_;
      }
    }
    return false;
  }

  // "\r\n" and "\r" are "\n" (XML 1.0 §2.11).
  void take_line_end() {
    ++at_;
    if (at_ != end_ && *at_ == '\n') ++at_;
    reader_.text("\n");
  }

  // The five entities of XML, and numbers of its characters.
  bool take_reference(std::string& out) {
    ++at_;
    if (take("lt;")) return out += '<', true;
    if (take("gt;")) return out += '>', true;
    if (take("amp;")) return out += '&', true;
    if (take("quot;")) return out += '"', true;
    if (take("apos;")) return out += '\'', true;
    if (!take("#")) return false;
    const bool is_hex = take("x");
    std::uint32_t number = 0;
    const char* const first = at_;
    for (; at_ != end_ && *at_ != ';'; ++at_) {
      const char c = is_hex ? to_lower(*at_) : *at_;
      const bool is_letter = is_hex && c >= 'a' && c <= 'f';
      if (!is_digit(c) && !is_letter) return false;
      number = number * (is_hex ? 16 : 10) +
               static_cast<std::uint32_t>(is_letter ? c - 'a' + 10 : c - '0');
      if (number > 0x10FFFF) return false;
    }
    if (at_ == end_ || at_ == first || !is_xml_character(number)) return false;
    ++at_;
    append_utf8(out, static_cast<char32_t>(number));
    return true;
  }

  bool take_section() {
    at_ += 9;
    const std::size_t size = std::string_view(at_, rest()).find("]]>");
    if (size == kNone) return false;
    const char* const last = at_ + size;
    const char* first = at_;
    while (at_ != last) {
      if (!is(*at_, kStopsRaw)) {
        ++at_;
      } else if (*at_ == '\r') {
        if (at_ != first) reader_.text({first, static_cast<std::size_t>(at_ - first)});
        take_line_end();
        first = at_;
      } else {
        if (!is_bmp_character({at_, rest()})) return false;
        ++at_;
      }
    }
    if (at_ != first) reader_.text({first, static_cast<std::size_t>(at_ - first)});
    at_ = last + 3;
    return true;
  }

  bool take_end_tag() {
    const std::string_view name = open_.back();
    at_ += 2;
    if (!take(name)) return false;
    skip_blanks();
    if (!take(">")) return false;
    reader_.end(name);
    open_.pop_back();
    return true;
  }

  bool take_start_tag() {
    ++at_;
    const std::string_view name = take_name();
    attributes_.clear();
    offsets_.clear();
    scratch_.clear();
    while (true) {
      const bool has_blank = skip_blanks();
      if (at_ == end_) return false;
      if (*at_ == '>' || *at_ == '/') break;
      if (!has_blank || !take_attribute()) return false;
    }
    // Values that had to be decoded stand in the scratch, which may have moved while it grew.
    for (const auto& [index, offset, size] : offsets_)
      attributes_[index].value = std::string_view(scratch_).substr(offset, size);
    const bool is_empty = *at_ == '/';
    ++at_;
    if (is_empty && !take(">")) return false;
    reader_.start(name, Attributes(attributes_));
    if (is_empty) {
      reader_.end(name);
    } else {
      open_.push_back(name);
    }
    return true;
  }

  bool take_attribute() {
    const std::string_view name = take_name();
    if (name.empty() || attributes_.size() >= kAttributesMax) return false;
    for (const Attribute& other : attributes_) {
      if (other.name == name) return false;
    }
    skip_blanks();
    if (!take("=")) return false;
    skip_blanks();
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return false;
    const char quote = *at_++;
    const char* const first = at_;
    while (at_ != end_ && !is(*at_, kStopsValue)) ++at_;
    if (at_ == end_) return false;
    if (*at_ == quote) {
      attributes_.push_back({name, {first, static_cast<std::size_t>(at_ - first)}});
      ++at_;
      return true;
    }
    return take_decoded_value(name, quote, first);
  }

  // White space becomes blanks, references what they stand for (XML 1.0 §3.3.3).
  bool take_decoded_value(std::string_view name, char quote, const char* first) {
    const std::size_t offset = scratch_.size();
    scratch_.append(first, at_);
    while (at_ != end_ && *at_ != quote) {
      const char c = *at_;
      if (c == '<') return false;
      if (c == '&') {
        if (!take_reference(scratch_)) return false;
        continue;
      }
      ++at_;
      if (c == '\r' && at_ != end_ && *at_ == '\n') ++at_;
      if (c == '\t' || c == '\n' || c == '\r') {
        scratch_ += ' ';
        continue;
      }
      if (is(c, kStopsRaw) && !is_bmp_character({at_ - 1, rest() + 1})) return false;
      scratch_ += c;
    }
    if (at_ == end_) return false;
    ++at_;
    offsets_.push_back({attributes_.size(), offset, scratch_.size() - offset});
    attributes_.push_back({name, {}});
    return true;
  }

  struct Decoded {
    std::size_t index, offset, size;
  };

  const char* at_;
  const char* const end_;
  FeedReader& reader_;
  std::vector<std::string_view> open_;
  std::vector<Attribute> attributes_;
  std::vector<Decoded> offsets_;
  std::string scratch_;
};

}  // namespace

ScanOutcome scan_xml(std::string_view utf8, FeedReader& reader) {
  if (!is_valid_utf8(utf8)) return ScanOutcome::Doubtful;
  return Scanner(utf8, reader).run();
}

}  // namespace tidings::parse
