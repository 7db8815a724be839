#include "normalize/html_preflight.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "core/strings.h"

namespace tidings::normalize {
namespace {

constexpr std::size_t kOpenMax = 400;
constexpr std::size_t kAttributesMax = 200;

// What an element does to the stack of open elements.
enum class Kind : char {
  Formatting,  // survives the end of what is around it, and is opened anew in the next paragraph
  Block,       // its end tag takes along what is open inside
  Implied,     // another of its name ends it
  Scope,       // Block, and end tags inside do not reach out of it
  Table,       // Scope; its parts close with it
  Part,        // of a table: a barrier for end tags, ignored where there is no table
  Raw,         // what is inside is no markup, perhaps
  Void,
  Other,
};

struct Name {
  std::string_view name;
  Kind kind;
};

constexpr Name kNames[] = {
    {"a", Kind::Formatting},      {"address", Kind::Block},    {"applet", Kind::Scope},
    {"area", Kind::Void},         {"article", Kind::Block},    {"aside", Kind::Block},
    {"b", Kind::Formatting},      {"base", Kind::Void},        {"big", Kind::Formatting},
    {"blockquote", Kind::Block},  {"br", Kind::Void},          {"button", Kind::Block},
    {"caption", Kind::Part},      {"center", Kind::Block},     {"code", Kind::Formatting},
    {"col", Kind::Void},          {"dd", Kind::Implied},       {"details", Kind::Block},
    {"dir", Kind::Block},         {"div", Kind::Block},        {"dl", Kind::Block},
    {"dt", Kind::Implied},        {"em", Kind::Formatting},    {"embed", Kind::Void},
    {"fieldset", Kind::Block},    {"figcaption", Kind::Block}, {"figure", Kind::Block},
    {"font", Kind::Formatting},   {"footer", Kind::Block},     {"h1", Kind::Block},
    {"h2", Kind::Block},          {"h3", Kind::Block},         {"h4", Kind::Block},
    {"h5", Kind::Block},          {"h6", Kind::Block},         {"header", Kind::Block},
    {"hgroup", Kind::Block},      {"hr", Kind::Void},          {"i", Kind::Formatting},
    {"iframe", Kind::Raw},        {"img", Kind::Void},         {"input", Kind::Void},
    {"li", Kind::Implied},        {"link", Kind::Void},        {"main", Kind::Block},
    {"marquee", Kind::Scope},     {"menu", Kind::Block},       {"meta", Kind::Void},
    {"nav", Kind::Block},         {"nobr", Kind::Formatting},  {"noembed", Kind::Raw},
    {"noframes", Kind::Raw},      {"noscript", Kind::Raw},     {"object", Kind::Scope},
    {"ol", Kind::Block},          {"option", Kind::Implied},   {"p", Kind::Implied},
    {"param", Kind::Void},        {"plaintext", Kind::Raw},    {"pre", Kind::Block},
    {"s", Kind::Formatting},      {"script", Kind::Raw},       {"section", Kind::Block},
    {"small", Kind::Formatting},  {"source", Kind::Void},      {"strike", Kind::Formatting},
    {"strong", Kind::Formatting}, {"style", Kind::Raw},        {"summary", Kind::Block},
    {"table", Kind::Table},       {"tbody", Kind::Part},       {"td", Kind::Part},
    {"template", Kind::Part},     {"textarea", Kind::Raw},     {"tfoot", Kind::Part},
    {"th", Kind::Part},           {"thead", Kind::Part},       {"title", Kind::Raw},
    {"tr", Kind::Part},           {"track", Kind::Void},       {"tt", Kind::Formatting},
    {"u", Kind::Formatting},      {"ul", Kind::Block},         {"wbr", Kind::Void},
    {"xmp", Kind::Raw},
};

static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const Name& a, const Name& b) { return a.name < b.name; }));

Kind kind_of(std::string_view name) {
  const auto found = std::lower_bound(
      std::begin(kNames), std::end(kNames), name,
      [](const Name& known, std::string_view wanted) { return known.name < wanted; });
  return found != std::end(kNames) && found->name == name ? found->kind : Kind::Other;
}

class Preflight {
 public:
  explicit Preflight(std::string_view html) : html_(html) {}

  bool passes() {
    while (is_cheap_ && next_angle()) {
      if (peek(1) == '/') {
        read_end_tag();
      } else if (is_alpha(peek(1))) {
        read_start_tag();
      } else if (html_.substr(at_, 4) == "<!--") {
        skip_comment();
      } else if (html_.substr(at_, 9) == "<![CDATA[") {
        skip_counting("]]>");  // or a comment that ends at the first '>', outside of SVG
      } else if (peek(1) == '!' || peek(1) == '?') {
        at_ = html_.find('>', at_);
      } else {
        ++at_;
      }
    }
    return is_cheap_;
  }

 private:
  struct Open {
    std::string name;
    Kind kind;
  };

  char peek(std::size_t ahead) const {
    return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0';
  }

  bool next_angle() {
    at_ = html_.find('<', at_);
    return at_ != std::string_view::npos;
  }

  std::string read_name() {
    const std::size_t begin = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>')
      ++at_;
    // Longer names are no element that is known here.
    return to_lower(html_.substr(begin, std::min<std::size_t>(at_ - begin, 32)));
  }

  // To behind the '>' that ends the tag (WHATWG HTML §13.2.5.32 to 40). Counts attributes.
  void skip_attributes() {
    std::size_t count = 0;
    while (at_ < html_.size() && html_[at_] != '>') {
      if (is_space(html_[at_]) || html_[at_] == '/') {
        ++at_;
        continue;
      }
      if (++count > kAttributesMax) is_cheap_ = false;
      ++at_;  // a name may begin with '='
      while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' &&
             html_[at_] != '>' && html_[at_] != '=') {
        ++at_;
      }
      while (at_ < html_.size() && is_space(html_[at_])) ++at_;
      if (at_ >= html_.size() || html_[at_] != '=') continue;
      ++at_;
      while (at_ < html_.size() && is_space(html_[at_])) ++at_;
      if (at_ >= html_.size()) break;
      if (html_[at_] == '"' || html_[at_] == '\'') {
        at_ = std::min(html_.find(html_[at_], at_ + 1), html_.size() - 1) + 1;
      } else {
        while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
      }
    }
    if (at_ < html_.size()) ++at_;
  }

  // "<!-->" and "<!--->" are whole comments, and "--!>" ends one too.
  void skip_comment() {
    at_ += 2;
    while (true) {
      at_ = html_.find("--", at_);
      if (at_ == std::string_view::npos || peek(2) == '>') return;
      if (peek(2) == '!' && peek(3) == '>') return;
      ++at_;
    }
  }

  // Inside raw text no tag counts, if raw text is what the parser sees there, which depends on its
  // state: start tags are counted all the same, end tags are not.
  void skip_counting(std::string_view end) {
    while (at_ < html_.size() && !istarts_with(html_.substr(at_), end)) {
      if (html_[at_] == '<' && is_alpha(peek(1))) {
        push("?", Kind::Other);
        // A script in a comment in a script hides the end tag from the parser, not from us.
        if (istarts_with(html_.substr(at_), "<script")) is_cheap_ = false;
      }
      ++at_;
    }
  }

  void push(std::string name, Kind kind) {
    open_.push_back({std::move(name), kind});
    if (open_.size() > kOpenMax) is_cheap_ = false;
  }

  void read_start_tag() {
    ++at_;
    const std::string name = read_name();
    const Kind kind = kind_of(name);
    skip_attributes();
    if (kind == Kind::Void) return;
    if (kind == Kind::Raw) {
      const std::size_t before = open_.size();
      skip_counting("</" + name);
      if (open_.size() == before) return;
    }
    if (kind == Kind::Implied && !open_.empty() && open_.back().name == name) return;
    push(name, kind);
  }

  void read_end_tag() {
    at_ += 2;
    if (!is_alpha(peek(0))) {
      at_ = html_.find('>', at_);
      return;
    }
    const std::string name = read_name();
    skip_attributes();
    const Kind kind = kind_of(name);
    const bool takes_along =
        kind == Kind::Block || kind == Kind::Implied || kind == Kind::Scope || kind == Kind::Table;
    for (std::size_t i = open_.size(); i > 0; --i) {
      const Open& open = open_[i - 1];
      if (open.name == name) {
        close(i - 1, kind, takes_along);
        return;
      }
      const bool is_barrier = open.kind == Kind::Scope || open.kind == Kind::Table ||
                              (open.kind == Kind::Part && kind != Kind::Table);
      if (takes_along && is_barrier) return;
    }
  }

  void close(std::size_t index, Kind kind, bool takes_along) {
    const auto from = open_.begin() + static_cast<std::ptrdiff_t>(index);
    if (!takes_along) {
      open_.erase(from);
    } else if (kind == Kind::Table) {
      open_.erase(from, open_.end());
    } else {
      const auto survivors = std::remove_if(
          from + 1, open_.end(), [](const Open& open) { return open.kind != Kind::Formatting; });
      open_.erase(survivors, open_.end());
      open_.erase(from);
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  bool is_cheap_ = true;
};

}  // namespace

bool is_cheap_to_parse(std::string_view html) {
  return Preflight(html).passes();
}

}  // namespace tidings::normalize
