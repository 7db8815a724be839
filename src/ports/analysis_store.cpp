#include "ports/analysis_store.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings {
namespace {

std::string term(std::string_view kind, std::string_view value) {
  return std::string(kind).append(1, ' ').append(value);
}

}  // namespace

std::string topic_term(std::string_view code) {
  return term("topic", code);
}
std::string tone_term(Tone tone) {
  return term("tone", to_string(tone));
}
std::string entity_term(std::string_view id) {
  return term("entity", id);
}
std::string about_term(std::string_view country) {
  return term("about", country);
}
std::string author_term(std::string_view name) {
  return term("author", to_lower(trim(name)));
}

std::vector<std::string> terms_of(const Analysis& analysis, std::span<const Person> authors) {
  std::vector<std::string> terms;
  terms.reserve(analysis.topics.size() + 1 + analysis.entities.size() + analysis.countries.size() +
                authors.size());
  for (const TopicScore& topic : analysis.topics) terms.push_back(topic_term(topic.code));
  if (analysis.sentiment) terms.push_back(tone_term(analysis.sentiment->label));
  for (const Entity& entity : analysis.entities) terms.push_back(entity_term(entity.id));
  for (const CountryScore& country : analysis.countries) terms.push_back(about_term(country.code));
  for (const Person& author : authors) {
    if (!author.name.empty()) terms.push_back(author_term(author.name));
  }
  std::ranges::sort(terms);
  const auto repeated = std::ranges::unique(terms);
  terms.erase(repeated.begin(), repeated.end());
  return terms;
}

}  // namespace tidings
