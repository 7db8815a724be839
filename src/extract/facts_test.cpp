// The small readers behind a page's facts: names, titles, dates, JSON.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/date_in_text.h"
#include "extract/json_document.h"
#include "extract/json_ld.h"
#include "extract/names.h"
#include "extract/same_page.h"
#include "extract/titles.h"
#include "extract/url_date.h"

namespace tidings::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Names, AreTakenFromBylines) {
  const struct {
    const char* why;
    const char* byline;
    std::vector<std::string> names;
  } cases[] = {
      {"a word for by, and for and", "By Ana Ruiz and Li Wei", {"Ana Ruiz", "Li Wei"}},
      {"roles go", "Ana Ruiz, Staff Writer | Li Wei, Editor", {"Ana Ruiz", "Li Wei"}},
      {"roles behind a name go", "Ana Ruiz Senior Writer", {"Ana Ruiz"}},
      {"a role alone is who wrote it", "News Staff", {"News Staff"}},
      {"initials keep their point", "Nelson C.J.", {"Nelson C.J."}},
      {"each once, in any case", "Ana Ruiz, ANA RUIZ", {"Ana Ruiz"}},
      {"German", "Von Jürgen Groß und Anna Weiß", {"Jürgen Groß", "Anna Weiß"}},
      {"capitals in other scripts", "Автор: Анна Петрова", {"Анна Петрова"}},
      {"Japanese", "文／田中花子", {"田中花子"}},
      {"addresses are no names", "https://example.org/ana", {}},
      {"handles are no names", "@ana", {}},
      {"dates are no names", "14 May 2024", {}},
      {"nor is nothing", "", {}},
  };
  for (const auto& one : cases) EXPECT_EQ(names_in(one.byline), one.names) << one.why;
}

TEST(Names, OfPlacesThatBeginLikeByStay) {
  EXPECT_THAT(names_in("Byron Bay Post"), ElementsAre("Byron Bay Post"));
  EXPECT_THAT(names_in("Daniela Vonn"), ElementsAre("Daniela Vonn"));
}

TEST(Titles, LoseTheNameOfTheSite) {
  EXPECT_EQ(without_site("A bridge - The Courier", "The Courier", "courier.example", ""),
            "A bridge");
  EXPECT_EQ(without_site("Courier | A bridge", "Courier", "", ""), "A bridge");
  EXPECT_EQ(without_site("A bridge - courier.example", "", "courier.example", ""), "A bridge");
  EXPECT_EQ(without_site("A bridge — and a boat", "The Courier", "courier.example", ""),
            "A bridge — and a boat");
  EXPECT_EQ(without_site("A bridge - News", "", "", "A bridge"), "A bridge");
}

TEST(Titles, LoseLabelsBehindBars) {
  EXPECT_EQ(without_labels("Opinion | A bridge too low for ships"), "A bridge too low for ships");
  EXPECT_EQ(without_labels("A bridge too low for ships | Editorial"), "A bridge too low for ships");
  EXPECT_EQ(without_labels("This one | or that one"), "or that one");
}

TEST(Titles, AreComparedByTheirLetters) {
  EXPECT_TRUE(is_same_title("“Goodbye,” it said", "Goodbye, it said"));
  EXPECT_TRUE(shares_words("Museum buys a lighthouse", "A lighthouse for one crown"));
  EXPECT_FALSE(shares_words("World news", "A lighthouse for one crown"));
}

TEST(UrlDate, NeedsAWholeDay) {
  const auto day = [](std::string_view url) {
    const std::optional<Time> time = date_in_url(url);
    return time ? format_rfc3339(*time).substr(0, 10) : std::string();
  };
  EXPECT_EQ(day("https://a.example/2024/05/14/x"), "2024-05-14");
  EXPECT_EQ(day("https://a.example/2024/may/14/x"), "2024-05-14");
  EXPECT_EQ(day("https://a.example/x-2024-5-4.html"), "2024-05-04");
  EXPECT_EQ(day("https://a.example/20240514-x"), "2024-05-14");
  EXPECT_EQ(day("https://a.example/2024/05/x"), "");
  EXPECT_EQ(day("https://a.example/2024/13/01/x"), "");
  EXPECT_EQ(day("https://a.example/1234567890123"), "");
  EXPECT_EQ(day("https://a.example/x?d=2024-05-14"), "");
}

TEST(DateInText, IsFoundAmongOtherWords) {
  const auto day = [](std::string_view line) {
    const std::optional<ZonedTime> time = date_in_text(line);
    return time ? format_rfc3339(*time).substr(0, 10) : std::string();
  };
  EXPECT_EQ(day("Updated Dec 20, 2023 | 5 min read"), "2023-12-20");
  EXPECT_EQ(day("Published: 14 May 2024 at 09:30"), "2024-05-14");
  EXPECT_EQ(day("Veröffentlicht am 20. Dezember 2023"), "2023-12-20");
  EXPECT_EQ(day("2023-12-20T10:00:00Z"), "2023-12-20");
  EXPECT_EQ(day("2023年12月5日 9時"), "2023-12-05");
  EXPECT_EQ(day("2024년 5월 14일"), "2024-05-14");
  EXPECT_EQ(day("The class of 2023"), "");
  EXPECT_EQ(day("© 2024 Harbor Courier"), "");
}

TEST(JsonRepair, MendsWhatPagesBreak) {
  const struct {
    const char* why;
    const char* json;
  } cases[] = {
      {"sound", R"({"a":"b"})"},
      {"a comma too many", R"({"a":"b",})"},
      {"a line break in a string", "{\"a\":\"b\n\"}"},
      {"an HTML comment around it", "<!-- {\"a\":\"b\"} -->"},
      {"CDATA around it", "//<![CDATA[\n{\"a\":\"b\"}\n//]]>"},
      {"a comment inside", R"({/* x */"a":"b"})"},
      {"a quote inside a string", R"({"c":"he said "no" to it","a":"b"})"},
      {"a wrong escape", R"({"c":"it\'s","a":"b"})"},
      {"an end that is missing", R"({"a":"b")"},
      {"two values", R"({"a":"b"}{"c":"d"})"},
      {"a semicolon", R"({"a":"b"};)"},
      {"references for its quotes", "{&quot;a&quot;:&quot;b&quot;}"},
      {"a missing comma", R"({"c":"d" "a":"b"})"},
  };
  for (const auto& one : cases) {
    const JsonDocument document = JsonDocument::read(one.json);
    ASSERT_TRUE(document.is_valid()) << one.why;
    simdjson::dom::element root = document.root();
    simdjson::dom::array list;
    if (root.get(list) == simdjson::SUCCESS) root = list.at(0).value();
    std::string_view value;
    EXPECT_EQ(root["a"].get(value), simdjson::SUCCESS) << one.why;
    EXPECT_TRUE(value.starts_with("b")) << one.why << ": " << value;
  }
}

TEST(JsonRepair, LeavesNonsenseToTheParser) {
  for (const char* text : {"", "   ", "{{{{", "var x = function() {}", "]]]]", "\"", "{:::}"}) {
    (void)JsonDocument::read(text).is_valid();  // either is right; it must come back
  }
}

TEST(JsonLd, ABrokenBlockCostsOnlyItself) {
  const std::string_view blocks[] = {"{\"@type\":", R"({"@type":"Article","headline":"A bridge"})"};
  EXPECT_EQ(read_json_ld(blocks, "", 1'000'000).title, "A bridge");
}

TEST(JsonLd, TheArticleOfThisPageIsMeant) {
  const std::string_view blocks[] = {
      R"([{"@type":"NewsArticle","headline":"Another","url":"https://a.example/2"},
          {"@type":"NewsArticle","headline":"This","mainEntityOfPage":{"@id":"https://www.a.example/1/"}}])"};
  EXPECT_EQ(read_json_ld(blocks, "https://a.example/1", 1'000'000).title, "This");
}

TEST(JsonLd, BeyondTheLimitNothingIsRead) {
  const std::string_view blocks[] = {R"({"@type":"Article","headline":"A bridge"})"};
  EXPECT_EQ(read_json_ld(blocks, "", 10).title, "");
}

TEST(SamePage, KnowsMobileHostsAndClosingSlashes) {
  EXPECT_TRUE(is_same_page("https://www.a.example/x/", "http://a.example/x?utm=1#top"));
  EXPECT_FALSE(is_same_page("https://a.example/x", "https://a.example/y"));
  EXPECT_FALSE(is_same_page("https://a.example/?p=1", "https://a.example/?p=2"));
  EXPECT_TRUE(is_same_site("amp.a.example", "www.a.example"));
}

}  // namespace
}  // namespace tidings::extract
