#include "sources/catalog.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/uloc.h>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::sources {
namespace {

using testing::IsEmpty;
using testing::Not;

std::vector<SourceSettings> catalog() {
  Result<std::vector<SourceSettings>> feeds = starter_catalog();
  if (feeds) return *std::move(feeds);
  ADD_FAILURE() << feeds.error().message;
  return {};
}

std::set<std::string> iso_countries() {
  std::set<std::string> codes = {"XK"};  // Kosovo: user-assigned, and what everybody uses
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    if (std::strlen(*code) == 2) codes.insert(*code);
  }
  return codes;
}

std::set<std::string> iso_languages() {
  std::set<std::string> codes = {"cnr"};  // Montenegrin is in ISO 639-2 since 2017
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    codes.insert(*code);
  }
  return codes;
}

TEST(StarterCatalog, HasAboutFourHundredFeeds) {
  const std::size_t count = catalog().size();
  EXPECT_GE(count, 350u);
  EXPECT_LE(count, 450u);
}

TEST(StarterCatalog, LosesNoLineOfTheFile) {
  std::ifstream file(std::string(TIDINGS_TREE) + "/data/starter_catalog.opml");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::size_t named = 0;
  for (std::size_t at = text.find("xmlUrl="); at != std::string::npos;
       at = text.find("xmlUrl=", at + 1)) {
    ++named;
  }
  EXPECT_EQ(catalog().size(), named) << "an address stands twice in the file";
}

TEST(StarterCatalog, CoversTheWorld) {
  std::map<std::string, int> national;
  std::set<std::string> languages, topics;
  for (const SourceSettings& feed : catalog()) {
    if (feed.folder.front() != "Topics") ++national[feed.country];
    languages.insert(feed.language);
    topics.insert(feed.topics.begin(), feed.topics.end());
  }
  EXPECT_GE(national.size(), 170u);
  EXPECT_GE(languages.size(), 40u);
  for (const auto& [country, count] : national) EXPECT_LE(count, 3) << country;
  for (const char* topic : {"world", "politics", "business", "technology", "science", "health",
                            "sport", "environment", "culture"}) {
    EXPECT_TRUE(topics.contains(topic)) << topic;
  }
}

TEST(StarterCatalog, SaysWhereAndInWhatLanguage) {
  const std::set<std::string> countries = iso_countries();
  const std::set<std::string> languages = iso_languages();
  for (const SourceSettings& feed : catalog()) {
    const bool is_national = feed.folder.front() != "Topics";
    EXPECT_EQ(feed.folder.size(), 2u) << feed.url;
    EXPECT_THAT(feed.title, Not(IsEmpty())) << feed.url;
    EXPECT_THAT(feed.topics, Not(IsEmpty())) << feed.url;
    if (is_national || !feed.country.empty()) {
      EXPECT_TRUE(countries.contains(feed.country)) << feed.url << " " << feed.country;
    }
    const std::string primary(split(feed.language, '-').front());
    EXPECT_TRUE(languages.contains(primary)) << feed.url << " " << feed.language;
    EXPECT_TRUE(feed.enabled);
    EXPECT_FALSE(feed.interval);
  }
}

TEST(StarterCatalog, NamesNoAggregatorsOfOthers) {
  for (const SourceSettings& feed : catalog()) {
    const Result<Url> url = parse_url(feed.url);
    ASSERT_TRUE(url) << feed.url;
    EXPECT_EQ(url->to_string(), feed.url);
    const std::string domain = registrable_domain(url->host);
    for (const char* forbidden : {"google.com", "reddit.com", "youtube.com", "twitter.com", "x.com",
                                  "facebook.com", "rss.app", "openrss.org"}) {
      EXPECT_NE(domain, forbidden) << feed.url;
    }
  }
}

}  // namespace
}  // namespace tidings::sources
