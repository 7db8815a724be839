// Our parser against gumbo: equal trees, but for what html/gumbo_agreement.h names.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "html/character_class.h"
#include "html/gumbo_agreement.h"
#include "html/sample_pages.h"

namespace tidings::html {
namespace {

// What gumbo makes of control characters is no part of the comparison.
std::string without_c1_controls(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const bool is_c1 =
        html[i] == '\xC2' && i + 1 < html.size() && static_cast<unsigned char>(html[i + 1]) < 0xA0;
    if (is_c1) {
      ++i;
    } else {
      out += html[i];
    }
  }
  return out;
}

TEST(AgainstGumbo, RealPages) {
  const std::vector<SamplePage> pages = sample_pages();
  if (pages.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  for (const SamplePage& page : pages)
    EXPECT_EQ(disagreement(without_c1_controls(page.html), ParseScope::Page), "") << page.name;
}

// Of names that HTML does not know: to gumbo they are all the same.
bool has_unknown_end_tag(std::string_view lower) {
  for (std::size_t at = lower.find("</"); at != std::string_view::npos;
       at = lower.find("</", at + 1)) {
    const std::string_view rest = lower.substr(at + 2);
    const std::string_view name = rest.substr(0, find_class(rest, kEndsTagName));
    if (!name.empty() && is_alpha(name[0]) && tag_of(name) == Tag::Unknown) return true;
  }
  return false;
}

// Attack strings live from what parsers read differently: those that touch gumbo's mistakes are
// passed over.
bool touches_known_mistakes(std::string_view html) {
  constexpr std::array<std::string_view, 9> kMarks = {"</>",       "<main",    "<dialog",
                                                      "<menuitem", "<isindex", "</br",
                                                      "<marquee",  "</svg ",   "</script "};
  const std::string lower = to_lower(html);
  const std::size_t svg = lower.find("<svg");
  if (svg != std::string::npos && lower.find("</p>", svg) != std::string::npos) return true;
  return has_unknown_end_tag(lower) ||
         std::any_of(kMarks.begin(), kMarks.end(), [&lower](std::string_view mark) {
           return lower.find(mark) != std::string::npos;
         });
}

TEST(AgainstGumbo, AttackStrings) {
  const std::filesystem::path folder = sample_data() / "html" / "xss";
  if (!std::filesystem::is_directory(folder))
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  std::size_t compared = 0;
  std::size_t passed_over = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string line;
    while (std::getline(file, line)) {
      line = without_c1_controls(repaired_utf8(line));
      if (touches_known_mistakes(line)) {
        ++passed_over;
        continue;
      }
      ++compared;
      EXPECT_EQ(disagreement(line, ParseScope::Page), "") << line;
    }
  }
  EXPECT_GT(compared, 2000u);
  EXPECT_LT(passed_over, compared / 10);
}

// Tags and texts in any order and any number: most of it is what no author would write.
TEST(AgainstGumbo, GeneratedMarkup) {
  std::mt19937 random(20240501);  // the same texts each time
  for (const Grammar& grammar : grammars()) {
    for (int i = 0; i < 2000; ++i) {
      std::string bytes(1 + random() % 20, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random());
      const std::string html = grammar.text(bytes);
      ASSERT_EQ(disagreement(html, grammar.scope), "") << html;
    }
  }
}

// Real markup with pieces cut out, doubled and moved.
TEST(AgainstGumbo, MutatedPages) {
  const std::string page =
      "<!DOCTYPE html><html lang=en><head><title>A &amp; B</title><style>p > a {}</style></head>"
      "<body class=x><div id=m><h1>Head<h2>line</h1></h2><p>One <b>two <i>three</b> four</i></p>"
      "<ul><li>a<li>b<ul><li>c</ul></ul><table><tbody><tr><td>1<td>2</tr></tbody></table>"
      "<a href=1>x<div><a href=2>y</a></div></a><dl><dt>t<dd>d</dl><pre>\n\n z</pre>"
      "<select><option>o<option>p</select><svg viewBox=x><path d=M0/></svg>"
      "<script>if (a<b) { '<!--<script>' "
      "}</script></script><textarea>\n<b></textarea></div></body>";
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::string html = page;
    for (int round = 0; round < 3; ++round) {
      const std::size_t at = random() % html.size();
      const std::size_t size = std::min<std::size_t>(random() % 40, html.size() - at);
      const std::string piece = html.substr(at, size);
      if (random() % 2 == 0) html.erase(at, size);
      html.insert(random() % (html.size() + 1), piece);
    }
    if (touches_known_mistakes(html)) continue;
    ASSERT_EQ(disagreement(html, ParseScope::Page), "") << html;
  }
}

}  // namespace
}  // namespace tidings::html
