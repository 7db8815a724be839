#include "normalize/safe_text.h"

#include <string>

#include <gtest/gtest.h>

namespace tidings::normalize {
namespace {

struct Case {
  std::string_view why, given, expected;
};

TEST(SafeText, LosesWhatNobodyCanSee) {
  const Case cases[] = {
      {"plain", "Plain text", "Plain text"},
      {"accents and quotes", "Ünïcode “quoted” – yes…", "Ünïcode “quoted” – yes…"},
      {"an override", "invoice\u202Efdp.exe", "invoicefdp.exe"},
      {"embeddings", "\u202Bשלום\u202C", "שלום"},
      {"marks stay", "שלום\u200F!", "שלום\u200F!"},
      {"isolates stay", "a \u2067שלום\u2069 b", "a \u2067שלום\u2069 b"},
      {"an isolate that never ends", "a \u2067b", "a \u2067b\u2069"},
      {"an end without an isolate", "a\u2069 b", "a b"},
      {"zero-width space", "break\u200Bing news", "breaking news"},
      {"soft hyphen", "Donau\u00ADdampf", "Donaudampf"},
      {"byte-order mark", "\uFEFFTitle", "Title"},
      {"joiners among Latin letters", "pass\u200Dword\u200C", "password"},
      {"a joiner in Persian", "می\u200Cخواهم", "می\u200Cخواهم"},
      {"a joiner in Sinhala", "ශ්\u200Dරී", "ශ්\u200Dරී"},
      {"an emoji of several", "👩\u200D💻 at work", "👩\u200D💻 at work"},
      {"many joiners", "👩\u200D\u200D\u200D💻", "👩\u200D💻"},
      {"a heart on fire", "❤\uFE0F\u200D🔥", "❤\uFE0F\u200D🔥"},
      {"a region's flag", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!",
       "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!"},
      {"hidden tags", "Title\U000E0068\U000E0069", "Title"},
      {"a flag that never ends", "🏴\U000E0067\U000E0062", "🏴"},
      {"a variant of a Japanese name", "葛\U000E0100城", "葛\U000E0100城"},
      {"a name of nothing", "\u3164\u3164", ""},
      {"line separators", "a\u2028b", "a b"},
      {"controls",
       "a\x01\x7F"
       "b",
       "ab"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(safe_text(c.given), c.expected) << c.why;
    EXPECT_EQ(safe_text(c.expected), c.expected) << c.why << ": not idempotent";
  }
}

TEST(SafeText, BeginsNoTagThatActs) {
  const Case cases[] = {
      {"signs", "1 < 2 && 3 > 2, I <3 you", "1 < 2 && 3 > 2, I <3 you"},
      {"names of elements", "Use <b> and <div>, not <font>", "Use <b> and <div>, not <font>"},
      {"types", "std::vector<int> and Map<K, V>", "std::vector<int> and Map<K, V>"},
      {"inequalities", "If a<b then p<n", "If a<b then p<n"},
      {"a script", "<script>alert(1)</script>", "‹script>alert(1)‹/script>"},
      {"a handler", "\"><img src=x onerror=alert(1)>", "\">‹img src=x onerror=alert(1)>"},
      {"a handler without a value", "<b onclick>x</b>", "‹b onclick>x</b>"},
      {"a style behind a name that goes on strangely", "<scR</style>", "‹scR‹/style>"},
      {"slashes for blanks", "<svg/onload=alert(1)>", "‹svg/onload=alert(1)>"},
      {"within a comment", "<!--<script>-->", "‹!--‹script>-->"},
      {"never finished", "<img src=x onerror=alert(1)", "‹img src=x onerror=alert(1)"},
      {"a blank that some collapse", "<script\u00A0>x", "‹script >x"},
      {"attributes", "<a href=\"https://a.example/\">x</a>",
       "‹a href=\"https://a.example/\">x‹/a>"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(safe_text(c.given), c.expected) << c.why;
    EXPECT_EQ(safe_text(c.expected), c.expected) << c.why << ": not idempotent";
  }
}

TEST(SafeAddress, KeepsWhatOnlyNamesSomething) {
  const Case cases[] = {
      {"web", "https://a.example/b?c=d#e", "https://a.example/b?c=d#e"},
      {"relative", "/a/b:c", "/a/b:c"},
      {"relative to the scheme", "//a.example/b", "//a.example/b"},
      {"magnet", "magnet:?xt=urn:btih:x", "magnet:?xt=urn:btih:x"},
      {"script", "javascript:alert(1)", ""},
      {"script with a line end", " java\nscript:alert(1)", ""},
      {"script with a reference", "javascript&colon;alert(1)", ""},
      {"script with a number", "&#106;avascript:alert(1)", ""},
      {"data", "data:text/html,x", ""},
      {"delimiters", "https://a.example/\"><b>", "https://a.example/%22%3E%3Cb%3E"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(safe_address(c.given), c.expected) << c.why;
    EXPECT_EQ(safe_address(c.expected), c.expected) << c.why << ": not idempotent";
  }
}

TEST(SafeValue, IsATextThatDoesNotRunAsAnAddress) {
  EXPECT_EQ(safe_value("12:30"), "12:30");
  EXPECT_EQ(safe_value("yt:video:x"), "yt:video:x");
  EXPECT_EQ(safe_value("<script>"), "‹script>");
  EXPECT_EQ(safe_value(" JavaScript:x"), "");
}

// Each '<' looks for its '>' and for what stands before it: not by going there again.
TEST(SafeText, TakesLinearTime) {
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += "<b";
  EXPECT_TRUE(safe_text(many) == many);
}

}  // namespace
}  // namespace tidings::normalize
