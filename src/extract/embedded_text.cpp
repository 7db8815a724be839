#include "extract/embedded_text.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include <simdjson.h>

#include "core/strings.h"
#include "extract/json_document.h"
#include "extract/outline.h"
#include "html/document.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kProseBytesMin = 500;  // less is a teaser
constexpr std::size_t kDepthMax = 64;
constexpr double kMostOfIt = 0.7;  // of a value's prose in one of its parts: look there

bool has_markup(std::string_view text) {
  const std::size_t at = text.find('<');
  if (at == std::string_view::npos) return false;
  for (const std::string_view tag : {"<p", "<div", "<br", "</", "<a ", "<h2"}) {
    if (text.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

WrittenContent from_markup(std::string_view html, std::size_t bytes_max) {
  const html::Document document = html::Document::parse_fragment(html);
  const std::vector<Measure> measures = measure(document);
  const html::NodeId root = document.root();
  const Content content = content_of(document, measures, {&root, 1}, {});
  return write_content(document, measures, content, bytes_max);
}

void add_paragraph(WrittenContent& written, std::string_view line) {
  const std::string tidy = text::collapsed(line);
  if (tidy.empty()) return;
  written.html += "<p>";
  text::append_escaped_html(written.html, tidy);
  written.html += "</p>";
  if (!written.text.empty()) written.text += '\n';
  written.text += tidy;
}

// Words with spaces (or a script that has none), sentences, no code.
bool is_prose(std::string_view text) {
  if (text.size() < 60 || text.size() > 400'000) return false;
  if (text.starts_with("http") || text.starts_with("{") || text.starts_with("[") ||
      text.starts_with("function"))
    return false;
  std::size_t spaces = 0, letters = 0, stops = 0, code = 0;
  for (const char c : text.substr(0, 2'000)) {
    spaces += c == ' ' ? 1 : 0;
    letters += is_alpha(c) || static_cast<unsigned char>(c) >= 0x80 ? 1 : 0;
    stops += c == '.' || c == ',' || c == '!' || c == '?' || c == '\xE3' || c == '\xEF' ? 1 : 0;
    code += c == '{' || c == '}' || c == ';' || c == '=' || c == '_' ? 1 : 0;
  }
  const std::size_t looked_at = std::min<std::size_t>(text.size(), 2'000);
  if (has_markup(text)) return letters * 3 > looked_at && stops > 0;
  return letters * 10 > looked_at * 6 && stops > 0 && code * 40 < looked_at &&
         (spaces * 15 > looked_at || static_cast<unsigned char>(text[0]) >= 0xE0);
}

struct Prose {
  std::size_t bytes = 0;
  element densest;  // the part that holds most of it, while no part of that one does
};

Prose find_prose(const element& value, std::size_t depth) {
  Prose whole{.densest = value};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    whole.bytes = is_prose(text) ? text.size() : 0;
    return whole;
  }
  if (depth > kDepthMax) return whole;
  Prose best;
  const auto take = [&](const element& part) {
    const Prose found = find_prose(part, depth + 1);
    whole.bytes += found.bytes;
    if (found.bytes > best.bytes) best = found;
  };
  array list;
  object inner;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) take(item);
  } else if (value.get(inner) == simdjson::SUCCESS) {
    for (const auto [key, item] : inner) take(item);
  }
  if (best.bytes > 0 &&
      static_cast<double>(best.bytes) >= kMostOfIt * static_cast<double>(whole.bytes))
    whole.densest = best.densest;
  return whole;
}

class ProseWriter {
 public:
  explicit ProseWriter(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void take(const element& value, std::size_t depth) {
    if (depth > kDepthMax || written_.html.size() > bytes_max_) return;
    std::string_view text;
    array list;
    object inner;
    if (value.get(text) == simdjson::SUCCESS) {
      if (is_prose(text) && seen_.insert(text).second) add(text);
    } else if (value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) take(item, depth + 1);
    } else if (value.get(inner) == simdjson::SUCCESS) {
      for (const auto [key, item] : inner) take(item, depth + 1);
    }
  }

  WrittenContent written() { return std::move(written_); }

 private:
  void add(std::string_view text) {
    WrittenContent part = written_from(text, bytes_max_);
    written_.html += part.html;
    if (!written_.text.empty() && !part.text.empty()) written_.text += '\n';
    written_.text += part.text;
  }

  std::size_t bytes_max_;
  WrittenContent written_;
  std::unordered_set<std::string_view> seen_;
};

// The JSON in a script: all of it, or what is assigned or handed to a function in it.
std::string_view json_in(std::string_view script) {
  script = trim(script);
  const std::size_t begin = script.find_first_of("{[");
  if (begin == std::string_view::npos || begin > 200) return {};
  script.remove_prefix(begin);
  const std::size_t end = script.find_last_of("}]");
  return end == std::string_view::npos ? std::string_view() : script.substr(0, end + 1);
}

}  // namespace

WrittenContent written_from(std::string_view text, std::size_t bytes_max) {
  const std::string decoded = text.find("&lt;") != std::string_view::npos && !has_markup(text)
                                  ? text::decode_entities(text)
                                  : std::string(text);
  if (has_markup(decoded)) return from_markup(decoded, bytes_max);
  WrittenContent written;
  std::string_view rest = decoded;
  while (!rest.empty() && written.html.size() <= bytes_max) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    add_paragraph(written, text::decode_entities(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return written;
}

WrittenContent article_in_scripts(std::span<const std::string_view> scripts, std::size_t bytes_max,
                                  std::size_t html_bytes_max) {
  WrittenContent best;
  for (const std::string_view script : scripts) {
    const std::string_view json = json_in(script);
    if (json.size() < kProseBytesMin || json.size() > bytes_max) continue;
    bytes_max -= json.size();
    const JsonDocument document = JsonDocument::read_strictly(json);
    if (!document.is_valid()) continue;
    ProseWriter writer(html_bytes_max);
    writer.take(find_prose(document.root(), 0).densest, 0);
    WrittenContent found = writer.written();
    if (found.text.size() > best.text.size()) best = std::move(found);
  }
  return best.text.size() >= kProseBytesMin ? std::move(best) : WrittenContent();
}

}  // namespace tidings::extract
