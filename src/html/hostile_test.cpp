// Pages that were made to be slow or big: work and memory grow as the page does, and no faster.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "html/arena.h"
#include "html/document.h"

namespace tidings::html {
namespace {

std::string times(std::string_view piece, std::size_t count) {
  std::string out;
  out.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

std::size_t depth_of(const Document& document) {
  std::size_t deepest = 0;
  std::vector<std::size_t> depths(document.size());
  for (NodeId id = 1; id < document.size(); ++id) {
    depths[id] = depths[document[id].parent] + 1;
    deepest = std::max(deepest, depths[id]);
  }
  return deepest;
}

struct Hostile {
  std::string why;
  std::string html;
};

// Each is a megabyte and more of what makes naive parsers take minutes.
std::vector<Hostile> hostile_pages() {
  const std::size_t many = 100'000;
  std::string attributes = "<p";
  for (std::size_t i = 0; i < many; ++i) attributes += " a" + std::to_string(i) + "=b";
  std::string fonts;
  for (std::size_t i = 0; i < many / 10; ++i) fonts += "<font size=" + std::to_string(i) + ">";
  std::string bodies;
  for (std::size_t i = 0; i < many / 10; ++i) bodies += "<body a" + std::to_string(i) + "=b>";
  return {
      {"elements in elements", times("<div>", 1'000'000)},
      {"and out again", times("<div>", many) + times("</div>", many) + "end"},
      {"paragraphs that look for one to end",
       "<p><object>" + times("<span>", many) + times("<div>", many)},
      {"end tags that find nothing", times("<span>", many) + times("</em>", many)},
      {"end tags behind a block", "<x>" + times("<div><b>", 1000) + times("</x>", many)},
      {"formatting that is adopted", times("<b><p>", many)},
      {"adopted and closed", times("<a><div></a>", many)},
      {"formatting in every paragraph", fonts + times("<p>x", many)},
      {"formatting elements that differ", fonts + times("</font>", many)},
      {"attributes", attributes + ">"},
      {"attributes of the body", bodies},
      {"an attribute that never ends", "<a b='" + times("x", 1'000'000)},
      {"comments that never end", times("<!-- - -", many)},
      {"dashes", "<!--" + times("-", 1'000'000)},
      {"ampersands", times("& &a &#", many)},
      {"references that are none", times("&CounterClockwiseContourIntegra", many / 10)},
      {"less-than signs", times("<", 1'000'000)},
      {"bogus comments", times("<!x><?x></ x>", many)},
      {"scripts that hide", "<script><!--" + times("<script></script", many)},
      {"text before tables", "<table>" + times("a<b>", many)},
      {"tables in cells", times("<table><tr><td>", many)},
      {"tables that end each other", times("<table>", many)},
      {"lists", times("<ul><li>", many)},
      {"items that look for a list", "<li>" + times("<div>", 400) + times("<li>", many)},
      {"templates", times("<template>", many)},
      {"selects", times("<select><option>", many)},
      {"foreign elements", times("<svg><g>", many) + times("</x>", many)},
      {"foreign elements that break out", times("<svg><p>", many)},
      {"forms", times("<form><div></form>", many)},
      {"headings", times("<h1>", many) + times("</h2>", many)},
      {"buttons", times("<button><p>", many)},
      {"frames", times("<frameset>", many)},
      {"null characters", std::string(1'000'000, '\0')},
      {"line ends", times("\r\n\r", 300'000)},
  };
}

// Quadratic work on these would take hours under the sanitizers: the test's time limit is the
// check.
TEST(Hostile, PagesStayWithinTheirLimits) {
  const ParseLimits limits;
  for (const Hostile& page : hostile_pages()) {
    for (const bool is_page : {true, false}) {
      const Document document =
          is_page ? Document::parse(page.html) : Document::parse_fragment(page.html);
      EXPECT_LE(document.size(), limits.nodes_max + 200) << page.why;
      EXPECT_LE(depth_of(document), limits.depth_max + 2) << page.why;
    }
  }
}

// Nodes are what memory goes to: twice the page gives at most twice the nodes (formatting that
// every paragraph opens again is bounded by a constant, and so are these).
TEST(Hostile, TwiceThePageIsTwiceTheTree) {
  const std::vector<Hostile> pieces = {
      {"adoption", "<a><div></a>"},        {"formatting", "<b><p>"},
      {"paragraphs", "<p>x<i>"},           {"tables", "<table>a<b><tr><td>"},
      {"foreign", "<svg><foreignObject>"}, {"lists", "<ul><li><div>"}};
  for (const Hostile& piece : pieces) {
    const std::size_t once = Document::parse(times(piece.html, 2'000)).size();
    const std::size_t twice = Document::parse(times(piece.html, 4'000)).size();
    EXPECT_LE(twice, 2 * once + 100) << piece.why;
  }
}

TEST(Hostile, WhatIsTooDeepIsLeftOutAndTheRestStaysInPlace) {
  const std::string html = times("<div>", 1'000'000) + "in" + times("</div>", 1'000'000) + "<p>out";
  const Document document = Document::parse(html, {.bytes_max = SIZE_MAX});
  EXPECT_TRUE(document.truncated());
  EXPECT_EQ(text_content(document, 0), "inout");
  const Node& last = document[static_cast<NodeId>(document.size() - 2)];
  EXPECT_EQ(last.tag, Tag::P);
  EXPECT_EQ(document[last.parent].tag, Tag::Body);
}

}  // namespace
}  // namespace tidings::html
