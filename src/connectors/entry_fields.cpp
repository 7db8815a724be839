#include "connectors/entry_fields.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::connectors {
namespace {

constexpr std::size_t kValuesMax = 100;           // authors or categories of one entry
constexpr std::size_t kTextBytesMax = 16'384;     // a title, name, address or id
constexpr std::size_t kHtmlBytesMax = 4'000'000;  // a summary or content
constexpr std::size_t kProblemsMax = 20;

std::string limited(std::string text, std::size_t size_max) {
  if (text.size() > size_max) text.resize(utf8_prefix(text, size_max).size());
  return text;
}

// A list where a text was expected is its texts.
void take_texts(JsonValue value, std::vector<std::string>& texts) {
  simdjson::dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const JsonValue item : list) {
      if (texts.size() < kValuesMax) texts.push_back(text_of(item));
    }
    return;
  }
  texts.push_back(text_of(value));
}

std::vector<std::string> texts_of(const FieldRule::Choice& choice, JsonValue item) {
  std::vector<std::string> texts;
  if (!choice.text.has_names()) {
    each_value(choice.path, item, [&texts](JsonValue value) {
      take_texts(value, texts);
      return texts.size() < kValuesMax;
    });
  } else {
    std::size_t number = 0;
    const auto filled = choice.text.filled([&](const std::string&) -> std::optional<std::string> {
      const std::optional<JsonValue> value = first_value(choice.paths[number++], item);
      std::string text = value ? text_of(*value) : std::string();
      if (text.empty()) return std::nullopt;
      return text;
    });
    if (filled) texts.push_back(*filled);
  }
  std::erase(texts, std::string());
  return texts;
}

std::string_view stripped(std::string_view text, const std::vector<std::string>& beginnings) {
  for (const std::string& beginning : beginnings) {
    if (istarts_with(text, beginning)) return trim(text.substr(beginning.size()));
  }
  return text;
}

// The parts of a text between any of the separators.
std::vector<std::string> parts_of(std::string_view text,
                                  const std::vector<std::string>& separators) {
  std::vector<std::string> parts;
  while (!text.empty() && parts.size() < kValuesMax) {
    std::size_t end = text.size(), next = text.size();
    for (const std::string& separator : separators) {
      const std::size_t at = separator.empty() ? std::string_view::npos : text.find(separator);
      if (at < end || (at == end && at + separator.size() > next)) {
        end = at;
        next = at + separator.size();
      }
    }
    if (const std::string_view part = trim(text.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    text.remove_prefix(next);
  }
  return parts;
}

std::string cut(std::string_view text, const std::string& marker) {
  const std::size_t at = marker.empty() ? std::string_view::npos : text.rfind(marker);
  return std::string(trim(text.substr(0, std::min(at, text.size()))));
}

class EntryReader {
 public:
  EntryReader(const Connector& connector, JsonValue item, std::vector<std::string>& problems)
      : connector_(connector), item_(item), problems_(problems) {}

  Entry read() {
    const FieldRules& fields = connector_.fields;
    Entry entry{.id = limited(first(fields.id), kTextBytesMax)};
    entry.url = address(fields.url);
    entry.title = plain(fields.title);
    entry.summary_html = html(fields.summary);
    entry.content_html = html(fields.content);
    entry.published = time(fields.published, "published");
    entry.updated = time(fields.updated, "updated");
    for (std::string& name : names(fields.authors)) entry.authors.push_back({.name = name});
    for (std::string& name : names(fields.categories)) entry.categories.push_back({.term = name});
    entry.image = address(fields.image);
    entry.comments_url = address(fields.comments_url);
    entry.language = language();
    entry.country = country();
    take_source(entry);
    return entry;
  }

 private:
  // What the field gives, as the service wrote it.
  std::vector<std::string> raw(const FieldRule& rule) const {
    for (const FieldRule::Choice& choice : rule.choices) {
      const std::vector<std::string> texts = texts_of(choice, item_);
      if (!texts.empty()) return meant(rule, texts);
    }
    return {};
  }

  static std::vector<std::string> meant(const FieldRule& rule,
                                        const std::vector<std::string>& texts) {
    std::vector<std::string> values;
    for (const std::string& text : texts) {
      const std::string shortened = cut(stripped(text, rule.strip), rule.cut_at);
      std::vector<std::string> parts =
          rule.split.empty() ? std::vector{shortened} : parts_of(shortened, rule.split);
      for (std::string& part : parts) {
        const auto value = rule.values.find(part);
        if (value != rule.values.end()) part = value->second;
        if (!part.empty() && values.size() < kValuesMax) values.push_back(std::move(part));
      }
    }
    return values;
  }

  std::string first(const FieldRule& rule) const {
    const std::vector<std::string> values = raw(rule);
    return values.empty() ? std::string() : values.front();
  }

  static std::string plain_text(const FieldRule& rule, const std::string& text) {
    std::string plain =
        rule.is_html ? text::plain_text(text) : text::collapsed(text::decode_entities(text));
    return limited(std::move(plain), kTextBytesMax);
  }

  std::string plain(const FieldRule& rule) const { return plain_text(rule, first(rule)); }

  std::vector<std::string> names(const FieldRule& rule) const {
    std::vector<std::string> found;
    for (const std::string& text : raw(rule)) {
      std::string name = plain_text(rule, text);
      if (!name.empty() && std::find(found.begin(), found.end(), name) == found.end())
        found.push_back(std::move(name));
    }
    return found;
  }

  // Blank lines part the paragraphs of a plain text.
  std::string html(const FieldRule& rule) const {
    const std::string text = limited(first(rule), kHtmlBytesMax);
    if (rule.is_html || text.find('\n') == std::string::npos)
      return rule.is_html ? text : text::escape_html(text);
    std::string paragraphs;
    bool is_open = false;
    for (const std::string_view raw_line : split(text, '\n')) {
      const std::string_view line = trim(raw_line);
      if (line.empty()) {
        if (is_open) paragraphs += "</p>";
        is_open = false;
        continue;
      }
      paragraphs += is_open ? "<br>" : "<p>";
      is_open = true;
      text::append_escaped_html(paragraphs, line);
    }
    return is_open ? paragraphs + "</p>" : paragraphs;
  }

  std::string address(const FieldRule& rule) const {
    std::string text = first(rule);
    if (text.empty() || text.size() > kTextBytesMax) return {};
    return connector_.site.empty() ? text : resolve_url(connector_.site, text);
  }

  std::optional<Time> time(const FieldRule& rule, std::string_view field) const {
    const std::string text = first(rule);
    if (text.empty()) return std::nullopt;
    std::optional<Time> read = read_time(rule.time, text);
    if (!read)
      problem(fmt::format("fields.{}: '{}' is not of the format", field, utf8_prefix(text, 40)));
    return read;
  }

  std::string language() const {
    const std::string said = first(connector_.fields.language);
    if (said.empty()) return connector_.language;
    std::string tag = tidy_language(said);
    if (tag.empty()) {
      problem(fmt::format(
          "fields.language: '{}' is no language; [fields.language.values] can say what it means",
          utf8_prefix(said, 40)));
      return connector_.language;
    }
    return tag;
  }

  std::string country() const {
    std::string code = first(connector_.fields.country);
    if (code.empty()) return connector_.country;
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (is_country_code(code)) return code;
    problem(fmt::format(
        "fields.country: '{}' is no country; [fields.country.values] can say what it means",
        utf8_prefix(code, 40)));
    return connector_.country;
  }

  // Of an article without authors, its publisher is who speaks.
  void take_source(Entry& entry) const {
    std::string name = plain(connector_.fields.source);
    if (name.empty()) return;
    if (entry.authors.empty()) entry.authors.push_back({.name = name});
    entry.extensions["connector:source"] = {std::move(name)};
  }

  void problem(std::string sentence) const {
    const bool is_known =
        std::find(problems_.begin(), problems_.end(), sentence) != problems_.end();
    if (!is_known && problems_.size() < kProblemsMax) problems_.push_back(std::move(sentence));
  }

  const Connector& connector_;
  JsonValue item_;
  std::vector<std::string>& problems_;
};

}  // namespace

Entry read_entry(const Connector& connector, JsonValue item, std::vector<std::string>& problems) {
  return EntryReader(connector, item, problems).read();
}

}  // namespace tidings::connectors
