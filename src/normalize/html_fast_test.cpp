#include "normalize/html_fast.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace tidings::normalize {
namespace {

constexpr std::string_view kBase = "https://example.com/news/today.html";

TEST(OnePass, AcceptsWhatFeedsUsuallyHold) {
  const std::string_view usual[] = {
      ("<p>Plain &amp; simple.</p>\n<p>More&#8230; <a "
       "href=\"https://a.example/?b=1&amp;c=2\">here</a></p>"),
      "<figure class=\"x\"><img src=\"a.jpg\" alt=\"\" /><figcaption>b</figcaption></figure>",
      "<ul><li>a</li><li><p>b</p></li></ul><blockquote><p>c</p></blockquote>",
      "<table><tr><th>a</th><td>b</td></tr></table>",
      "<div><h2>a</h2><pre>b\nc</pre><hr/>d<br>e</div>",
      "<p>a<!-- b --></p><script>c</script>",
      "<p><a href=\"/?a=1&b=2\">AT&T</a></p>",
      "just text"};
  for (const std::string_view html : usual) EXPECT_TRUE(sanitize_in_one_pass(html, kBase)) << html;
}

TEST(OnePass, LeavesToTheParserWhatItCannotBeSureOf) {
  const std::string_view unsure[] = {"<b>a<p>b</b>c</p>",
                                     "<p>a<table></table></p>",
                                     "<a href=x>a<a href=y>b</a></a>",
                                     "<p>&copy2026</p>",
                                     "<svg></svg>",
                                     "<table>a</table>",
                                     "<p a=1 / b>",
                                     "<h1><h2>a</h2></h1>",
                                     "<li>a</li>",
                                     "<!--> -->",
                                     "&#147;",
                                     "<script><!-- </script>",
                                     "<b",
                                     "<p title=\"a",
                                     "</br>",
                                     "<bogus></bogus>"};
  for (const std::string_view html : unsure)
    EXPECT_FALSE(sanitize_in_one_pass(html, kBase)) << html;
}

}  // namespace
}  // namespace tidings::normalize
