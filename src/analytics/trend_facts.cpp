#include "analytics/trend_facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "text/lower.h"
#include "text/segments.h"
#include "text/stop_words.h"

namespace tidings::analytics {
namespace {

constexpr std::size_t kTitleBytesMax = 1'000;

// Each key once, as many as there may be.
class Keys {
 public:
  void add(TrendKind kind, std::string key, std::string label) {
    if (key.empty() || keys_.size() == kTrendKeysMax || !seen_.insert({kind, key}).second) return;
    if (label == key) label.clear();
    keys_.push_back({.kind = kind, .key = std::move(key), .label = std::move(label)});
  }
  std::vector<TrendKey> take() { return std::move(keys_); }

 private:
  std::set<std::pair<TrendKind, std::string>> seen_;
  std::vector<TrendKey> keys_;
};

std::string_view primary(std::string_view language) {
  return language.empty() ? "und" : language.substr(0, language.find('-'));
}

// Where the title ends early, no letter is cut: the last word is left out.
std::string_view beginning(std::string_view title) {
  if (title.size() <= kTitleBytesMax) return title;
  return title.substr(0, title.rfind(' ', kTitleBytesMax));
}

// The forms that were added, lower case.
std::set<std::string> add_terms(const SearchDocument& document, Keys& keys) {
  const text::StopWords stop_words(document.language);
  const text::Segments segments = text::segment(beginning(document.title), document.language);
  std::set<std::string> forms;
  for (const text::Word& word : segments.words()) {
    const std::string_view lower = segments.lower(word);
    if (lower.size() < 2 || word.letters == text::Letters::Number || stop_words.contains(lower))
      continue;
    forms.emplace(lower);
    keys.add(TrendKind::Term,
             std::string(primary(document.language)) + ":" + std::string(segments.stem(word)),
             std::string(segments.written(word)));
  }
  return forms;
}

}  // namespace

TrendArticle trend_article(const SearchDocument& document) {
  Keys keys;
  std::set<std::string> said = add_terms(document, keys);
  for (const SearchEntity& entity : document.entities) {
    said.insert(text::lower(entity.text));
    keys.add(TrendKind::Entity, entity.id, entity.text);
  }
  for (const std::string& topic : document.topics) keys.add(TrendKind::Topic, topic, "");
  for (const std::string& place : document.places) {
    said.insert(text::lower(place));
    keys.add(TrendKind::Place, place, "");
  }
  for (const std::string& country : document.about) keys.add(TrendKind::Country, country, "");
  for (const std::string& phrase : document.keyphrases) {
    std::string lower = text::lower(phrase);
    if (!said.contains(lower)) keys.add(TrendKind::Keyphrase, std::move(lower), phrase);
  }
  return {.id = document.id,
          .published = document.published,
          .publisher = document.publisher,
          .keys = keys.take()};
}

}  // namespace tidings::analytics
