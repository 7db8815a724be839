#include "text/json_repair.h"

#include <array>
#include <cstddef>

#include "core/strings.h"

namespace tidings::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kDepthMax = 256;  // deeper brackets are not tracked: no page nests so deep

class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text) { out_.reserve(text.size() + 16); }

  std::string run() {
    out_ += '[';
    while (at_ < text_.size()) step();
    while (!open_.empty()) close(open_.back());
    drop_comma();
    out_ += ']';
    return std::move(out_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (skip_comment()) return;
    switch (c) {
      case '{':
      case '[':
        begin_value();
        out_ += c;
        if (open_.size() < kDepthMax) open_ += c == '{' ? '}' : ']';
        ++at_;
        return;
      case '}':
      case ']':
        // One bracket too many ends nothing.
        if (open_.find(c) != std::string::npos) {
          while (open_.back() != c) close(open_.back());
          close(c);
        }
        ++at_;
        return;
      case ',':
        if (can_take_comma()) out_ += ',';
        ++at_;
        return;
      case ':':
        out_ += ':';
        ++at_;
        return;
      case '"':
        begin_value();
        string();
        return;
      default:
        other(c);
    }
  }

  void other(char c) {
    if (is_space(c) || static_cast<unsigned char>(c) < 0x20 || c == ';') {
      ++at_;
      return;
    }
    begin_value();
    while (at_ < text_.size() && !is_space(text_[at_]) && !ends_word(text_[at_])) {
      out_ += text_[at_++];
    }
    if (at_ < text_.size() && out_.back() == '[') ++at_;
  }

  static bool ends_word(char c) {
    return c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']' || c == '"' ||
           c == ';' || c == '/';
  }

  // "//" to the end of the line, "/*" to "*/", HTML comment and CDATA marks.
  bool skip_comment() {
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view mark : {std::string_view("<!--"), std::string_view("-->"),
                                        std::string_view("<![CDATA["), std::string_view("]]>")}) {
      if (rest.starts_with(mark)) {
        at_ += mark.size();
        return true;
      }
    }
    if (rest.starts_with("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return true;
    }
    if (rest.starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == kNone ? text_.size() : end + 2;
      return true;
    }
    if (rest.starts_with('/')) {
      ++at_;
      return true;
    }
    return false;
  }

  // A value behind a value lacks its comma.
  void begin_value() {
    const char last = out_.back();
    if (last != '[' && last != '{' && last != ',' && last != ':') out_ += ',';
  }
  bool can_take_comma() const {
    const char last = out_.back();
    return last != '[' && last != '{' && last != ',' && last != ':';
  }
  void drop_comma() {
    if (out_.back() == ',') out_.pop_back();
  }
  void close(char bracket) {
    drop_comma();
    if (out_.back() == ':') out_ += "null";
    out_ += bracket;
    open_.pop_back();
  }

  void string() {
    out_ += '"';
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && ends_string()) break;
      if (c == '\\') {
        escape();
        continue;
      }
      if (c == '"') {
        out_ += "\\\"";
      } else if (static_cast<unsigned char>(c) < 0x20) {
        out_ += ' ';
      } else {
        out_ += c;
      }
      ++at_;
    }
    out_ += '"';
    ++at_;
  }

  void escape() {
    constexpr std::string_view kKnown = "\"\\/bfnrt";
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == 'u' && is_hexadecimal(text_.substr(at_ + 2, 4))) {
      out_ += text_.substr(at_, 6);
      at_ += 6;
    } else if (next != '\0' && kKnown.find(next) != kNone) {
      out_ += text_.substr(at_, 2);
      at_ += 2;
    } else {
      ++at_;  // "\'" is "'"
    }
  }

  static bool is_hexadecimal(std::string_view digits) {
    return digits.size() == 4 && digits.find_first_not_of("0123456789abcdefABCDEF") == kNone;
  }

  // A quote ends a string where something follows that may stand behind one.
  bool ends_string() const {
    std::size_t next = at_ + 1;
    while (next < text_.size() && next - at_ < kLookAheadMax && is_space(text_[next])) ++next;
    if (next >= text_.size()) return true;
    const char c = text_[next];
    if (c == ':' || c == '}' || c == ']' || c == '/' || c == '<' || c == ';') return true;
    if (c == '"') return next > at_ + 1;  // the next string, its comma forgotten
    if (c != ',') return false;
    // He said "no", and left: what follows the comma of a list begins a value.
    std::size_t after = next + 1;
    while (after < text_.size() && after - next < kLookAheadMax && is_space(text_[after])) ++after;
    if (after >= text_.size()) return true;
    const char value = text_[after];
    return value == '"' || value == '{' || value == '[' || value == '}' || value == ']' ||
           value == '-' || value == ',' || value == '/' || is_digit(value) ||
           text_.substr(after).starts_with("true") || text_.substr(after).starts_with("false") ||
           text_.substr(after).starts_with("null");
  }

  static constexpr std::size_t kLookAheadMax = 256;

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  std::string open_;  // the brackets that would close what is open
};

}  // namespace

std::string repaired_json(std::string_view text) {
  return Repair(text).run();
}

}  // namespace tidings::text
