#include "normalize/discover_feeds.h"

#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/url.h"

namespace tidings::normalize {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPage = "https://www.example.com/news/today.html";

TEST(DiscoverFeeds, ReadsOneLink) {
  const struct {
    const char* why;
    std::string given;
    std::vector<DiscoveredFeed> expected;
  } cases[] = {
      {"RSS",
       R"(<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">)",
       {{"https://www.example.com/feed/", "News", "application/rss+xml"}}},
      {"Atom, relative, single quotes",
       "<LINK REL='Alternate' TYPE='application/atom+xml' HREF='atom.xml'/>",
       {{"https://www.example.com/news/atom.xml", "", "application/atom+xml"}}},
      {"JSON Feed, no quotes",
       "<link rel=alternate type=application/feed+json href=/f.json>",
       {{"https://www.example.com/f.json", "", "application/feed+json"}}},
      {"parameters of the type",
       R"(<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/f">)",
       {{"https://www.example.com/f", "", "application/rss+xml"}}},
      {"rel with more words",
       R"(<link rel="home alternate" type="application/rss+xml" href="/f">)",
       {{"https://www.example.com/f", "", "application/rss+xml"}}},
      {"entities",
       R"(<link rel=alternate type=application/rss+xml title="A &amp; B" href="/?a=1&amp;feed=rss2">)",
       {{"https://www.example.com/?a=1&feed=rss2", "A & B", "application/rss+xml"}}},
      {"plain JSON that is a feed",
       R"(<link rel=alternate type=application/json href="/feed.json">)",
       {{"https://www.example.com/feed.json", "", "application/json"}}},
      {"WordPress' API",
       R"(<link rel=alternate type=application/json href="/wp-json/wp/v2/pages/7">)",
       {}},
      {"another language", R"(<link rel=alternate hreflang=de href="/de/">)", {}},
      {"a style sheet", R"(<link rel="alternate stylesheet" type="text/css" href="/a.css">)", {}},
      {"no address", R"(<link rel=alternate type=application/rss+xml href="">)", {}},
      {"another scheme",
       R"(<link rel=alternate type=application/rss+xml href="javascript:x">)",
       {}},
      {"a comment", R"(<!-- <link rel=alternate type=application/rss+xml href="/f"> -->)", {}},
      {"a script",
       R"(<script>"<link rel=alternate type=application/rss+xml href='/f'>"</SCRIPT>)",
       {}},
      {"a quoted '>'",
       R"(<link title="a > b" rel=alternate type=application/rss+xml href="/f">)",
       {{"https://www.example.com/f", "a > b", "application/rss+xml"}}},
      {"a base",
       R"(<base href="https://cdn.example.com/x/"><link rel=alternate type=application/rss+xml href="f">)",
       {{"https://cdn.example.com/x/f", "", "application/rss+xml"}}},
      {"an anchor",
       R"(<a href="/rss.xml#top"> Our <b>feed</b></a>)",
       {{"https://www.example.com/rss.xml", "Our", ""}}},
      {"an anchor to a page", R"(<a href="/about-our-feed.html">Feed</a>)", {}},
      {"a mail address", R"(<a href="mailto:feed@example.com">Feed</a>)", {}},
  };
  for (const auto& [why, given, expected] : cases) {
    EXPECT_EQ(discover_feeds(given, kPage), expected) << why;
  }
}

TEST(DiscoverFeeds, PutsTheMostLikelyFirstAndEachOnce) {
  const std::vector<DiscoveredFeed> feeds = discover_feeds(R"(
      <a href="https://other.test/feed">Friends</a>
      <a href="https://feeds.example.com/all">All</a>
      <link rel=alternate type=application/rss+xml title="Site &raquo; Comments Feed" href=/comments/feed/>
      <link rel=alternate type=application/rss+xml title=Site href=/feed/>
      <a href="/feed/">RSS</a>)",
                                                           kPage);
  std::vector<std::string> urls;
  for (const DiscoveredFeed& feed : feeds) urls.push_back(feed.url);
  EXPECT_THAT(urls,
              ElementsAre("https://www.example.com/feed/", "https://www.example.com/comments/feed/",
                          "https://feeds.example.com/all", "https://other.test/feed"));
}

TEST(DiscoverFeeds, BoundsWhatItGives) {
  std::string page;
  for (int i = 0; i < 5'000; ++i) {
    page += "<link rel=alternate type=application/rss+xml href=/" + std::to_string(i) + ">";
  }
  EXPECT_THAT(discover_feeds(page, kPage), SizeIs(kDiscoveredFeedsMax));
  const std::string title(100'000, 'x');
  const auto feeds = discover_feeds(
      "<link rel=alternate type=application/rss+xml href=/f title='" + title + "'>", kPage);
  ASSERT_THAT(feeds, SizeIs(1));
  EXPECT_LE(feeds[0].title.size(), 500u);
}

TEST(DiscoverFeeds, TakesAnyBytesInLinearTime) {
  const std::string nasty[] = {
      std::string(3'000'000, '<'),
      [] {
        std::string text;
        for (int i = 0; i < 300'000; ++i) text += "<script>";
        return text;
      }(),
      [] {
        std::string text;
        for (int i = 0; i < 300'000; ++i) text += "<a href='";
        return text;
      }(),
      [] {
        std::string text;
        for (int i = 0; i < 300'000; ++i) text += "<!--<a ";
        return text;
      }(),
  };
  for (const std::string& page : nasty) EXPECT_THAT(discover_feeds(page, kPage), IsEmpty());
}

TEST(DiscoverFeeds, GivesOnlyWebAddressesWhateverThePage) {
  const std::string pieces[] = {"<link ",
                                "rel=alternate ",
                                "type=application/rss+xml ",
                                "href=",
                                "'",
                                "\"",
                                ">",
                                "/feed",
                                "<a ",
                                "<base ",
                                "https://x.test/",
                                "\xff",
                                "<!--",
                                "-->",
                                "title=",
                                "&amp;",
                                "<script>",
                                "</script>",
                                "=",
                                " "};
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string page;
    for (int n = 0; n < 12; ++n) page += pieces[random() % std::size(pieces)];
    for (const DiscoveredFeed& feed : discover_feeds(page, kPage)) {
      const Result<Url> url = parse_url(feed.url);
      ASSERT_TRUE(url) << page;
      ASSERT_EQ(url->to_string(), feed.url) << page;
    }
  }
}

}  // namespace
}  // namespace tidings::normalize
