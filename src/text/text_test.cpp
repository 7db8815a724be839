#include <gtest/gtest.h>

#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::text {
namespace {

struct Case {
  std::string_view why;
  std::string_view given;
  std::string_view expected;
};

TEST(DecodeEntities, ReadsWhatHtmlReads) {
  constexpr Case kCases[] = {
      {"predefined", "a &amp; b &lt;c&gt; &quot;d&quot; &apos;", "a & b <c> \"d\" '"},
      {"named", "caf&eacute; &hellip; &euro;", "café … €"},
      {"names are case-sensitive", "&Eacute;&eacute;", "Éé"},
      {"two code points", "&NotEqualTilde;", "\xE2\x89\x82\xCC\xB8"},
      {"the longest name", "&CounterClockwiseContourIntegral;", "∳"},
      {"decimal", "&#8217;", "’"},
      {"hexadecimal, both cases", "&#x2019;&#X2019;", "’’"},
      {"windows-1252 numbers", "&#146;&#128;&#150;", "’€–"},
      {"number without semicolon", "&#233 et", "é et"},
      {"zero", "&#0;", "\xEF\xBF\xBD"},
      {"surrogate", "&#xD800;", "\xEF\xBF\xBD"},
      {"both halves of a character", "&#55357;&#56832; &#xD83D;&#xDE00;", "😀 😀"},
      {"halves that do not fit", "&#xD83D;a &#xD83D;&#65;",
       "\xEF\xBF\xBD"
       "a \xEF\xBF\xBD"
       "A"},
      {"beyond Unicode", "&#x110000;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"legacy name without semicolon", "&copy 2026", "© 2026"},
      {"legacy name in an address", "?a=1&copy=2", "?a=1&copy=2"},
      {"legacy name that goes on", "&notit", "&notit"},
      {"modern name needs its semicolon", "&hellip and", "&hellip and"},
      {"unknown name", "&nosuchthing;", "&nosuchthing;"},
      {"bare ampersands", "Fish & Chips &", "Fish & Chips &"},
      {"empty number", "&#; &#x;", "&#; &#x;"},
      {"once only", "&amp;amp;", "&amp;"},
  };
  for (const Case& c : kCases) EXPECT_EQ(decode_entities(c.given), c.expected) << c.why;
}

TEST(NamedEntity, KnowsAllOfHtmlAndNothingElse) {
  EXPECT_EQ(named_entity("AElig"), "Æ");
  EXPECT_EQ(named_entity("zwnj"), "\xE2\x80\x8C");
  EXPECT_EQ(named_entity("aelig;"), "");
  EXPECT_EQ(named_entity(""), "");
}

TEST(EscapeHtml, MakesTextSafeInMarkup) {
  EXPECT_EQ(escape_html("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
  EXPECT_EQ(escape_html(""), "");
}

TEST(PlainText, IsWhatAReaderHears) {
  constexpr Case kCases[] = {
      {"plain", "Hello world", "Hello world"},
      {"white space", "  Hello \n\t world ", "Hello world"},
      {"empty", "", ""},
      {"only white space", " \n ", ""},
      {"inline tags keep words whole", "un<b>believ</b>able", "unbelievable"},
      {"block tags part words", "<p>One</p><p>Two</p>", "One Two"},
      {"breaks part words", "One<br/>Two", "One Two"},
      {"entities", "Tom &amp; Jerry&#8217;s", "Tom & Jerry’s"},
      {"no-break space", "a&nbsp;&nbsp;b", "a b"},
      {"script and style are silent", "a<script>var x = '<p>';</script>b<style>p{}</style>c",
       "a b c"},
      {"unclosed script", "a<script>never", "a"},
      {"comments", "a<!-- <b>no</b> -->b", "ab"},
      {"less-than is text", "1 < 2 and <3", "1 < 2 and <3"},
      {"greater-than in an attribute", "<a title=\"a>b\">x</a>", "x"},
      {"a quote that never ends", "<a href=\"x>y</a> z", "y z"},
      {"a tag that never ends", "x <a href=y", "x <a href=y"},
      {"decoded markup stays text", "&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"},
      {"CDATA marks", "<![CDATA[kept]]>", "kept]]>"},
  };
  for (const Case& c : kCases) EXPECT_EQ(plain_text(c.given), c.expected) << c.why;
}

TEST(PlainText, TakesLinearTimeOnUnclosedTags) {
  std::string hostile;
  for (int i = 0; i < 200'000; ++i) hostile += "<a";
  EXPECT_EQ(plain_text(hostile), hostile);
}

TEST(Collapsed, LeavesMarkupAlone) {
  EXPECT_EQ(collapsed(" a <b>  &amp; "), "a <b> &amp;");
}

}  // namespace
}  // namespace tidings::text
