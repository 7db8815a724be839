#include "normalize/html_fast.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"
#include "normalize/html_elements.h"
#include "normalize/html_writer.h"
#include "text/html_entities.h"

namespace tidings::normalize {
namespace {

constexpr std::size_t kDepthMax = 60;  // well below where the writer begins to unwrap
constexpr std::size_t kAttributesMax = 32;
constexpr std::size_t kEntityNameBytesMax = 31;  // "CounterClockwiseContourIntegral"

bool is_name_character(char c) {
  return is_alpha(c) || is_digit(c);
}
bool is_attribute_name_character(char c) {
  return is_name_character(c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '@';
}
bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

bool is_table_part(Syntax syntax) {
  return syntax == Syntax::Table || syntax == Syntax::TableSection || syntax == Syntax::TableRow;
}

// Elements whose end tag may be left out before the end of what is around them.
bool may_end_silently(Syntax syntax) {
  return syntax == Syntax::Paragraph || syntax == Syntax::ListItem ||
         syntax == Syntax::DescriptionItem;
}

const Element& tbody() {
  static const Element& element = *find_element("tbody");
  return element;
}

// Every function that returns a bool returns false where the tree might differ from what is
// written.
class OnePassReader {
 public:
  OnePassReader(std::string_view html, std::string_view base_url) : html_(html), writer_(base_url) {
    open_.reserve(kDepthMax);
  }

  bool read() {
    while (at_ < html_.size()) {
      if (!(html_[at_] == '<' ? read_markup() : read_text())) return false;
    }
    return true;
  }

  SanitizedHtml finish() { return writer_.finish(); }

 private:
  // --- where we are

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0';
  }
  Syntax top() const { return open_.empty() ? Syntax::Block : open_.back()->syntax; }
  bool top_is(std::string_view name) const { return !open_.empty() && open_.back()->name == name; }

  // Text and most elements would be moved out of a table ("foster parenting").
  bool is_in_flow() const { return !is_table_part(top()); }

  bool is_open_in_cell(const Element& element) const {
    for (auto open = open_.rbegin(); open != open_.rend() && (*open)->syntax != Syntax::TableCell;
         ++open) {
      if (*open == &element) return true;
    }
    return false;
  }

  bool has_open_paragraph() const {
    for (auto open = open_.rbegin(); open != open_.rend() && (*open)->syntax != Syntax::TableCell;
         ++open) {
      if ((*open)->syntax == Syntax::Paragraph) return true;
    }
    return false;
  }

  bool push(const Element& element) {
    if (open_.size() >= kDepthMax) return false;
    writer_.open(element, attributes());
    open_.push_back(&element);
    return true;
  }

  void pop() {
    writer_.close();
    open_.pop_back();
  }

  // --- text

  bool read_text() {
    const std::size_t end = std::min(html_.find('<', at_), html_.size());
    std::string_view text = html_.substr(at_, end - at_);
    if (!is_in_flow() && !std::all_of(text.begin(), text.end(), is_blank)) return false;
    at_ = end;
    while (true) {
      const std::size_t ampersand = text.find('&');
      writer_.text(text.substr(0, ampersand));
      if (ampersand == std::string_view::npos) return true;
      text.remove_prefix(ampersand);
      decoded_.clear();
      if (!take_reference(text, decoded_, Place::Text)) return false;
      writer_.text(decoded_);
    }
  }

  enum class Place { Text, AttributeValue };

  // Takes the character reference, or the plain '&', that `text` begins with.
  static bool take_reference(std::string_view& text, std::string& out, Place place) {
    if (text.size() > 1 && text[1] == '#') return take_numeric_reference(text, out);
    std::size_t end = 1;
    while (end < text.size() && is_name_character(text[end])) ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (name.size() <= kEntityNameBytesMax && end < text.size() && text[end] == ';') {
      const std::string_view named = text::named_entity(name);
      if (named.starts_with('\n') || named.starts_with('\t')) return false;
      if (!named.empty()) {
        out += named;
        text.remove_prefix(end + 1);
        return true;
      }
    }
    if (may_be_legacy_reference(name, end < text.size() ? text[end] : '\0', place)) return false;
    out += text.substr(0, end);
    text.remove_prefix(end);
    return true;
  }

  // "&copy" and "&copyright": names from before semicolons were asked for. In attributes they must
  // end there.
  static bool may_be_legacy_reference(std::string_view name, char next, Place place) {
    constexpr std::size_t kLegacyBytesMin = 2, kLegacyBytesMax = 6;
    if (place == Place::AttributeValue) {
      return next != '=' && name.size() <= kLegacyBytesMax && !text::named_entity(name).empty();
    }
    for (std::size_t size = kLegacyBytesMin; size <= std::min(name.size(), kLegacyBytesMax);
         ++size) {
      if (!text::named_entity(name.substr(0, size)).empty()) return true;
    }
    return false;
  }

  static bool take_numeric_reference(std::string_view& text, std::string& out) {
    const bool is_hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const char* begin = text.data() + (is_hexadecimal ? 3 : 2);
    const char* const end = text.data() + text.size();
    std::uint32_t value = 0;
    if (begin >= end) return false;
    const auto [after, error] = std::from_chars(begin, end, value, is_hexadecimal ? 16 : 10);
    if (error != std::errc() || after == end || *after != ';') return false;
    // Controls, surrogates and what is no character have rules of their own.
    const bool is_plain = (value >= 0x20 && value < 0x7F) || (value >= 0xA0 && value < 0xD800) ||
                          (value >= 0xE000 && value < 0xFDD0) ||
                          (value >= 0x1F000 && value < 0x1FFF0);
    if (!is_plain) return false;
    append_utf8(out, value);
    text.remove_prefix(static_cast<std::size_t>(after + 1 - text.data()));
    return true;
  }

  // --- tags

  bool read_markup() {
    if (peek(1) == '/') return read_end_tag();
    if (is_alpha(peek(1))) return read_start_tag();
    return html_.substr(at_, 4) == "<!--" && skip_comment();
  }

  bool skip_comment() {
    at_ += 4;
    if (peek() == '>' || peek() == '-') return false;  // "<!-->"
    const std::size_t end = html_.find("--", at_);
    if (end == std::string_view::npos || html_.substr(end, 3) != "-->") return false;
    at_ = end + 3;
    return true;
  }

  // nullptr when it is not an element of the table.
  const Element* read_name() {
    std::array<char, 12> lower;
    std::size_t size = 0;
    for (; is_name_character(peek()); ++at_) {
      if (size == lower.size()) return nullptr;
      lower[size++] = to_lower(peek());
    }
    return find_element({lower.data(), size});
  }

  bool read_start_tag() {
    ++at_;
    const Element* element = read_name();
    if (element == nullptr || !read_attributes()) return false;
    switch (element->syntax) {
      case Syntax::Phrasing:
        return is_in_flow() && push(*element);
      case Syntax::Formatting:
        return is_in_flow() && !is_open_in_cell(*element) && push(*element);
      case Syntax::Block:
      case Syntax::Paragraph:
        return is_in_flow() && end_paragraph() && push(*element);
      case Syntax::Heading:
        return is_in_flow() && end_paragraph() && top() != Syntax::Heading && push(*element);
      case Syntax::Preformatted:
        return is_in_flow() && end_paragraph() && push(*element) && skip_newline();
      case Syntax::ListItem:
        return begin_item(*element, top_is("ul") || top_is("ol"));
      case Syntax::DescriptionItem:
        return begin_item(*element, top_is("dl"));
      case Syntax::VoidInline:
        return is_in_flow() && write_void(*element);
      case Syntax::VoidBlock:
        return is_in_flow() && end_paragraph() && write_void(*element);
      case Syntax::RawText:
        return is_in_flow() && skip_raw_text(*element);
      case Syntax::Table:
        return is_in_flow() && !has_open_paragraph() && push(*element);
      case Syntax::TableSection:
        return begin_table_section(*element);
      case Syntax::TableRow:
        return begin_table_row(*element);
      case Syntax::TableCell:
        return top() == Syntax::TableRow && push(*element);
      case Syntax::Intricate:
        return false;
    }
    return false;
  }

  // A block ends the paragraph before it. Where something else is open inside the paragraph, it is
  // not that simple.
  bool end_paragraph() {
    if (top() == Syntax::Paragraph) pop();
    return !has_open_paragraph();
  }

  bool begin_item(const Element& element, bool is_in_list) {
    if (top() == element.syntax) {
      pop();
    } else if (!is_in_list) {
      return false;
    }
    return !has_open_paragraph() && push(element);
  }

  bool begin_table_section(const Element& element) {
    if (top() == Syntax::TableSection) pop();
    return top() == Syntax::Table && push(element);
  }

  bool begin_table_row(const Element& element) {
    if (top() == Syntax::Table) {  // a row without a section gets one
      writer_.open(tbody(), {});
      open_.push_back(&tbody());
    }
    return top() == Syntax::TableSection && push(element);
  }

  bool write_void(const Element& element) {
    writer_.open(element, attributes());
    return true;
  }

  bool skip_newline() {
    if (peek() == '\n') ++at_;
    return true;
  }

  // To behind "</script>", if there is no doubt about which one ends it.
  bool skip_raw_text(const Element& element) {
    writer_.open(element, attributes());
    const std::size_t begin = at_;
    do {
      at_ = html_.find("</", at_);
      if (at_ == std::string_view::npos) return false;
      at_ += 2;
    } while (!istarts_with(html_.substr(at_), element.name));
    if (html_.substr(begin, at_ - begin).find("<!--") != std::string_view::npos) return false;
    at_ += element.name.size();
    if (peek() != '>') return false;
    ++at_;
    writer_.close();
    return true;
  }

  bool read_end_tag() {
    at_ += 2;
    const Element* element = read_name();
    while (is_blank(peek())) ++at_;
    if (element == nullptr || peek() != '>') return false;
    ++at_;
    switch (element->syntax) {
      case Syntax::Block:
      case Syntax::ListItem:
      case Syntax::DescriptionItem:
      case Syntax::TableCell:
        while (!open_.empty() && open_.back() != element && may_end_silently(top())) pop();
        break;
      case Syntax::Table:
        if (top() == Syntax::TableRow) pop();
        if (top() == Syntax::TableSection) pop();
        break;
      default:
        break;
    }
    if (open_.empty() || open_.back() != element) return false;
    pop();
    return true;
  }

  // --- attributes

  std::span<const Attribute> attributes() const { return {attributes_.data(), attribute_count_}; }

  // To behind the '>'.
  bool read_attributes() {
    attribute_count_ = 0;
    while (true) {
      if (peek() == '>') break;
      if (peek() == '/') {
        if (peek(1) != '>') return false;
        ++at_;
        break;
      }
      if (!is_blank(peek())) return false;
      while (is_blank(peek())) ++at_;
      if (peek() == '>' || peek() == '/') continue;
      if (!read_attribute()) return false;
    }
    ++at_;
    return true;
  }

  bool read_attribute() {
    if (attribute_count_ == kAttributesMax) return false;
    const std::size_t begin = at_;
    bool has_upper = false;
    for (; is_attribute_name_character(peek()); ++at_)
      has_upper = has_upper || to_lower(peek()) != peek();
    if (at_ == begin) return false;
    std::string_view name = html_.substr(begin, at_ - begin);
    if (has_upper) {
      names_[attribute_count_] = to_lower(name);
      name = names_[attribute_count_];
    }
    std::string_view value;
    if (peek() == '=') {
      ++at_;
      if (!read_value(value)) return false;
    } else if (is_blank(peek())) {
      std::size_t next = at_;
      while (next < html_.size() && is_blank(html_[next])) ++next;
      if (next < html_.size() && html_[next] == '=') return false;
    }
    attributes_[attribute_count_++] = {name, value};
    return true;
  }

  bool read_value(std::string_view& value) {
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      const std::size_t end = html_.find(quote, at_ + 1);
      if (end == std::string_view::npos) return false;
      value = html_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      return decode_value(value);
    }
    const std::size_t begin = at_;
    for (; at_ < html_.size() && !is_blank(peek()) && peek() != '>'; ++at_) {
      if (std::string_view("\"'<=`&").find(peek()) != std::string_view::npos) return false;
    }
    value = html_.substr(begin, at_ - begin);
    return !value.empty();
  }

  bool decode_value(std::string_view& value) {
    std::size_t ampersand = value.find('&');
    if (ampersand == std::string_view::npos) return true;
    std::string& decoded = values_[attribute_count_];
    decoded.clear();
    std::string_view rest = value;
    while (ampersand != std::string_view::npos) {
      decoded.append(rest, 0, ampersand);
      rest.remove_prefix(ampersand);
      if (!take_reference(rest, decoded, Place::AttributeValue)) return false;
      ampersand = rest.find('&');
    }
    decoded.append(rest);
    value = decoded;
    return true;
  }

  std::string_view html_;
  std::size_t at_ = 0;
  SafeHtmlWriter writer_;
  std::vector<const Element*> open_;
  std::string decoded_;

  // Names and values point into the input, or into the strings beside them where they had to be
  // changed.
  std::array<Attribute, kAttributesMax> attributes_;
  std::array<std::string, kAttributesMax> names_, values_;
  std::size_t attribute_count_ = 0;
};

}  // namespace

std::optional<SanitizedHtml> sanitize_in_one_pass(std::string_view html,
                                                  std::string_view base_url) {
  OnePassReader reader(html, base_url);
  if (!reader.read()) return std::nullopt;
  return reader.finish();
}

}  // namespace tidings::normalize
