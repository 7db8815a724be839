// FeedReader: what the characters of an element mean, by the kind of text that it holds.
#include <algorithm>
#include <array>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/base64.h"
#include "parse/feed_reader.h"
#include "parse/person.h"
#include "parse/problems.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

bool is_markup_type(std::string_view type) {
  return iequals(type, "xhtml") || iequals(type, "application/xhtml+xml") ||
         type.ends_with("+xml") || type.ends_with("/xml");
}

bool is_text_type(std::string_view type) {
  return type.empty() || iequals(type, "text") || istarts_with(type, "text/");
}

// Some publishers escape the marks of a CDATA section together with what it holds.
std::string_view without_cdata_marks(std::string_view text) {
  constexpr std::string_view kBegin = "<![CDATA[", kEnd = "]]>";
  const std::string_view trimmed = trim(text);
  if (!trimmed.starts_with(kBegin)) return text;
  const std::string_view inside = trimmed.substr(kBegin.size());
  return inside.ends_with(kEnd) ? inside.substr(0, inside.size() - kEnd.size()) : inside;
}

// "R&amp;D" after all was decoded: some publishers escape once too often. Angle brackets stay as
// they are: a title may speak of markup.
bool is_escaped_again(std::string_view plain) {
  const std::size_t at = plain.find('&');
  if (at == std::string_view::npos) return false;
  const std::string_view rest = plain.substr(at);
  for (const std::string_view entity : {"&amp;", "&quot;", "&#39;", "&apos;", "&nbsp;", "&#8217;",
                                        "&rsquo;", "&#8211;", "&ndash;", "&hellip;", "&#160;"}) {
    if (rest.find(entity) != std::string_view::npos)
      return rest.find("&lt;") == std::string_view::npos;
  }
  return false;
}

}  // namespace

// RFC 4287 §3.1.1 and §4.1.3.3; for 0.3 the mode says how the text was put into XML.
TextKind FeedReader::text_kind(Name name, Attributes attributes) const {
  if (name.space == Namespace::Xhtml) return TextKind::Xhtml;
  if (name.space != Namespace::Atom || name.tag == Tag::Description) return TextKind::Html;
  const std::string_view type = trim(attributes.get("type"));
  const std::string_view mode = attributes.get("mode");
  if (mode == "base64") return TextKind::Base64;
  if (iequals(type, "html") || istarts_with(type, "text/html")) {
    return is_old_atom_ && mode == "xml" ? TextKind::Xhtml : TextKind::Html;
  }
  if (is_markup_type(type)) return mode == "escaped" ? TextKind::Html : TextKind::Xhtml;
  if (is_text_type(type)) return TextKind::Plain;
  return name.tag == Tag::Content || type == "application/octet-stream" ? TextKind::Base64
                                                                        : TextKind::Plain;
}

void FeedReader::decode_base64_leaf() {
  leaf_.kind = TextKind::Html;
  std::string decoded = decode_base64(text_);
  if (decoded.empty() && !trim(text_).empty())
    return;  // it was not base64: a person reads it as it stands
  const bool is_text = is_valid_utf8(decoded) && decoded.find('\0') == std::string::npos;
  text_ = is_text ? std::move(decoded) : std::string();
}

std::string FeedReader::limited(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return std::string(text);
  problem("A text was longer than its limit and was cut.");
  return std::string(utf8_prefix(text, size_max));
}

std::string_view FeedReader::leaf_bare() {
  const std::string_view text = trim(text_);
  if (text.size() <= limits_.text_bytes_max) return text;
  problem("A text was longer than its limit and was cut.");
  return utf8_prefix(text, limits_.text_bytes_max);
}

std::string FeedReader::leaf_plain() {
  if (leaf_.kind == TextKind::Base64) decode_base64_leaf();
  const bool is_html = leaf_.kind != TextKind::Plain;
  std::string plain =
      is_html ? text::plain_text(without_cdata_marks(text_)) : text::collapsed(text_);
  if (is_html && document_.format != FeedFormat::Atom && is_escaped_again(plain))
    plain = text::collapsed(text::decode_entities(plain));
  if (plain.size() <= limits_.text_bytes_max) return plain;
  return limited(plain, limits_.text_bytes_max);
}

std::string FeedReader::leaf_html() {
  if (leaf_.kind == TextKind::Base64) decode_base64_leaf();
  const std::string_view trimmed = trim(without_cdata_marks(text_));
  if (leaf_.kind == TextKind::Plain) return text::escape_html(trimmed);
  return std::string(trimmed);
}

// "Jo <jo@example.org>" is no markup.
Person FeedReader::leaf_person() {
  const std::size_t open = text_.find('<');
  const std::size_t close = open == std::string::npos ? open : text_.find('>', open);
  if (close != std::string::npos) {
    const std::string_view inside = std::string_view(text_).substr(open + 1, close - open - 1);
    if (inside.find('@') != std::string_view::npos && inside.find(' ') == std::string_view::npos) {
      return parse_person(leaf_bare());
    }
  }
  return parse_person(leaf_plain());
}

std::string_view FeedReader::base() const {
  if (!bases_.empty()) return bases_.back();
  if (!url_.empty()) return url_;
  return document_.feed.url;
}

std::string FeedReader::resolved(std::string_view address) {
  return addresses_.resolved(base(), address);
}

void FeedReader::problem(std::string sentence) {
  add_problem(document_.problems, std::move(sentence));
}

}  // namespace tidings::parse
