// Articles and queries over a few words, so that random queries match random articles often: for
// tests that ask two engines the same.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.h"
#include "model/query.h"
#include "model/search_document.h"
#include "query/parse.h"
#include "query/values.h"

namespace tidings::tests {

// What a seed gives is the same everywhere and always. For one thread.
class RandomQueries {
 public:
  explicit RandomQueries(std::uint32_t seed) : random_(seed) {}

  SearchDocument document(std::int64_t number) {
    SearchDocument document{.id = ArticleId{number},
                            .source_id = SourceId{1 + pick(3)},
                            .published = kFirst + std::chrono::hours(pick(24 * 30)),
                            .language = std::string(one_of(kLanguages)),
                            .title = words(pick(9)),
                            .text = words(pick(60)),
                            .source_title = std::string(one_of(kSources)),
                            .publisher = std::string(one_of(kPublishers)),
                            .country = std::string(one_of(kCountries)),
                            .url = std::string(one_of(kUrls))};
    for (int i = pick(3); i > 0; --i) document.authors.emplace_back(one_of(kNames));
    for (int i = pick(3); i > 0; --i) document.topics.emplace_back(one_of(kTopics));
    for (int i = pick(3); i > 0; --i)
      document.entities.push_back(
          {.id = std::string(one_of(kIds)), .text = std::string(one_of(kNames))});
    for (int i = pick(3); i > 0; --i) document.places.emplace_back(one_of(kPlaces));
    for (int i = pick(3); i > 0; --i) document.about.emplace_back(one_of(kCountries));
    if (pick(4) != 0) document.sentiment = static_cast<std::int8_t>(pick(201) - 100);
    if (pick(2) != 0) {
      document.story = StoryId{1 + pick(5)};
      document.story_size = 1 + pick(9);
      if (pick(3) == 0) document.copy_of = ArticleId{1 + pick(40)};
    }
    return document;
  }

  // As parse_query() makes them, in every form that it knows.
  Query query(int depth = 3) {
    if (depth == 0 || pick(3) == 0) return leaf();
    switch (pick(4)) {
      case 0:
        return joined(QueryKind::Or, depth);
      case 1: {
        Query negation{.kind = QueryKind::Not};
        negation.parts.push_back(query(depth - 1));
        return negation;
      }
      default:
        return joined(QueryKind::And, depth);
    }
  }

  Query leaf() {
    switch (pick(9)) {
      case 0:
        return pick(8) == 0 ? Query{} : word(field());
      case 1:
      case 2:
        return phrase(field());
      case 3:
        return near();
      case 4:
        return value();
      case 5:
        return range();
      case 6:
        return expanded(field());
      default:
        return word(field());
    }
  }

 private:
  static constexpr Time kFirst = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 1));
  using List = std::span<const std::string_view>;

  // Forms that share stems, own letters with and without, spellings, scripts and separators.
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"election", "elections", "elected", "Election",       "climate",
       "climates", "change",    "changes", "Malmö",          "malmo",
       "Müller",   "Mueller",   "Muller",  "schön",          "schon",
       "Haus",     "Häuser",    "O'Brien", "l'eau",          "covid-19",
       "EU",       "EU:n",      "EU's",    "ISTANBUL",       "İstanbul",
       "şehir",    "sehir",     "選挙",    "東京都知事選挙", "เลือกตั้งทั่วไป",
       "выборы",   "ёлка",      "елка",    "انتخابات",       "3.5",
       "war",      "wars",      "warm",    "parliament",     "parliment",
       "the"});
  static constexpr auto kLanguages = std::to_array<std::string_view>(
      {"en", "de", "sv", "tr", "fi", "fr", "ja", "ru", "ar", "und"});
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"Ana Maria Ruiz", "Ana Ruiz", "Jean-Luc O’Brien", "Ruiz", "Søren Kierkegård"});
  static constexpr auto kSources =
      std::to_array<std::string_view>({"France 24", "BBC News", "Ana Ruiz’s Blog"});
  static constexpr auto kPublishers = std::to_array<std::string_view>({"BBC", "example.com", ""});
  static constexpr auto kCountries = std::to_array<std::string_view>({"FR", "GB", "DE", "SE"});
  static constexpr auto kTopics = std::to_array<std::string_view>(
      {"medtop:15000000", "medtop:20000574", "medtop:11000000", "medtop:20000344"});
  static constexpr auto kIds = std::to_array<std::string_view>({"Q1", "Q2", "ana ruiz"});
  static constexpr auto kPlaces =
      std::to_array<std::string_view>({"Malmö", "Évry", "Germany", "New York City"});
  static constexpr auto kUrls = std::to_array<std::string_view>(
      {"https://www.bbc.co.uk/news/election-2026", "https://news.example.com/a/malm%C3%B6",
       "https://example.com/war", ""});

  int pick(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }
  std::string_view one_of(List list) {
    return list[static_cast<std::size_t>(pick(static_cast<int>(list.size())))];
  }
  QueryField field() { return pick(4) == 0 ? QueryField::Title : QueryField::Any; }

  std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += pick(6) == 0 ? ". " : " ";
      text += one_of(kWords);
    }
    return text;
  }

  // Of what the parser makes of a word, one way.
  Query parsed(std::string_view written) {
    Result<Query> query = query::parse_query(written, {});
    CHECK(query);
    return query->kind == QueryKind::Or ? query->parts[static_cast<std::size_t>(pick(2))]
                                        : *std::move(query);
  }

  static void set_field(Query& query, QueryField field) {
    query.field = field;
    for (Query& part : query.parts) set_field(part, field);
  }

  // A Word of the list: the first of those that are several.
  Query word(QueryField field) {
    Query word = parsed(std::string("\"").append(one_of(kWords)).append("\""));
    if (word.kind == QueryKind::Phrase) word = Query(word.parts.front());
    word.exact = pick(5) == 0;
    set_field(word, field);
    return word;
  }

  Query expanded(QueryField field) {
    constexpr auto kWritten = std::to_array<std::string_view>(
        {"ele*", "elect*", "clim*", "müll*", "mal*", "選*", "war*", "выб*", "şeh*", "elecion~",
         "climte~", "malmö~", "parlament~", "mulelr~", "şehir~", "istanbul~"});
    Query query = parsed(one_of(kWritten));
    set_field(query, field);
    return query;
  }

  Query phrase(QueryField field) {
    Query phrase{.kind = QueryKind::Phrase, .field = field};
    for (int i = 2 + pick(2); i > 0; --i)
      phrase.parts.push_back(pick(6) == 0 ? expanded(field) : word(field));
    return phrase;
  }

  Query near() {
    const QueryField of = field();
    Query near{
        .kind = QueryKind::Near, .field = of, .distance = static_cast<std::uint16_t>(1 + pick(12))};
    for (int i = 2 + pick(2); i > 0; --i) {
      const int kind = pick(6);
      near.parts.push_back(kind == 0 ? phrase(of) : kind == 1 ? expanded(of) : word(of));
    }
    return near;
  }

  Query value() {
    constexpr auto kValues = std::to_array<std::pair<QueryField, std::string_view>>(
        {{QueryField::Author, "ruiz"},      {QueryField::Author, "ana ruiz"},
         {QueryField::Author, "O'Brien"},   {QueryField::Source, "2"},
         {QueryField::Source, "france 24"}, {QueryField::Source, "bbc"},
         {QueryField::Publisher, "bbc"},    {QueryField::Publisher, "example.com"},
         {QueryField::Topic, "sport"},      {QueryField::Topic, "politics"},
         {QueryField::Topic, "economy"},    {QueryField::Entity, "q1"},
         {QueryField::Entity, "ruiz"},      {QueryField::Place, "malmo"},
         {QueryField::Place, "new york"},   {QueryField::Place, "de"},
         {QueryField::Country, "france"},   {QueryField::About, "uk"},
         {QueryField::Language, "english"}, {QueryField::Language, "de"},
         {QueryField::Story, "3"},          {QueryField::Url, "election"},
         {QueryField::Url, "malmo"},        {QueryField::Site, "example.com"},
         {QueryField::Site, "bbc.co.uk"}});
    const auto& [field, written] =
        kValues[static_cast<std::size_t>(pick(static_cast<int>(kValues.size())))];
    return {.kind = QueryKind::Value,
            .field = field,
            .text = query::value_text(field, written).value()};
  }

  Query range() {
    constexpr auto kRanges = std::to_array<std::string_view>(
        {"words:>30", "words:10..40", "words:<5", "story_size:>4", "story_size:<3",
         "sentiment:negative", "sentiment:neutral", "sentiment:>0.5", "sentiment:-0.2..0.7",
         "since:2026-11-10", "until:2026-11-20", "published:2026-11-05..2026-11-12",
         "since:2026-11-15T12:30"});
    return parsed(one_of(kRanges));
  }

  Query joined(QueryKind kind, int depth) {
    Query query{.kind = kind};
    for (int i = 2 + pick(2); i > 0; --i) query.parts.push_back(this->query(depth - 1));
    return query;
  }

  std::mt19937 random_;
};

}  // namespace tidings::tests
