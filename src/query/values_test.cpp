#include "query/values.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::query {
namespace {

SearchDocument article() {
  return {.id = ArticleId{7},
          .source_id = SourceId{42},
          .language = "pt-BR",
          .authors = {"Ana Maria Ruiz", "Jean-Luc O’Brien"},
          .source_title = "France 24 – Économie",
          .publisher = "France Médias Monde",
          .country = "FR",
          .url = "https://www.news.france24.co.uk/en/2026/Election%20Night-in-%C3%89vry?id=9",
          .topics = {"medtop:20000574", "medtop:17000000", "medtop:99999999"},
          .entities = {{.id = "Q142", .text = "Emmanuel Macron", .aliases = {"E. Macron"}}},
          .places = {"Évry", "Germany"},
          .about = {"DE"},
          .story = StoryId{900}};
}

bool has(const SearchDocument& document, QueryField field, std::string_view written) {
  const Result<std::string> text = value_text(field, written);
  EXPECT_TRUE(text) << written << ": " << (text ? "" : text.error().message);
  const std::vector<std::string> terms = value_terms(document);
  return text && std::ranges::binary_search(terms, value_term(field, *text));
}

struct Case {
  QueryField field;
  std::string_view written;
};

TEST(Values, AreFoundAsPeopleWriteThem) {
  using enum QueryField;
  constexpr Case kCases[] = {
      {Author, "ruiz"},
      {Author, "Ana Maria"},
      {Author, "ana maria ruiz"},
      {Author, "Ana Ruiz"},
      {Author, "jean luc"},
      {Author, "O'Brien"},
      {Source, "42"},
      {Source, "france 24"},
      {Source, "economie"},
      {Source, "FRANCE"},
      {Publisher, "france medias monde"},
      {Publisher, "france24.co.uk"},
      {Topic, "election"},
      {Topic, "Elections"},
      {Topic, "politics"},
      {Topic, "11000000"},
      {Topic, "medtop:20000574"},
      {Topic, "weather"},
      {Topic, "medtop:99999999"},
      {Entity, "macron"},
      {Entity, "q142"},
      {Entity, "E Macron"},
      {Place, "evry"},
      {Place, "germany"},
      {Place, "de"},
      {Country, "France"},
      {Country, "fr"},
      {About, "germany"},
      {About, "DE"},
      {Language, "pt"},
      {Language, "pt_br"},
      {Language, "Portuguese"},
      {Story, "0900"},
      {Url, "election"},
      {Url, "evry"},
      {Url, "2026"},
      {Site, "news.france24.co.uk"},
      {Site, "france24.co.uk"},
      {Site, "www.France24.co.uk"},
      {Site, "https://france24.co.uk/en"},
  };
  for (const Case& c : kCases) EXPECT_TRUE(has(article(), c.field, c.written)) << c.written;
}

TEST(Values, AreNotFoundWhereTheArticleLacksThem) {
  using enum QueryField;
  constexpr Case kCases[] = {
      {Author, "maria brien"}, {Author, "ruiz ana"},   {Source, "24"},       {Source, "43"},
      {Topic, "sport"},        {Entity, "emmanuel e"}, {Country, "germany"}, {About, "france"},
      {Language, "pt-PT"},     {Language, "en"},       {Site, "co.uk"},      {Site, "bbc.co.uk"},
      {Story, "42"},           {Place, "france"},      {Url, "elect"},
  };
  for (const Case& c : kCases) EXPECT_FALSE(has(article(), c.field, c.written)) << c.written;
}

TEST(Values, TextsAreNormal) {
  struct Normal {
    QueryField field;
    std::string_view written;
    std::string_view expected;
  };
  using enum QueryField;
  constexpr Normal kCases[] = {
      {Topic, "Sport", "medtop:15000000"},
      {Topic, "sports", "medtop:15000000"},
      {Topic, "economy, business and finance", "medtop:04000000"},
      {Topic, "business", "medtop:04000000"},
      {Topic, "economy", "medtop:20000344"},
      {Topic, "war", "medtop:16000000"},
      {Topic, "Technology", "medtop:13000000"},
      {Topic, "climate change", "medtop:20000418"},
      {Topic, "labor", "medtop:09000000"},
      {Country, "UK", "gb"},
      {Country, "u.s.", "us"},
      {Country, "Türkiye", "tr"},
      {About, "South Korea", "kr"},
      {About, "Ivory Coast", "ci"},
      {Language, "Chinese", "zh"},
      {Language, "zh-hant-tw", "zh-hant-tw"},
      {Site, "bücher.example", "xn--bcher-kva.example"},
      {Author, "  Søren   Kierkegård ", "soren kierkegard"},
      {Source, "朝日新聞", "朝日新聞"},
  };
  for (const Normal& c : kCases) {
    const Result<std::string> text = value_text(c.field, c.written);
    ASSERT_TRUE(text) << c.written << ": " << text.error().message;
    EXPECT_EQ(*text, c.expected);
    const Result<std::string> again = value_text(c.field, *text);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *text) << "idempotent";
  }
}

TEST(Values, ThatCannotBeSayWhatWasMeant) {
  struct Wrong {
    QueryField field;
    std::string_view written;
    std::string_view told;
  };
  using enum QueryField;
  constexpr Wrong kCases[] = {
      {Topic, "polotics", "\"politics\""},
      {Topic, "zzzz", "no topic"},
      {Country, "Germny", "\"germany\""},
      {About, "Atlantis", "no country"},
      {Language, "germn", "\"german\""},
      {Story, "first", "story:42"},
      {Story, "0", "story:42"},
      {Site, "a b", "host"},
      {Author, "&&", "no word"},
  };
  for (const Wrong& c : kCases) {
    const Result<std::string> text = value_text(c.field, c.written);
    ASSERT_FALSE(text) << c.written << " → " << *text;
    EXPECT_EQ(text.error().kind, ErrorKind::InvalidInput);
    EXPECT_THAT(text.error().message, testing::HasSubstr(std::string(c.told)));
  }
}

TEST(ValueTerms, AreBoundedSortedAndApartFromWords) {
  SearchDocument document = article();
  document.authors.assign(1000, "a b c d e f g h i j k l m n");
  for (int i = 0; i < 1000; ++i)
    document.entities.push_back({.id = std::to_string(i), .text = "some long name of a thing"});
  const std::vector<std::string> terms = value_terms(document);
  EXPECT_LE(terms.size(), kValueTermsMax);
  EXPECT_TRUE(std::ranges::is_sorted(terms));
  EXPECT_EQ(std::ranges::adjacent_find(terms), terms.end());
  for (const std::string& term : terms) EXPECT_TRUE(term.front() >= 'A' && term.front() <= 'Z');
  EXPECT_TRUE(has(document, QueryField::Country, "france")) << "what is short is never left out";
  EXPECT_EQ(value_terms({}), std::vector<std::string>{"S0"});
}

}  // namespace
}  // namespace tidings::query
