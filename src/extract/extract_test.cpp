// Rules, limits and hostile pages; what pages look like in the world is tests/corpus/pages.
#include "extract/extract.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/utf8.h"
#include "extract/truncated.h"

namespace tidings::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kParagraph =
    "<p>The council of Port Hollis voted on Tuesday to close the old ferry terminal, ending a "
    "service that has crossed the bay for ninety years.</p>";

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Rules, NameTheFieldThatIsWrong) {
  const auto message = [](std::string_view json) {
    const Result<Rules> rules = parse_rules(json);
    return rules ? std::string() : rules.error().message;
  };
  EXPECT_EQ(message(R"({"content":"article","remove":[".ad","aside"]})"), "");
  EXPECT_THAT(message(R"({"body":"article"})"), HasSubstr("there is no \"body\""));
  EXPECT_THAT(message(R"({"content":"a[","title":"h1"})"), HasSubstr("\"content\""));
  EXPECT_THAT(message(R"({"content":7})"), HasSubstr("must be a CSS selector"));
  EXPECT_THAT(message("[]"), HasSubstr("not a JSON object"));
}

TEST(Rules, ThatFindNothingLeaveThePageToTheGeneralWay) {
  const Result<Rules> rules = parse_rules(R"({"content":".elsewhere","title":".nowhere"})");
  ASSERT_TRUE(rules);
  const std::string page = "<title>A bridge</title><article>" + repeated(kParagraph, 3);
  const Result<ExtractedPage> found = extract_page({.bytes = page}, *rules);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title, "A bridge");
  EXPECT_THAT(found->text, HasSubstr("Port Hollis"));
}

TEST(Rules, OfAllMatchesEachPartIsTakenOnce) {
  const Result<Rules> rules = parse_rules(R"({"content":"section, section p"})");
  ASSERT_TRUE(rules);
  const Result<ExtractedPage> found = extract_page(
      {.bytes = "<section><p>One.</p></section><p>No.</p><section><p>Two.</p></section>"}, *rules);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text, "One.\nTwo.");
}

TEST(Limits, OfBytesIsAnError) {
  const Result<ExtractedPage> found =
      extract_page({.bytes = repeated(kParagraph, 100)}, {}, {.page_bytes_max = 1'000});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "too_large");
}

TEST(Limits, OfHtmlCutsTheArticle) {
  const Result<ExtractedPage> found = extract_page(
      {.bytes = "<article>" + repeated(kParagraph, 1'000)}, {}, {.html_bytes_max = 5'000});
  ASSERT_TRUE(found);
  EXPECT_LT(found->html.size(), 6'000u);
  EXPECT_GT(found->html.size(), 4'000u);
}

TEST(Limits, OfFieldsCutAtACharacter) {
  const std::string page = "<title>" + repeated("é", 5'000) + "</title>";
  const Result<ExtractedPage> found = extract_page({.bytes = page});
  ASSERT_TRUE(found);
  EXPECT_LE(found->title.size(), Limits{}.field_bytes_max);
  EXPECT_TRUE(is_valid_utf8(found->title));
}

TEST(Hostile, NestingAndRepetitionComeBack) {
  for (const std::string& page :
       {repeated("<div class=\"article-body\">", 50'000), repeated("<p><a href=x>", 50'000),
        "<article>" + repeated("<span>x", 50'000), repeated("<article><h1>t</h1>", 5'000),
        "<script type=\"application/ld+json\">" + repeated("[", 200'000),
        "<script type=\"application/ld+json\">" + repeated("{\"@graph\":[", 20'000),
        repeated("<time>2024 2024 2024 2024 2024 2024</time>", 5'000),
        "<p class=\"" + repeated("article-", 100'000) + "\">x",
        "<title>" + repeated(" - ", 50'000) + "</title>"}) {
    const Result<ExtractedPage> found = extract_page({.bytes = page, .url = "https://a.example/"});
    EXPECT_TRUE(found) << page.substr(0, 40);
  }
}

TEST(Charset, IsReadFromTheMetaElement) {
  const Result<ExtractedPage> found = extract_page(
      {.bytes = "<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type "
                "content=\"text/html; charset=windows-1251\"><title>\xCF\xEE\xF0\xF2</title>"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title, "Порт");
}

TEST(Charset, ThatNobodyKnowsIsNoReasonToGiveUp) {
  const Result<ExtractedPage> found =
      extract_page({.bytes = "<meta charset=klingon><title>caf\xE9</title>"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title, "café");
}

TEST(Truncated, TellsExcerptsFromArticles) {
  const std::string article = repeated("The council voted to close the old ferry terminal. ", 30);
  const std::string book = repeated("The council voted to close the old ferry terminal. ", 300);
  const struct {
    const char* why;
    std::string summary, content, last_link_text;
    bool is_truncated;
  } cases[] = {
      {"nothing", "", "", "", true},
      {"a sentence", "The council voted on Tuesday.", "", "", true},
      {"an article", "", article, "", false},
      {"dots at the end", "", article + "and then …", "", true},
      {"dots in brackets", "", article + "[...]", "", true},
      {"read more", "", article + "Read more »", "", true},
      {"read more in Russian", "", article + "Читать далее", "", true},
      {"read more in Japanese", "", article + "続きを読む", "", true},
      {"a link that goes on", "", article + "Continue reading The old pier",
       "Continue reading The old pier", true},
      {"a link that does not", "", article + "The old pier", "The old pier", false},
      {"a closing line of WordPress behind an article", "",
       article + "The post The old pier appeared first on Harbor Courier.", "", false},
      {"a closing line of WordPress behind an excerpt", "",
       "The council voted. The post The old pier appeared first on Harbor Courier.", "", true},
      {"a long text that ends in dots", "", book + "…", "", false},
      {"Chinese says more with less", "", repeated("市议会周二决定关闭旧轮渡码头。", 20), "",
       false},
      {"a content counts more than a summary", "The council …", article, "", false},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(
        is_truncated(
            {.summary = one.summary, .content = one.content, .last_link_text = one.last_link_text}),
        one.is_truncated)
        << one.why;
  }
}

}  // namespace
}  // namespace tidings::extract
