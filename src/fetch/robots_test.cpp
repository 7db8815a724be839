#include "fetch/robots.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

RobotsRules read(std::string_view text) {
  return RobotsRules::parse(text, "Tidings");
}

TEST(Robots, WithoutRulesEverythingIsAllowed) {
  EXPECT_TRUE(RobotsRules().allows("/any"));
  EXPECT_TRUE(read("").allows("/any"));
  EXPECT_TRUE(read("<html><body>Not found: this is a page</body></html>").allows("/any"));
}

TEST(Robots, AFileOutOfReachForbidsAllButItself) {
  EXPECT_FALSE(RobotsRules::none_allowed().allows("/any"));
  EXPECT_TRUE(RobotsRules::none_allowed().allows("/robots.txt"));
}

struct Case {
  const char* why;
  const char* file;
  const char* target;
  bool allowed;
};

TEST(Robots, DecidesAsTheRfcSays) {
  const std::vector<Case> cases = {
      {"a prefix", "User-agent: *\nDisallow: /private", "/private/x", false},
      {"prefixes are by bytes", "User-agent: *\nDisallow: /fish", "/fish.html", false},
      {"case counts in paths", "User-agent: *\nDisallow: /Fish", "/fish", true},
      {"keys are in any case", "USER-AGENT: *\nDISALLOW: /a", "/a", false},
      {"an empty disallow forbids nothing", "User-agent: *\nDisallow:", "/a", true},
      {"the longest rule wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
      {"in whatever order", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true},
      {"allow wins among equals", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
      {"a star is any text", "User-agent: *\nDisallow: /*.pdf", "/deep/file.pdf?x=1", false},
      {"a dollar is the end", "User-agent: *\nDisallow: /*.pdf$", "/file.pdf?x=1", true},
      {"an anchored star", "User-agent: *\nDisallow: /a*b$", "/axxb", false},
      {"an anchored plain rule", "User-agent: *\nDisallow: /a$", "/ab", true},
      {"stars in a row", "User-agent: *\nDisallow: /**a**b", "/xaxb", false},
      {"pieces do not overlap", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
      {"queries count", "User-agent: *\nDisallow: /*?session=", "/a?session=1", false},
      {"our group replaces everybody's",
       "User-agent: *\nDisallow: /\n\nUser-agent: tidings\nAllow: /", "/a", true},
      {"and may be stricter", "User-agent: Tidings/0.1\nDisallow: /\nUser-agent: *\nAllow: /", "/a",
       false},
      {"another product is not us", "User-agent: TidingsBot\nDisallow: /", "/a", true},
      {"agents in a row share a group", "User-agent: x\nUser-agent: *\nDisallow: /a", "/a", false},
      {"groups of one agent are merged",
       "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /b\n\nUser-agent: *\nDisallow: /c",
       "/c", false},
      {"another's group is not ours", "User-agent: x\nDisallow: /b\n\nUser-agent: *\nDisallow: /c",
       "/b", true},
      {"rules before any agent are nobody's", "Disallow: /a", "/a", true},
      {"a blank line ends no group", "User-agent: *\n\nDisallow: /a", "/a", false},
      {"comments", "User-agent: * # all\nDisallow: /a # b", "/a", false},
      {"a byte-order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
      {"carriage returns alone", "User-agent: *\rDisallow: /a", "/a", false},
      {"white space around", "  User-agent :  *  \n  Disallow :  /a  ", "/a", false},
      {"unknown lines are passed over", "User-agent: *\nNoindex: /x\nDisallow: /a", "/a", false},
      {"escapes that need none", "User-agent: *\nDisallow: /%7Ejoe", "/~joe", false},
      {"and the other way", "User-agent: *\nDisallow: /~joe", "/%7ejoe", false},
      {"text beyond ASCII", "User-agent: *\nDisallow: /\xC3\xBC", "/%C3%BCber", false},
      {"reserved escapes stay", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.file).allows(c.target), c.allowed) << c.why;
}

TEST(Robots, TellsDelayAndSitemaps) {
  const RobotsRules rules =
      read("Sitemap: https://a.example/s.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: /t.xml\n");
  EXPECT_EQ(rules.crawl_delay(), std::chrono::milliseconds(2500));
  EXPECT_EQ(rules.sitemaps(), (std::vector<std::string>{"https://a.example/s.xml", "/t.xml"}));
  EXPECT_EQ(read("User-agent: *\nCrawl-delay: 1e300").crawl_delay(), std::chrono::minutes(1));
  EXPECT_EQ(read("User-agent: *\nCrawl-delay: nan").crawl_delay(), std::nullopt);
  EXPECT_EQ(read("User-agent: *\nCrawl-delay: -1").crawl_delay(), std::nullopt);
  EXPECT_EQ(read("User-agent: x\nCrawl-delay: 9\nUser-agent: *\nDisallow:").crawl_delay(),
            std::nullopt);
}

TEST(Robots, AFileOfAnySizeIsBounded) {
  std::string text = "User-agent: *\n";
  while (text.size() < 600'000) text += "Disallow: /a" + std::to_string(text.size()) + "\n";
  text += "Disallow: /late";
  const RobotsRules rules = read(text);
  EXPECT_FALSE(rules.allows("/a14"));
  EXPECT_TRUE(rules.allows("/late"));
}

}  // namespace
}  // namespace tidings::fetch
