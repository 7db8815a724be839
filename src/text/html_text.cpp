#include "text/html_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/strings.h"
#include "text/html_entities.h"

namespace tidings::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Inline tags stand within words; all others part them.
constexpr std::array<std::string_view, 34> kInlineTags = {
    "a",    "abbr", "acronym", "b",    "bdi",   "bdo",  "big",    "cite",   "code",
    "data", "del",  "dfn",     "em",   "font",  "i",    "ins",    "kbd",    "mark",
    "nobr", "q",    "s",       "samp", "small", "span", "strike", "strong", "sub",
    "sup",  "time", "tt",      "u",    "var",   "wbr",  "ruby"};

// Their contents are not words of the text.
constexpr std::array<std::string_view, 8> kSilentTags = {"script", "style",  "template", "noscript",
                                                         "iframe", "object", "textarea", "select"};

template <std::size_t N>
bool names_one_of(const std::array<std::string_view, N>& tags, std::string_view name) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](std::string_view tag) { return iequals(tag, name); });
}

// How many bytes of white space the text begins with: a no-break space is white space to a reader.
std::size_t blank_size(std::string_view text) {
  if (is_space(text[0])) return 1;
  return text[0] == '\xC2' && text.size() > 1 && text[1] == '\xA0' ? 2 : 0;
}

// Appends with white space collapsed: a run of it becomes one space before the next visible
// character.
class Words {
 public:
  explicit Words(std::size_t size_hint) { out_.reserve(size_hint); }

  void part() { gap_ = true; }
  void add(std::string_view text) {
    while (!text.empty()) {
      if (const std::size_t blank = blank_size(text); blank != 0) {
        gap_ = true;
        text.remove_prefix(blank);
        continue;
      }
      std::size_t visible = 1;
      while (visible < text.size() && blank_size(text.substr(visible)) == 0) ++visible;
      if (gap_ && !out_.empty()) out_ += ' ';
      gap_ = false;
      out_.append(text.substr(0, visible));
      text.remove_prefix(visible);
    }
  }
  std::string take() && { return std::move(out_); }

 private:
  std::string out_;
  bool gap_ = false;
};

bool begins_tag(std::string_view html, std::size_t at) {
  if (at + 1 >= html.size()) return false;
  const char next = html[at + 1];
  if (next == '/') return at + 2 < html.size() && is_alpha(html[at + 2]);
  return is_alpha(next) || next == '!' || next == '?';
}

// Behind the '>' of the tag at `at`; quoted values may hold a '>'. kNone when the tag never ends.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  if (html.substr(at, 4) == "<!--") {
    const std::size_t end = html.find("-->", at + 4);
    return end == kNone ? kNone : end + 3;
  }
  if (html.substr(at, 9) == "<![CDATA[") return at + 9;
  char quote = 0;
  for (std::size_t i = at + 1; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return i + 1;
    } else if ((c == '"' || c == '\'') && html[i - 1] == '=') {
      quote = c;
    }
  }
  // A quote that never ends must not swallow the rest.
  const std::size_t end = quote != 0 ? html.find('>', at) : kNone;
  return end == kNone ? kNone : end + 1;
}

std::string_view tag_name(std::string_view html, std::size_t at) {
  std::size_t first = at + 1;
  if (first < html.size() && html[first] == '/') ++first;
  std::size_t last = first;
  while (last < html.size() && (is_alpha(html[last]) || is_digit(html[last]))) ++last;
  return html.substr(first, last - first);
}

// Where "</name" begins at or after `at`; the end of the text when it never does.
std::size_t find_close(std::string_view html, std::size_t at, std::string_view name) {
  while ((at = html.find("</", at)) != kNone) {
    if (istarts_with(html.substr(at + 2), name)) return at;
    at += 2;
  }
  return html.size();
}

void add_text(Words& words, std::string_view text, std::string& scratch) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t ampersand = std::min(text.find('&', at), text.size());
    words.add(text.substr(at, ampersand - at));
    at = ampersand;
    if (at == text.size()) return;
    scratch.clear();
    if (!decode_entity(text, at, scratch)) {
      scratch.assign(1, '&');
      ++at;
    }
    words.add(scratch);
  }
}

}  // namespace

std::string collapsed(std::string_view text) {
  text = trim(text);
  bool is_tidy = true;
  for (std::size_t i = 0; i < text.size() && is_tidy; ++i) {
    if (text[i] == '\xC2') is_tidy = blank_size(text.substr(i)) == 0;
    if (is_space(text[i])) is_tidy = text[i] == ' ' && !is_space(text[i + 1]);
  }
  if (is_tidy) return std::string(text);
  Words words(text.size());
  words.add(text);
  return std::move(words).take();
}

std::string plain_text(std::string_view html) {
  if (html.find_first_of("<&") == kNone) return collapsed(html);
  Words words(html.size());
  std::string scratch;
  std::size_t at = 0;
  while (at < html.size()) {
    std::size_t tag = html.find('<', at);
    while (tag != kNone && !begins_tag(html, tag)) tag = html.find('<', tag + 1);
    const std::size_t end = tag == kNone ? kNone : end_of_tag(html, tag);
    if (end == kNone) {
      add_text(words, html.substr(at), scratch);
      break;
    }
    add_text(words, html.substr(at, tag - at), scratch);
    at = end;
    const std::string_view name = tag_name(html, tag);
    if (!name.empty() && !names_one_of(kInlineTags, name)) words.part();
    if (html[tag + 1] != '/' && html[end - 2] != '/' && names_one_of(kSilentTags, name)) {
      at = find_close(html, at, name);
    }
  }
  return std::move(words).take();
}

}  // namespace tidings::text
