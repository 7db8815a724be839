#include "query/values.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/check.h"
#include "core/ids.h"
#include "core/strings.h"
#include "core/url.h"
#include "query/names.h"
#include "query/region_names.h"
#include "query/topic_names.h"

namespace tidings::query {
namespace {

constexpr std::size_t kRunWordsMax = 6;
constexpr std::size_t kAuthorsMax = 20;
constexpr std::size_t kEntitiesMax = 100;
constexpr std::size_t kAliasesMax = 8;
constexpr std::size_t kPlacesMax = 50;
constexpr std::size_t kTopicsMax = 20;
constexpr std::size_t kUrlWordsMax = 64;
constexpr std::size_t kUrlWordBytesMax = 64;
constexpr std::size_t kDomainsMax = 8;

// Files keep them.
char tag_of(QueryField field) {
  switch (field) {
    case QueryField::Author:
      return 'A';
    case QueryField::Source:
      return 'S';
    case QueryField::Publisher:
      return 'P';
    case QueryField::Topic:
      return 'T';
    case QueryField::Entity:
      return 'E';
    case QueryField::Place:
      return 'G';
    case QueryField::Country:
      return 'C';
    case QueryField::About:
      return 'B';
    case QueryField::Language:
      return 'L';
    case QueryField::Story:
      return 'N';
    case QueryField::Url:
      return 'U';
    case QueryField::Site:
      return 'H';
    default:
      CHECK(false);  // fields of words and numbers have no values
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::ranges::all_of(text, is_digit);
}

template <class T>
std::span<const T> first(const std::vector<T>& all, std::size_t count) {
  return std::span(all).first(std::min(all.size(), count));
}

class Terms {
 public:
  void add(QueryField field, std::string_view text) {
    if (!text.empty() && terms_.size() < kValueTermsMax) terms_.push_back(value_term(field, text));
  }
  // A number alone is a source's, not a part of its name.
  void add_name(QueryField field, std::string_view name) {
    const std::vector<std::string> words = name_words(name, kNameWordsMax);
    for (std::size_t begin = 0; begin < words.size(); ++begin) {
      std::string run;
      for (std::size_t end = begin; end < std::min(words.size(), begin + kRunWordsMax); ++end) {
        if (end > begin) run += ' ';
        run += words[end];
        if (field != QueryField::Source || !is_number(run)) add(field, run);
      }
    }
    if (words.size() > kRunWordsMax) add(field, join(words, " "));
    if (field == QueryField::Author && words.size() > 2)
      add(field, words.front() + " " + words.back());
  }
  std::vector<std::string> take() {
    std::ranges::sort(terms_);
    terms_.erase(std::ranges::unique(terms_).begin(), terms_.end());
    return std::move(terms_);
  }

 private:
  std::vector<std::string> terms_;
};

void add_entities(Terms& terms, const SearchDocument& document) {
  for (const SearchEntity& entity : first(document.entities, kEntitiesMax)) {
    terms.add(QueryField::Entity, name_text(entity.id, kNameWordsMax));
    terms.add_name(QueryField::Entity, entity.text);
    for (const std::string& alias : first(entity.aliases, kAliasesMax))
      terms.add_name(QueryField::Entity, alias);
  }
}

void add_places(Terms& terms, const SearchDocument& document) {
  for (const std::string& place : first(document.places, kPlacesMax)) {
    terms.add_name(QueryField::Place, place);
    if (const auto code = country_of_name(place)) terms.add(QueryField::Place, to_lower(*code));
  }
}

void add_topics(Terms& terms, const SearchDocument& document) {
  const auto topics = TopicNames::shipped().with_all_above(first(document.topics, kTopicsMax));
  for (const std::string& code : topics) terms.add(QueryField::Topic, code);
}

void add_language(Terms& terms, std::string_view tag) {
  if (tag.empty() || tag == "und") return;
  const std::string lowered = to_lower(tag);
  for (std::size_t end = lowered.find('-'); end != std::string::npos;
       end = lowered.find('-', end + 1)) {
    terms.add(QueryField::Language, lowered.substr(0, end));
  }
  terms.add(QueryField::Language, lowered);
}

std::string without_www(std::string host) {
  if (host.starts_with("www.") && std::ranges::count(host, '.') > 1) host.erase(0, 4);
  return host;
}

void add_address(Terms& terms, std::string_view address) {
  const Result<Url> url = parse_url(address);
  if (!url) return;
  const std::string_view words = address.substr(address.find(':') + 1);
  for (const std::string& word : name_words(percent_decode(words), kUrlWordsMax)) {
    if (word.size() <= kUrlWordBytesMax) terms.add(QueryField::Url, word);
  }
  const std::string registrable = registrable_domain(url->host);
  terms.add(QueryField::Publisher, name_text(registrable, kNameWordsMax));
  const std::string host = without_www(url->host);
  std::string_view domain = host;
  for (std::size_t i = 0; i < kDomainsMax; ++i) {
    terms.add(QueryField::Site, domain);
    const std::size_t dot = domain.find('.');
    if (domain == registrable || dot == std::string_view::npos || host.front() == '[') return;
    domain.remove_prefix(dot + 1);
    if (domain.size() < registrable.size()) return;
  }
}

Error unknown(std::string_view kind, std::string_view written, std::string_view meant) {
  std::string message = fmt::format("there is no {} \"{}\"", kind, written);
  if (!meant.empty()) message += fmt::format("; did you mean \"{}\"?", meant);
  return invalid_input(std::move(message));
}

Result<std::string> topic_text(std::string_view written) {
  const TopicNames& topics = TopicNames::shipped();
  if (auto code = topics.code_of(written)) return *std::move(code);
  return unknown("topic", written, topics.nearest_name(written));
}

Result<std::string> country_text(std::string_view written) {
  if (const auto code = country_code(written)) return to_lower(*code);
  return unknown("country", written, nearest_country(written));
}

Result<std::string> language_text(std::string_view written) {
  if (const auto tag = language_tag(written)) return to_lower(*tag);
  return unknown("language", written, nearest_language(written));
}

Result<std::string> story_text(std::string_view written) {
  const std::string_view number = trim(written);
  const std::size_t digits = number.find_first_not_of('0');
  if (!is_number(number) || digits == std::string_view::npos)
    return invalid_input(
        fmt::format("\"{}\" is not the number of a story, as in story:42", written));
  return std::string(number.substr(digits));
}

Result<std::string> site_text(std::string_view written) {
  const std::string_view typed = trim(written);
  const bool has_scheme = typed.find("://") != std::string_view::npos;
  const Result<Url> url =
      parse_url(has_scheme ? std::string(typed) : fmt::format("http://{}", typed));
  if (!url)
    return invalid_input(fmt::format("\"{}\" is not a host, as in site:bbc.co.uk", written));
  return without_www(url->host);
}

Result<std::string> name_value(std::string_view written, std::size_t words_max) {
  std::string text = name_text(written, words_max);
  if (text.empty()) return invalid_input(fmt::format("\"{}\" has no word", written));
  return text;
}

}  // namespace

std::string value_term(QueryField field, std::string_view text) {
  return std::string(1, tag_of(field)).append(text);
}

std::vector<std::string> value_terms(const SearchDocument& document) {
  Terms terms;
  for (const std::string& author : first(document.authors, kAuthorsMax))
    terms.add_name(QueryField::Author, author);
  terms.add(QueryField::Source, to_text(document.source_id));
  terms.add_name(QueryField::Source, document.source_title);
  terms.add(QueryField::Publisher, name_text(document.publisher, kNameWordsMax));
  terms.add(QueryField::Country, to_lower(document.country));
  for (const std::string& country : document.about) terms.add(QueryField::About, to_lower(country));
  if (document.story != StoryId{}) terms.add(QueryField::Story, to_text(document.story));
  add_language(terms, document.language);
  add_address(terms, document.url);
  add_topics(terms, document);
  add_entities(terms, document);
  add_places(terms, document);
  return terms.take();
}

Result<std::string> value_text(QueryField field, std::string_view written) {
  switch (field) {
    case QueryField::Topic:
      return topic_text(written);
    case QueryField::Country:
    case QueryField::About:
      return country_text(written);
    case QueryField::Language:
      return language_text(written);
    case QueryField::Story:
      return story_text(written);
    case QueryField::Site:
      return site_text(written);
    case QueryField::Url:
      return name_value(written, 1);
    default:
      return name_value(written, kNameWordsMax);
  }
}

}  // namespace tidings::query
