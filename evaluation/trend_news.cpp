#include "evaluation/trend_news.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "analyze/analyze.h"

namespace tidings::evaluation {
namespace {

SearchDocument document(std::string_view title, std::string_view text) {
  const Analysis analysis = analyze::analyze({.title = title, .text = text, .language = "en"});
  SearchDocument document{.language = "en", .title = std::string(title)};
  for (const TopicScore& topic : analysis.topics) document.topics.push_back(topic.code);
  for (const Entity& entity : analysis.entities)
    document.entities.push_back({.id = entity.id, .text = entity.text});
  for (const Place& place : analysis.places) document.places.push_back(place.name);
  for (const CountryScore& country : analysis.countries) document.about.push_back(country.code);
  for (const Keyphrase& phrase : analysis.keyphrases) document.keyphrases.push_back(phrase.text);
  return document;
}

}  // namespace

std::vector<NewsArticle> read_news(std::istream& in) {
  std::vector<NewsArticle> news;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(in, line);) {
    const simdjson::dom::element article = parser.parse(line);
    news.push_back({.document = document(std::string_view(article["title"]),
                                         std::string_view(article["text"])),
                    .at = static_cast<double>(std::int64_t(article["at"]))});
  }
  if (news.empty()) return news;
  const double first = news.front().at, span = news.back().at - first + 1;
  for (NewsArticle& article : news) article.at = (article.at - first) / span;
  return news;
}

std::size_t first_about(const std::vector<NewsArticle>& news, double at, std::size_t near) {
  const auto place = static_cast<std::size_t>(
      std::ranges::lower_bound(news, at, {}, &NewsArticle::at) - news.begin());
  return std::min(place - std::min(place, near / 2), news.size() - near);
}

}  // namespace tidings::evaluation
