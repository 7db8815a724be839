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

bool is_pointless_end(Syntax syntax) {
  return syntax == Syntax::Phrasing || syntax == Syntax::Formatting || syntax == Syntax::Block ||
         syntax == Syntax::ListItem || syntax == Syntax::DescriptionItem ||
         syntax == Syntax::VoidInline || syntax == Syntax::VoidBlock;
}

// What a parser adds around rows and cells that stand alone.
const Element& table_body() {
  static const Element& element = *find_element("tbody");
  return element;
}
const Element& table_row() {
  static const Element& element = *find_element("tr");
  return element;
}

// Every function that returns a bool returns false where the tree might differ from what is
// written.
class OnePassReader {
 public:
  OnePassReader(std::string_view html, std::string_view base_url)
      : html_(html), writer_(base_url, html.size()) {
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
  struct Open {
    const Element* element;
    std::string_view name;  // lower case
  };

  // --- where we are

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0';
  }
  Syntax top() const { return open_.empty() ? Syntax::Block : open_.back().element->syntax; }
  bool top_is(std::string_view name) const { return !open_.empty() && open_.back().name == name; }

  static bool is_cell(const Open& open) { return open.element->syntax == Syntax::TableCell; }

  // Text and most elements would be moved out of a table ("foster parenting").
  bool is_in_flow() const { return !is_table_part(top()); }

  // Since the last table cell: what is outside of it has no part in what is inside.
  std::size_t count_in_cell(std::string_view name) const {
    std::size_t count = 0;
    for (auto open = open_.rbegin(); open != open_.rend() && !is_cell(*open); ++open) {
      count += open->name == name ? 1 : 0;
    }
    return count;
  }

  bool has_open_paragraph() const { return count_in_cell("p") > 0; }

  // To gumbo all elements that it does not know are one.
  bool has_unknown_open() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& open) {
      return open.element == &kUnknownElement || open.name == "picture";
    });
  }

  // A heading right in another ends it, and what stands between the two may not be written.
  bool has_open_heading() const {
    for (auto open = open_.rbegin(); open != open_.rend() && !is_cell(*open); ++open) {
      if (open->element->syntax == Syntax::Heading) return true;
    }
    return false;
  }

  bool is_open(std::string_view name) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Open& open) { return open.name == name; });
  }

  // Of two links within each other the first ends early; of four alike in one another the first is
  // forgotten.
  bool may_nest(const Element& element) const {
    constexpr std::size_t kAlikeMax = 2;
    return count_in_cell(element.name) <= (element.role == Role::Link ? 0 : kAlikeMax);
  }

  bool push(const Element& element) { return push(element, element.name, attributes()); }

  bool push(const Element& element, std::string_view name, std::span<const Attribute> attributes) {
    if (open_.size() >= kDepthMax) return false;
    writer_.open(element, attributes);
    open_.push_back({&element, name});
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
                          (value >= 0xFDF0 && value <= 0x10FFFF);
    if ((value & 0xFFFE) == 0xFFFE) return false;
    if (!is_plain) return false;
    append_utf8(out, value);
    text.remove_prefix(static_cast<std::size_t>(after + 1 - text.data()));
    return true;
  }

  // --- tags

  bool read_markup() {
    if (peek(1) == '/') return read_end_tag();
    if (is_alpha(peek(1))) return read_start_tag();
    if (html_.substr(at_, 4) == "<!--") return skip_comment();
    return (peek(1) == '!' || peek(1) == '?') && skip_declaration();
  }

  // Doctypes, CDATA sections and processing instructions mean nothing here and end at the first
  // '>'.
  bool skip_declaration() {
    at_ = html_.find('>', at_);
    if (at_ == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  bool skip_comment() {
    at_ += 4;
    if (html_.substr(at_, 3) != "-->" && (peek() == '>' || peek() == '-')) return false;  // "<!-->"
    const std::size_t end = html_.find("--", at_);
    if (end == std::string_view::npos || html_.substr(end, 3) != "-->") return false;
    at_ = end + 3;
    return true;
  }

  // Empty when the name is too long or has other characters than letters, digits and dashes.
  std::string_view read_name() {
    std::size_t size = 0;
    for (; is_name_character(peek()) || peek() == '-' || peek() == ':'; ++at_) {
      if (size == name_.size()) return {};
      name_[size++] = to_lower(peek());
    }
    const bool ends = is_blank(peek()) || peek() == '/' || peek() == '>';
    return ends ? std::string_view(name_.data(), size) : std::string_view();
  }

  bool read_start_tag() {
    const std::size_t begin = ++at_;
    const std::string_view name = read_name();
    const std::size_t end = at_;
    if (name.empty() || !read_attributes()) return false;
    if (const Element* element = find_element(name)) return begin_element(*element);
    if (is_page_frame(name)) return open_.empty();
    // Of unknown elements only those are sure to be unknown to every parser that have a dash or a
    // colon.
    const std::string_view written = html_.substr(begin, end - begin);
    return written == name && is_custom(name) && is_in_flow() && push(kUnknownElement, written, {});
  }

  // Whole pages in place of a fragment: these tags are passed over.
  static bool is_page_frame(std::string_view name) {
    return name == "html" || name == "head" || name == "body";
  }
  static bool is_custom(std::string_view name) {
    return name.find_first_of("-:") != std::string_view::npos;
  }

  bool begin_element(const Element& element) {
    switch (element.syntax) {
      case Syntax::Phrasing:
        return is_in_flow() && push(element);
      case Syntax::Formatting:
        return is_in_flow() && may_nest(element) && push(element);
      case Syntax::Block:
      case Syntax::Paragraph:
        return is_in_flow() && end_paragraph() && push(element);
      case Syntax::Heading:
        return is_in_flow() && end_paragraph() && !has_open_heading() && push(element);
      case Syntax::Preformatted:
        return is_in_flow() && end_paragraph() && push(element) && skip_newline();
      case Syntax::ListItem:
        return begin_item(element, top_is("ul") || top_is("ol"));
      case Syntax::DescriptionItem:
        return begin_item(element, top_is("dl"));
      case Syntax::VoidInline:
        return is_in_flow() && write_void(element);
      case Syntax::VoidBlock:
        return is_in_flow() && end_paragraph() && write_void(element);
      case Syntax::RawText:
        return is_in_flow() && skip_raw_text(element);
      case Syntax::Table:
        return is_in_flow() && !has_open_paragraph() && push(element);
      case Syntax::TableSection:
        return begin_table_section(element);
      case Syntax::TableRow:
        return begin_table_row(element);
      case Syntax::TableCell:
        return begin_table_cell(element);
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

  // A cell ends with the next one, with its row and with its table.
  void end_cell() {
    std::size_t silent = open_.size();
    while (silent > 0 && may_end_silently(open_[silent - 1].element->syntax)) --silent;
    if (silent == 0 || !is_cell(open_[silent - 1])) return;
    while (open_.size() >= silent) pop();
  }

  void end_row() {
    end_cell();
    if (top() == Syntax::TableRow) pop();
  }

  void end_section() {
    end_row();
    if (top() == Syntax::TableSection) pop();
  }

  bool begin_table_section(const Element& element) {
    end_section();
    return top() == Syntax::Table && push(element);
  }

  bool begin_table_row(const Element& element) {
    end_row();
    if (top() == Syntax::Table && !push(table_body(), "tbody", {})) return false;
    return top() == Syntax::TableSection && push(element);
  }

  bool begin_table_cell(const Element& element) {
    end_cell();
    if (top() == Syntax::Table && !push(table_body(), "tbody", {})) return false;
    if (top() == Syntax::TableSection && !push(table_row(), "tr", {})) return false;
    return top() == Syntax::TableRow && push(element);
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
    const std::string_view name = read_name();
    while (is_blank(peek())) ++at_;
    if (name.empty() || peek() != '>') return false;
    ++at_;
    const Element* element = find_element(name);
    if (element == nullptr) return end_unknown(name);
    switch (element->syntax) {
      case Syntax::Block:
      case Syntax::ListItem:
      case Syntax::DescriptionItem:
      case Syntax::TableCell:
        if (is_open(name)) end_silent_ones(name);
        break;
      case Syntax::Paragraph:
        if (!has_open_paragraph()) return write_empty_paragraph(*element);
        break;
      case Syntax::TableRow:
        end_cell();
        break;
      case Syntax::TableSection:
        end_row();
        break;
      case Syntax::Table:
        end_section();
        break;
      default:
        break;
    }
    if (top_is(name)) {
      pop();
      return true;
    }
    // An end without a beginning is passed over; "</br>" is not.
    return is_pointless_end(element->syntax) && name != "br" && is_in_flow() && !is_open(name) &&
           !has_unknown_open();
  }

  void end_silent_ones(std::string_view name) {
    while (may_end_silently(top()) && !open_.empty() && !top_is(name)) pop();
  }

  bool end_unknown(std::string_view name) {
    if (is_page_frame(name)) return open_.empty();
    if (!is_custom(name) || !top_is(name)) return false;
    pop();
    return true;
  }

  // What HTML makes of a "</p>" that ends nothing.
  bool write_empty_paragraph(const Element& paragraph) {
    if (!is_in_flow()) return false;
    writer_.open(paragraph, {});
    writer_.close();
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
  std::vector<Open> open_;
  std::array<char, 24> name_;
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
