#include "pipeline/feed_discovery.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/compression.h"

namespace tidings::pipeline {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string rss(const std::string& title, int entries = 1) {
  std::string items;
  for (int i = 0; i < entries; ++i) items += "<item><title>x</title></item>";
  return "<rss version=\"2.0\"><channel><title>" + title + "</title>" + items + "</channel></rss>";
}

// A web of addresses; everything else is 404.
struct Web {
  std::map<std::string, std::string> pages;
  std::map<std::string, std::string> redirects;
  std::vector<std::string> asked;

  FeedDiscovery explore(const std::string& address) {
    FeedDiscovery discovery(address);
    while (const std::optional<std::string> url = discovery.next()) {
      asked.push_back(*url);
      const std::string target = redirects.contains(*url) ? redirects.at(*url) : *url;
      const auto page = pages.find(target);
      if (page == pages.end()) {
        discovery.take(HttpResponse{.status = 404, .url = target});
      } else {
        discovery.take(HttpResponse{.status = 200, .body = page->second, .url = target});
      }
    }
    return discovery;
  }
};

std::vector<std::string> urls(const FeedDiscovery& discovery) {
  std::vector<std::string> found;
  for (const FoundFeed& feed : discovery.found()) found.push_back(feed.url);
  return found;
}

TEST(FeedDiscovery, ReadsWhatAPageNamesAndRanksIt) {
  Web web;
  web.pages = {
      {"https://a.example/",
       R"(<link rel="alternate" type="application/rss+xml" href="/comments/feed">
          <link rel="alternate" type="application/rss+xml" href="/empty.xml">
          <link rel="alternate" type="application/atom+xml" href="https://feeds.other.example/a">
          <link rel="alternate" type="application/rss+xml" href="/feed.xml" title="All">
          <link rel="alternate" type="application/rss+xml" href="/gone.xml">)"},
      {"https://a.example/comments/feed", rss("Comments on A")},
      {"https://a.example/empty.xml", rss("Empty", 0)},
      {"https://feeds.other.example/a", rss("Elsewhere")},
      {"https://a.example/feed.xml", rss("A", 3)},
  };
  const FeedDiscovery discovery = web.explore("https://a.example/");
  EXPECT_THAT(urls(discovery),
              ElementsAre("https://a.example/feed.xml", "https://feeds.other.example/a",
                          "https://a.example/empty.xml", "https://a.example/comments/feed"));
  EXPECT_EQ(
      discovery.found()[0],
      (FoundFeed{
          .url = "https://a.example/feed.xml", .title = "A", .format = "rss 2.0", .entries = 3}));
  EXPECT_EQ(web.asked.size(), 6u) << "nothing was tried that nobody named";
}

TEST(FeedDiscovery, AFeedIsItsOwn) {
  Web web;
  web.pages = {{"https://a.example/feed", rss("A")}};
  EXPECT_THAT(urls(web.explore("https://a.example/feed")), ElementsAre("https://a.example/feed"));
  EXPECT_EQ(web.asked.size(), 1u);
}

TEST(FeedDiscovery, AsksKnownSitesWithoutTheirPage) {
  Web web;
  web.pages = {{"https://github.com/o/r/tags.atom", rss("Tags")}};
  const FeedDiscovery discovery = web.explore("https://github.com/o/r");
  EXPECT_THAT(urls(discovery), ElementsAre("https://github.com/o/r/tags.atom"));
  EXPECT_EQ(discovery.found()[0].by, FoundFeed::By::Address);
  EXPECT_EQ(web.asked.size(), 3u);
}

// What goes by the path alone may be wrong: the page is asked then.
TEST(FeedDiscovery, GoesOnWhereARuleGuessedWrong) {
  Web web;
  web.pages = {{"https://a.example/@ann", R"(<a href="/blog/rss">RSS</a>)"},
               {"https://a.example/blog/rss", rss("Ann")}};
  EXPECT_THAT(urls(web.explore("https://a.example/@ann")),
              ElementsAre("https://a.example/blog/rss"));
}

TEST(FeedDiscovery, LooksIntoThePageOfAHandle) {
  Web web;
  const std::string feed =
      "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv";
  web.pages = {{"https://www.youtube.com/@a", "{\"externalId\":\"UCabcdefghijklmnopqrstuv\"}"},
               {feed, rss("A")}};
  EXPECT_THAT(urls(web.explore("https://www.youtube.com/@a")), ElementsAre(feed));
}

TEST(FeedDiscovery, TriesWellKnownPathsUntilOneAnswers) {
  Web web;
  web.pages = {{"https://a.example/blog/", "<p>nothing named</p>"},
               {"https://a.example/feed", "<html>not found, said with 200</html>"},
               {"https://a.example/feed.xml", rss("A")},
               {"https://a.example/atom.xml", rss("A")}};
  const FeedDiscovery discovery = web.explore("https://a.example/blog/");
  EXPECT_THAT(urls(discovery), ElementsAre("https://a.example/feed.xml"));
  EXPECT_EQ(discovery.found()[0].by, FoundFeed::By::WellKnown);
  EXPECT_THAT(web.asked, ElementsAre("https://a.example/blog/", "https://a.example/blog/feed",
                                     "https://a.example/blog/rss.xml", "https://a.example/feed",
                                     "https://a.example/rss.xml", "https://a.example/feed.xml"));
}

TEST(FeedDiscovery, FollowsRobotsToSitemapsOfNews) {
  Web web;
  web.pages = {
      {"https://a.example/", "<p>nothing named</p>"},
      {"https://a.example/robots.txt",
       "User-agent: *\nSitemap: https://a.example/pages.xml\nSitemap: "
       "https://a.example/news-index.xml\n"},
      {"https://a.example/pages.xml", "<urlset></urlset>"},
      {"https://a.example/news-index.xml",
       "<sitemapindex><sitemap><loc> https://a.example/news.xml?a=1&amp;b=2 </loc></sitemap>"
       "<sitemap><loc>https://a.example/other.xml</loc></sitemap></sitemapindex>"},
      {"https://a.example/news.xml?a=1&b=2", rss("News")}};
  const FeedDiscovery discovery = web.explore("https://a.example/");
  EXPECT_THAT(urls(discovery), ElementsAre("https://a.example/news.xml?a=1&b=2"));
  EXPECT_EQ(discovery.found()[0].by, FoundFeed::By::Sitemap);
  EXPECT_THAT(web.asked, Not(Contains("https://a.example/other.xml")));
}

TEST(FeedDiscovery, ReadsSitemapsThatAreGzipFiles) {
  Web web;
  web.pages = {{"https://a.example/", "<p>nothing named</p>"},
               {"https://a.example/robots.txt", "Sitemap: https://a.example/index.xml.gz\n"},
               {"https://a.example/index.xml.gz",
                compress("<sitemapindex><sitemap><loc>https://a.example/news.xml.gz</loc></sitemap>"
                         "</sitemapindex>",
                         Compression::Gzip, 6)},
               {"https://a.example/news.xml.gz", compress(rss("News"), Compression::Gzip, 6)}};
  EXPECT_THAT(urls(web.explore("https://a.example/")),
              ElementsAre("https://a.example/news.xml.gz"));
}

TEST(FeedDiscovery, GivesUpPolitely) {
  Web web;
  web.pages = {{"https://a.example/", "<p>nothing</p>"}};
  const FeedDiscovery discovery = web.explore("https://a.example/");
  EXPECT_THAT(discovery.found(), IsEmpty());
  EXPECT_LE(web.asked.size(), 11u);
  EXPECT_THAT(discovery.reason(), HasSubstr("names no feeds"));
}

TEST(FeedDiscovery, SaysWhatBecameOfWhatIsNamed) {
  Web web;
  web.pages = {
      {"https://a.example/", R"(<link rel="alternate" type="application/rss+xml" href="/f">)"}};
  EXPECT_THAT(web.explore("https://a.example/").reason(),
              HasSubstr("https://a.example/f answered 404"));
}

TEST(FeedDiscovery, LooksWhereARedirectLed) {
  Web web;
  web.redirects = {{"https://short.example/x", "https://www.reddit.com/r/x"}};
  web.pages = {{"https://www.reddit.com/r/x", "<p></p>"},
               {"https://www.reddit.com/r/x/.rss", rss("x")}};
  EXPECT_THAT(urls(web.explore("https://short.example/x")),
              ElementsAre("https://www.reddit.com/r/x/.rss"));
}

TEST(FeedDiscovery, AsksEndlessPagesOnlySoOften) {
  Web web;
  std::string links;
  for (int i = 0; i < 100; ++i) links += "<a href=\"/" + std::to_string(i) + ".rss\">x</a>";
  web.pages = {{"https://a.example/", links}};
  web.explore("https://a.example/");
  EXPECT_LE(web.asked.size(), FeedDiscovery::kRequestsMax);
}

}  // namespace
}  // namespace tidings::pipeline
