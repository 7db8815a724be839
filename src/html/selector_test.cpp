// Selectors as people write them, and the pages that were made to make them slow.
#include "html/selector.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"

namespace tidings::html {
namespace {

constexpr std::string_view kPage = R"(<!DOCTYPE html><title>t</title>
<body class="page wide"><div id="main"><h1 id="a">x</h1><!-- c --><p id="b" class="lead big">y</p>
<p id="c">z <a id="d" href="https://example.org/News.pdf" rel="nofollow tag" lang="en-GB">l</a></p>
<ul id="e"><li id="f">1</li><li id="g">2</li><li id="h">3</li><li id="i">4</li></ul>
<span id="j"></span><svg id="k"><linearGradient id="l"></linearGradient></svg><p id="m">end</p></div>
<div id="side"><div id="n"><p id="o" data-x="">q</p></div></div><template><p id="p">no</p></template>)";

std::string ids(const Document& document, const std::vector<NodeId>& nodes) {
  std::vector<std::string> found;
  for (const NodeId id : nodes) {
    const std::string_view name = attribute(document[id], "id");
    found.emplace_back(name.empty() ? document[id].name : name);
  }
  return join(found, " ");
}

std::string find_ids(const Document& document, std::string_view css, NodeId within = 0) {
  const Result<Selector> selector = Selector::parse(css);
  if (!selector) return selector.error().message;
  return ids(document, selector->find_all(document, within));
}

TEST(Selector, FindsWhatItNames) {
  const Document document = Document::parse(kPage);
  struct Case {
    std::string_view css;
    std::string_view expected;
  };
  const std::vector<Case> cases = {
      {"h1", "a"},
      {"H1", "a"},
      {"#b", "b"},
      {"p.lead", "b"},
      {".lead.big", "b"},
      {".Lead", ""},
      {"p", "b c m o"},
      {"body > div", "main side"},
      {"div > p", "b c m o"},
      {"div div p", "o"},
      {"h1 + p", "b"},
      {"h1 ~ p", "b c m"},
      {"p + p", "c"},
      {"h1~ul>li", "f g h i"},
      {"h1, #o ,li:first-child", "a f o"},
      {"[href]", "d"},
      {"a[href$='.pdf']", "d"},
      {"a[href$='.PDF' i]", "d"},
      {"a[href^=https]", "d"},
      {"a[HREF*=\"example.org\"]", "d"},
      {"a[href*='NEWS'i]", "d"},
      {"a[rel~=tag]", "d"},
      {"a[rel~=ta]", ""},
      {"a[lang|=en]", "d"},
      {"a[lang|=e]", ""},
      {"[data-x='']", "o"},
      {"[data-x^='']", ""},
      {"[ id = \"o\" s ]", "o"},
      {"li:nth-child(odd)", "f h"},
      {"li:nth-child(even)", "g i"},
      {"li:nth-child(2n+1)", "f h"},
      {"li:nth-child(-n+2)", "f g"},
      {"li:nth-child( n + 3 )", "h i"},
      {"li:nth-child(3)", "h"},
      {"li:nth-last-child(1)", "i"},
      {"li:nth-last-child(-n+2)", "h i"},
      {"p:nth-of-type(2)", "c"},
      {"p:last-of-type", "m o"},
      {"p:only-of-type", "o"},
      {"p:first-child", "o"},
      {"p:last-child", "m o"},
      {"p:only-child", "o"},
      {"div:not(#main)", "side n"},
      {"li:not(:first-child):not(:last-child)", "g h"},
      {"li:not(:first-child, :last-child)", "g h"},
      {"p:not(div div > *)", "b c m"},
      {":is(h1, ul) ~ p", "b c m"},
      {":is(#side p, #main > h1)", "a o"},
      {"div:is(:not(#side)) > p", "b c m o"},
      {":where(.lead)", "b"},
      {"*:root", "html"},
      {"span:empty", "j"},
      {"lineargradient", "l"},
      {"svg > linearGradient", "l"},
      {"template p", ""},
      {"#\\6d ain > h1", "a"},
      {"\\#b", ""},
      {"#main p a[rel]:not(.x)", "d"},
  };
  for (const Case& given : cases)
    EXPECT_EQ(find_ids(document, given.css), given.expected) << given.css;
}

TEST(Selector, LooksBelowWhereItIsToldAndKnowsWhatIsAbove) {
  const Document document = Document::parse(kPage);
  const NodeId side = Selector::parse("#side")->find_first(document);
  EXPECT_EQ(find_ids(document, "p", side), "o");
  EXPECT_EQ(find_ids(document, "body p", side), "o");
  EXPECT_EQ(find_ids(document, "#main ~ div p", side), "o");
  EXPECT_EQ(find_ids(document, "#side", side), "");
  const NodeId inert = Selector::parse("template")->find_first(document);
  EXPECT_EQ(find_ids(document, "p", inert), "p");
}

TEST(Selector, AsksASingleNode) {
  const Document document = Document::parse(kPage);
  const NodeId g = Selector::parse("#g")->find_first(document);
  EXPECT_TRUE(Selector::parse("h1 ~ ul > li:nth-child(2)")->matches(document, g));
  EXPECT_TRUE(Selector::parse("li + li")->matches(document, g));
  EXPECT_TRUE(Selector::parse(".wide li:nth-last-of-type(3)")->matches(document, g));
  EXPECT_FALSE(Selector::parse("li + li + li")->matches(document, g));
  EXPECT_FALSE(Selector::parse("*")->matches(document, g + 1)) << "a text";
  EXPECT_FALSE(Selector::parse("*")->matches(document, document.root()));
  EXPECT_EQ(Selector::parse("#none")->find_first(document), kNoNode);
}

// All that find_all finds, and nothing else, matches by itself.
TEST(Selector, BothWaysOfAskingAgree) {
  const Document document = Document::parse(kPage);
  for (const std::string_view css : {"p", "div p", "h1 ~ p", "li:nth-child(odd)", ":not(div > *)",
                                     "p:nth-last-of-type(2)", "body :empty"}) {
    const Selector selector = *Selector::parse(css);
    std::vector<NodeId> one_by_one;
    const NodeId inert = Selector::parse("template")->find_first(document);
    for (NodeId id = 0; id <= inert; ++id) {
      if (selector.matches(document, id)) one_by_one.push_back(id);
    }
    EXPECT_EQ(selector.find_all(document), one_by_one) << css;
  }
}

TEST(Selector, MistakesNameTheirPlace) {
  struct Case {
    std::string_view css;
    std::string_view message;
  };
  const std::vector<Case> cases = {
      {"", "column 1: the end"},
      {"p >", "column 4: the end"},
      {"p,,a", "column 3: \",a\""},
      {"p:hover", "column 2: \":hover\" instead of a known pseudo-class"},
      {"p::before", "column 2: \"::before\""},
      {"p:has(a)", "column 2: \":has(a)\" instead of a known function"},
      {"a[href", "column 7: the end instead of ']' or one of"},
      {"a[href=", "column 8: the end instead of a name"},
      {"a['x']", "column 3: \"'x']\" instead of a name"},
      {"a[href='x]", "column 11: the end instead of a closing '"},
      {"li:nth-child(x)", "column 14: \"x)\" instead of odd, even"},
      {"li:nth-child(2n+)", "column 17: \")\" instead of a number"},
      {"li:not(p", "column 9: the end instead of ')'"},
      {"p)", "column 2: \")\" instead of a comma or the end"},
      {".", "column 2: the end instead of a name"},
      {"p{}", "column 2: \"{}\""},
      {"\\", "column 2: the end instead of a character"},
  };
  for (const Case& given : cases) {
    const Result<Selector> selector = Selector::parse(given.css);
    ASSERT_FALSE(selector) << given.css;
    EXPECT_THAT(selector.error().message, testing::HasSubstr(given.message)) << given.css;
  }
}

TEST(Selector, LimitsAreStatedWhenReached) {
  std::string many = "p";
  for (std::size_t i = 1; i < kSelectorStepsMax; ++i) many += " p";
  EXPECT_TRUE(Selector::parse(many));
  EXPECT_THAT(Selector::parse(many + " p").error().message, testing::HasSubstr("64 parts"));
  EXPECT_FALSE(Selector::parse(std::string(kSelectorBytesMax + 1, 'a')));
  std::string nested = "p";
  for (std::size_t i = 0; i <= kSelectorNestingMax; ++i) nested = ":not(" + nested + ")";
  EXPECT_THAT(Selector::parse(nested).error().message, testing::HasSubstr("8 deep"));
}

// With backtracking these take depth to the power of steps; a pass takes their product.
TEST(Selector, HostilePagesCostNoMoreThanOthers) {
  std::string page;
  for (int i = 0; i < 500; ++i) page += "<div class=a>";
  for (int i = 0; i < 20'000; ++i) page += "<p>";
  const Document document = Document::parse(page);
  std::string css;
  for (int i = 0; i < 30; ++i) css += ".a > .a ";
  EXPECT_EQ(find_ids(document, css + ".none"), "");
  std::string siblings = "p";
  for (int i = 0; i < 30; ++i) siblings += " ~ p + p";
  EXPECT_EQ(find_ids(document, siblings + ".none"), "");
  EXPECT_EQ(Selector::parse("p:nth-last-of-type(2n)")->find_all(document).size(), 10'000u);
}

}  // namespace
}  // namespace tidings::html
