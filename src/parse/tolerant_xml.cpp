#include "parse/tolerant_xml.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_entities.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kAttributesMax = 64;
constexpr std::size_t kRootSearchBytes = 65'536;
constexpr std::size_t kQuotedMax = 65'536;  // one value; each search for its end stops there

// Elements that hold text alone, and elements that stand beside them: one that begins inside such a
// text means that its end tag is missing.
constexpr std::array<std::string_view, 12> kTextElements = {
    "title",    "link",       "guid",    "pubDate", "author",  "category",
    "comments", "dc:creator", "dc:date", "id",      "updated", "published"};
constexpr std::array<std::string_view, 25> kSiblings = {
    "title",           "link",     "guid",       "pubDate",     "author",
    "category",        "comments", "dc:creator", "dc:date",     "summary",
    "content",         "updated",  "published",  "description", "enclosure",
    "content:encoded", "id",       "entry",      "item",        "subtitle",
    "generator",       "rights",   "icon",       "logo",        "language"};

// Elements that hold markup, and those that no markup knows.
constexpr std::array<std::string_view, 4> kMarkupElements = {"description", "content:encoded",
                                                             "summary", "content"};
constexpr std::array<std::string_view, 11> kForeign = {
    "guid",      "pubDate",  "dc:creator", "dc:date",     "content:encoded", "enclosure",
    "published", "category", "comments",   "description", "updated"};

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name_start(char c) {
  return is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) {
  return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
}

struct OwnedAttribute {
  std::string name, value;
  explicit operator Attribute() const { return {name, value}; }
};

class TolerantParser {
 public:
  TolerantParser(std::string_view text, FeedReader& reader) : text_(text), reader_(reader) {}

  void run() {
    // Warnings of a script, blank lines and the like stand before many a feed.
    if (const std::size_t root = find_feed_root(text_); root != kNone) at_ = root;
    while (at_ < text_.size() && reader_.stop() == FeedReader::Stop::None) {
      const std::size_t tag = text_.find('<', at_);
      add_text(text_.substr(at_, tag == kNone ? kNone : tag - at_));
      if (tag == kNone) return;
      at_ = tag;
      read_markup();
    }
  }

 private:
  bool here(std::string_view expected) const {
    return text_.substr(at_, expected.size()) == expected;
  }

  // Moves behind the next `end`; to the end of the document when there is none.
  void skip_past(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    at_ = found == kNone ? text_.size() : found + end.size();
  }

  void read_markup() {
    if (const std::size_t size = cdata_begin_size(); size != 0) return read_cdata(size);
    if (here("<!--")) return read_comment();
    if (here("<!DOCTYPE") || here("<!doctype")) return skip_doctype();
    if (here("<?")) return skip_past(">");
    const std::string_view rest = text_.substr(at_);
    if (rest == "<" || rest == "</") return skip_past("\n");  // the document was cut here
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == '/' && at_ + 2 < text_.size() && is_name_start(text_[at_ + 2]))
      return read_end_tag();
    if (is_name_start(next)) return read_start_tag();
    add_raw("<");
    ++at_;
  }

  void read_comment() {
    const std::size_t end = has_comment_end_ ? text_.find("-->", at_ + 4) : kNone;
    has_comment_end_ = end != kNone;
    at_ = end == kNone ? at_ + 4 : end + 3;
  }

  void skip_doctype() {
    int brackets = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '[') ++brackets;
      if (text_[at_] == ']') --brackets;
      if (text_[at_] == '>' && brackets <= 0) break;
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  // "<![CDATA[", in any letter case and with blanks where none may be; 0 for anything else.
  std::size_t cdata_begin_size() const {
    if (here("<![CDATA[")) return 9;
    if (!here("<!")) return 0;
    const std::size_t bracket = text_.find_first_not_of(" \t\r\n", at_ + 2);
    if (bracket == kNone || bracket > at_ + 8 || text_[bracket] != '[') return 0;
    return istarts_with(text_.substr(bracket), "[cdata[") ? bracket + 7 - at_ : 0;
  }

  // A section that never ends stops at the end tag of its element, else where the next one begins.
  void read_cdata(std::size_t begin_size) {
    at_ += begin_size;
    const std::size_t next = has_cdata_ ? text_.find("<![CDATA[", at_) : kNone;
    has_cdata_ = next != kNone;
    const std::size_t limit = std::min(next, text_.size());
    const std::string_view reach = text_.substr(at_, limit - at_);
    std::size_t size = reach.find("]]>");
    std::size_t skipped = 3;
    if (size == kNone) {
      skipped = 0;
      size = open_.empty() ? kNone : reach.find("</" + open_.back());
      if (size == kNone) size = reach.size();
    }
    add_raw(reach.substr(0, size));
    at_ += size + skipped;
  }

  std::string_view read_name() {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return text_.substr(first, at_ - first);
  }

  void read_end_tag() {
    at_ += 2;
    const std::string_view name = read_name();
    while (at_ < text_.size() && text_[at_] != '>' && text_[at_] != '<') ++at_;
    const bool is_at_end = at_ >= text_.size();
    if (!is_at_end && text_[at_] == '>') ++at_;
    // Where the document was cut inside an end tag, its element is whole all the same.
    const bool is_cut = is_at_end && !open_.empty() && istarts_with(open_.back(), name);
    close_through(is_cut ? std::string_view(open_.back()) : name);
  }

  void close_through(std::string_view name) {
    const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                    [&](const std::string& open) { return iequals(open, name); });
    if (found == open_.rend()) return;
    for (std::size_t count = static_cast<std::size_t>(found - open_.rbegin()) + 1; count > 0;
         --count)
      close_last();
  }

  void close_last() {
    reader_.end(open_.back());
    open_.pop_back();
  }

  void read_start_tag() {
    ++at_;
    const std::string name(read_name());
    read_attributes();
    bool is_empty = false;
    if (at_ < text_.size() && text_[at_] == '/') {
      is_empty = true;
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '>') ++at_;
    close_unfinished(name);
    const std::vector<Attribute> list(attributes_.begin(), attributes_.end());
    reader_.start(name, Attributes(list));
    open_.push_back(name);
    if (is_empty) close_last();
  }

  // The end tags that a person would see are missing.
  void close_unfinished(std::string_view name) {
    if (open_.empty()) return;
    const bool is_missing = (contains(kTextElements, open_.back()) && contains(kSiblings, name)) ||
                            (contains(kMarkupElements, open_.back()) && contains(kForeign, name));
    if (is_missing) close_last();
    if (name == "item" || name == "entry") close_through(name);
  }

  void skip_spaces() {
    while (at_ < text_.size() && (is_space(text_[at_]) || is_control(text_[at_]))) ++at_;
  }

  // Stops at '>', "/>", '<' or the end.
  void read_attributes() {
    attributes_.clear();
    while (true) {
      skip_spaces();
      if (at_ >= text_.size() || text_[at_] == '>' || text_[at_] == '<' || here("/>")) return;
      if (!is_name_start(text_[at_])) {
        ++at_;
        continue;
      }
      std::string name(read_name());
      skip_spaces();
      std::string value;
      if (at_ < text_.size() && text_[at_] == '=') {
        ++at_;
        skip_spaces();
        value = text::decode_entities(read_value());
      }
      std::erase_if(value, is_control);
      if (attributes_.size() < kAttributesMax)
        attributes_.push_back({std::move(name), std::move(value)});
    }
  }

  std::string_view read_value() {
    if (at_ >= text_.size()) return {};
    if (here("\xE2\x80\x9C")) return read_quoted(3, "\xE2\x80\x9D");  // a word processor's quotes
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') return read_quoted(1, text_.substr(at_, 1));
    const std::size_t first = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '>' && text_[at_] != '<')
      ++at_;
    return text_.substr(first, at_ - first);
  }

  // A quote that never ends stops where the tag must, or where the next attribute begins.
  std::string_view read_quoted(std::size_t quote_size, std::string_view end_quote) {
    const std::size_t first = at_ + quote_size;
    const std::string_view reach = text_.substr(first, kQuotedMax);
    const std::size_t end = reach.find(end_quote), open = reach.find('<'), close = reach.find('>');
    const bool is_whole = end != kNone && (end < open || end < close);
    std::string_view value = reach.substr(0, is_whole ? end : std::min(open, close));
    at_ = first + value.size() + (is_whole ? end_quote.size() : 0);
    if (const std::size_t blank = value.find_first_of(" \t\r\n");
        is_whole && value.ends_with('=') && blank != kNone &&
        std::all_of(value.begin() + static_cast<std::ptrdiff_t>(blank) + 1, value.end() - 1,
                    is_name_char)) {  // url="https://… type="
      value = value.substr(0, blank);
      at_ = first + blank;
    }
    return value;
  }

  void add_text(std::string_view text) {
    while (!text.empty()) {
      const std::size_t ampersand = text.find('&');
      add_raw(text.substr(0, ampersand));
      if (ampersand == kNone) return;
      std::size_t at = ampersand;
      scratch_.clear();
      if (!text::decode_entity(text, at, scratch_)) {
        scratch_.assign(1, '&');
        ++at;
      }
      add_raw(scratch_);
      text.remove_prefix(at);
    }
  }

  void add_raw(std::string_view text) {
    while (!text.empty()) {
      const auto control = std::find_if(text.begin(), text.end(), is_control);
      const auto size = static_cast<std::size_t>(control - text.begin());
      if (size > 0) reader_.text(text.substr(0, size));
      text.remove_prefix(std::min(size + 1, text.size()));
    }
  }

  const std::string_view text_;
  FeedReader& reader_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::vector<OwnedAttribute> attributes_;
  std::string scratch_;
  bool has_comment_end_ = true;  // false once a search found none: no search is made twice
  bool has_cdata_ = true;
};

}  // namespace

std::size_t find_feed_root(std::string_view utf8) {
  const std::string_view head = utf8.substr(0, kRootSearchBytes);
  std::size_t first = kNone;
  for (const std::string_view begin : {"<rss", "<feed", "<rdf:RDF", "<RDF", "<atom:feed"}) {
    first = std::min(first, head.find(begin));
  }
  return first;
}

void read_tolerantly(std::string_view utf8, FeedReader& reader) {
  TolerantParser(utf8, reader).run();
}

}  // namespace tidings::parse
