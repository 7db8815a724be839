#include "analyze/places.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyze/analyze.h"
#include "analyze/gazetteer.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

// "Paris=FR;Seine=FR", sorted; "-" for none: as the files of cases have it.
std::string written(const PlacesFound& found) {
  std::vector<std::string> parts;
  for (const Place& place : found.places) parts.push_back(place.text + "=" + place.country);
  std::ranges::sort(parts);
  return parts.empty() ? "-" : join(parts, ";");
}

std::string sorted(const std::string& list) {
  const auto split_up = split(list, ';');
  std::vector<std::string> parts(split_up.begin(), split_up.end());
  std::ranges::sort(parts);
  return join(parts, ";");
}

struct Floor {
  std::string language;
  double share = 0;
};

class PlacesOfLanguage : public testing::TestWithParam<Floor> {};

TEST_P(PlacesOfLanguage, AreFoundAsWritten) {
  const auto cases = case_lines("places/" + GetParam().language + ".tsv");
  std::size_t right = 0;
  std::string wrong;
  for (const auto& fields : cases) {
    const std::string found = written(places(document_of(fields.at(1), GetParam().language)));
    if (found == sorted(fields[0]))
      ++right;
    else
      wrong += found + " for " + fields[0] + ": " + fields[1] + "\n";
  }
  EXPECT_GE(cases.size(), 60u);
  EXPECT_GE(static_cast<double>(right), GetParam().share * static_cast<double>(cases.size()))
      << wrong;
}

INSTANTIATE_TEST_SUITE_P(Languages, PlacesOfLanguage,
                         testing::Values(Floor{"en", 0.95}, Floor{"de", 0.95}, Floor{"fr", 0.95},
                                         Floor{"es", 0.95}, Floor{"it", 0.95}, Floor{"pt", 0.95},
                                         Floor{"nl", 0.95}),
                         [](const auto& info) { return info.param.language; });

std::map<std::string, double> scores(const PlacesFound& found) {
  std::map<std::string, double> all;
  for (const CountryScore& country : found.countries) all[country.code] = country.score;
  return all;
}

// tests/analysis/places/ambiguous.en.tsv through all analyzers, since who reads for names knows
// more.
TEST(Places, NamesakesAndNamesThatAreNoPlacesAreToldApart) {
  constexpr double kFloor = 0.95;
  const auto cases = case_lines("places/ambiguous.en.tsv");
  std::size_t places_right = 0, countries_right = 0;
  std::string wrong;
  for (const auto& fields : cases) {
    const Analysis found = analyze({.title = "", .text = fields.at(1), .language = "en"});
    std::set<std::string> missing, known, extra;
    for (const std::string_view place : split(fields[0], ';')) {
      const bool is_optional = place.starts_with('?');
      if (!is_optional && !place.empty()) missing.emplace(place);
      known.emplace(place.substr(is_optional ? 1 : 0));
    }
    for (const Place& place : found.places) {
      const std::string written = place.text + "=" + place.country;
      missing.erase(written);
      if (!known.contains(written)) extra.insert(written);
    }
    const std::string first = found.countries.empty() ? "-" : found.countries[0].code;
    places_right += missing.empty() && extra.empty() ? 1 : 0;
    countries_right += fields.at(2) == "*" || fields[2] == first ? 1 : 0;
    if (!missing.empty() || !extra.empty() || (fields[2] != "*" && fields[2] != first))
      wrong += fmt::format("without {}, with {}, {}: {}\n", fmt::join(missing, ";"),
                           fmt::join(extra, ";"), first, fields[1]);
  }
  const auto all = static_cast<double>(cases.size());
  EXPECT_GE(cases.size(), 90u);
  EXPECT_GE(static_cast<double>(places_right), kFloor * all) << wrong;
  EXPECT_GE(static_cast<double>(countries_right), kFloor * all) << wrong;
}

TEST(Places, OffsetsAreOfTheDocument) {
  const std::string text = "Rain in Köln\nIt rained in Köln. Köln's mayor spoke.";
  const PlacesFound found = places(document_of(text, "en", 13));
  ASSERT_EQ(found.places.size(), 1u);
  const Place& place = found.places[0];
  EXPECT_EQ(place.name, "Köln");
  EXPECT_NEAR(place.latitude, 50.93, 0.05);
  EXPECT_NEAR(place.longitude, 6.95, 0.05);
  ASSERT_EQ(place.offsets.size(), 3u);
  for (const TextSpan& span : place.offsets)
    EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "Köln");
}

TEST(Places, AQualifierHoldsForTheWholeArticle) {
  const PlacesFound found = places(document_of(
      "Residents of Paris, Texas, voted on Tuesday. In Paris the polls closed at seven."));
  EXPECT_EQ(written(found), "Paris=US;Texas=US");
}

TEST(Places, OtherPlacesDecideBetweenNamesakes) {
  const PlacesFound found =
      places(document_of("Crews in Alberta fought the fire near Calgary. It began in Red Deer, and "
                         "smoke reached Saskatchewan and Vancouver, "
                         "said officials in Victoria."));
  EXPECT_EQ(scores(found).size(), 1u) << written(found);
  EXPECT_TRUE(scores(found).contains("CA")) << written(found);
}

TEST(Places, GivenMentionsAreResolvedAtTheirOffsets) {
  const std::string text =
      "The fire in Ontario spread.\nHomes in Toronto and in Smallplaceville were lost.";
  const auto span = [&](std::string_view phrase) {
    const auto at = static_cast<std::uint32_t>(text.find(phrase));
    return TextSpan{at, at + static_cast<std::uint32_t>(phrase.size())};
  };
  const std::vector<TextSpan> mentions = {span("Smallplaceville"), span("Toronto"),
                                          span("Ontario")};
  const PlacesFound found = places(document_of(text, "en", 27), {.mentions = mentions});
  std::size_t resolved = 0;
  for (const Place& place : found.places)
    for (const TextSpan& offset : place.offsets)
      if (std::ranges::find(mentions, offset) != mentions.end()) {
        ++resolved;
        EXPECT_EQ(place.country, "CA");
      }
  EXPECT_EQ(resolved, 3u);
}

// A given place that no list has: its country is all that can be said, and of what looks like no
// name, nothing.
TEST(Places, AGivenPlaceThatNoListHasIsOnlyInACountry) {
  const std::string text =
      "Vitamin P helps, and 2026 was a good year for Smallplaceville near Lyon in France.";
  const auto span = [&](std::string_view phrase) {
    const auto at = static_cast<std::uint32_t>(text.find(phrase));
    return TextSpan{at, at + static_cast<std::uint32_t>(phrase.size())};
  };
  const std::vector<TextSpan> mentions = {span("P "), span("2026"), span("good"),
                                          span("Smallplaceville")};
  const PlacesFound found = places(document_of(text), {.mentions = mentions});
  EXPECT_EQ(written(found), "France=FR;Lyon=FR;Smallplaceville=FR");
  for (const Place& place : found.places)
    if (place.text == "Smallplaceville") EXPECT_EQ(place.name, "France");
  const std::vector<TextSpan> alone = {{0, 15}};
  EXPECT_EQ(written(places(document_of("Smallplaceville is quiet."), {.mentions = alone})), "-");
}

TEST(Places, OtherReadersOfNamesAreEvidence) {
  const std::string text = "Jordan closed its airspace. Boston College waits.";
  const std::vector<TextSpan> jordan = {{0, 6}};
  const std::vector<TextSpan> college = {{28, 42}};
  EXPECT_EQ(written(places(document_of(text), {.likely = jordan, .others = college})), "Jordan=JO");
}

TEST(Places, WhatIsSmallElsewhereIsAWord) {
  EXPECT_EQ(written(places(document_of("Rub the turkey with salt. Turkey is best cold."))), "-");
}

TEST(Places, PersonsAreNoPlaces) {
  const std::string text = "Voters in Houston met Austin after the debate.";
  EXPECT_EQ(written(places(document_of(text), {.persons = std::vector<TextSpan>{{22, 28}}})),
            "Houston=US");
}

TEST(Places, MentionsOutOfTheTextAreLeftOut) {
  const std::vector<TextSpan> mentions = {{5, 2}, {3, 3}, {0, 4'000}, {4'000, 5'000}};
  EXPECT_EQ(written(places(document_of("All is quiet."), {.mentions = mentions})), "-");
}

TEST(Places, MentionsThatCutWordsOrCharactersNameNone) {
  const std::string text = "Zürich und Köln";
  const std::vector<TextSpan> mentions = {{1, 3}, {2, 7}, {12, 17}};
  EXPECT_EQ(written(places(document_of(text, "de"), {.mentions = mentions})), "Köln=DE");
}

TEST(Places, CountriesComeFromWhoLivesThereToo) {
  const PlacesFound french =
      places(document_of("Le gouvernement français a rejeté la proposition allemande.", "fr"));
  EXPECT_TRUE(scores(french).contains("FR"));
  EXPECT_TRUE(scores(french).contains("DE"));
  EXPECT_TRUE(french.places.empty());
  const PlacesFound english =
      places(document_of("Japanese carmakers raised prices, and Japanese buyers stayed away."));
  ASSERT_EQ(english.countries.size(), 1u);
  EXPECT_EQ(english.countries[0].code, "JP");
}

TEST(Places, CountryScoresFallAndSumToOneAtMost) {
  const PlacesFound found = places(document_of(
      "Germany leads\nGermany beat France in Berlin. France had beaten Spain.", "en", 13));
  double sum = 0, last = 1;
  for (const CountryScore& country : found.countries) {
    EXPECT_LE(country.score, last);
    last = country.score;
    sum += country.score;
  }
  EXPECT_LE(sum, 1);
  ASSERT_FALSE(found.countries.empty());
  EXPECT_EQ(found.countries[0].code, "DE");
}

TEST(Places, PublisherAndDomainAreEvidence) {
  const std::string text =
      "The council of Hamilton will vote on the stadium. Hamilton needs it, people in Hamilton "
      "say.";
  const auto country = [&](PlaceHints hints) {
    const PlacesFound found = places(document_of(text), hints);
    return found.places.empty() ? "" : found.places[0].country;
  };
  EXPECT_EQ(country({.publisher = "Toronto Daily", .url = "https://news.example.ca/a"}), "CA");
}

TEST(Places, BadInputIsAnsweredWithinBounds) {
  for (const std::string text : {"", "\n", "London", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "A'", "'s",
                                 "l'", "U.S.", "\xFF\xFE Paris \xC3"})
    places(document_of(text));
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "Paris ";
  EXPECT_LE(places(document_of(many)).places.size(), 1u);
  std::string list;
  for (int i = 0; i < 20'000; ++i)
    list += i % 3 == 0 ? "Springfield, " : i % 3 == 1 ? "Florida, " : "San Antonio, ";
  EXPECT_LE(places(document_of(list)).places.size(), 500u);
  std::string letters(1'000'000, 'A');
  EXPECT_TRUE(places(document_of(letters)).places.empty());
}

TEST(Gazetteer, KnowsPlacesByTheirNames) {
  const Gazetteer gazetteer;
  const Senses senses = gazetteer.find("mailand");
  ASSERT_FALSE(senses.empty());
  const GazetteerPlace place = gazetteer.place(senses[0].place);
  EXPECT_EQ(gazetteer.country_code(place.country), "IT");
  EXPECT_EQ(place.kind, PlaceKind::City);
  EXPECT_TRUE(gazetteer.find("no such place at all").empty());
  EXPECT_TRUE(gazetteer.find("").empty());
}

TEST(Gazetteer, NumbersCountriesBothWays) {
  const Gazetteer gazetteer;
  EXPECT_EQ(gazetteer.country_code(gazetteer.country_number("PT")), "PT");
  EXPECT_EQ(gazetteer.country_number("ZZ"), 0);
  EXPECT_EQ(gazetteer.country_code(0), "");
  EXPECT_EQ(gazetteer.country_code(255), "");
}

}  // namespace
}  // namespace tidings::analyze
