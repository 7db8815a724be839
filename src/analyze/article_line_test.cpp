#include "analyze/article_line.h"

#include <string>

#include <gtest/gtest.h>

namespace tidings::analyze {
namespace {

TEST(ArticleLine, ReadsWhatIsThere) {
  ArticleLineReader reader;
  const auto line = reader.read(
      R"({"id":"a\"1","title":"T","text":"x y","url":"https://a.test/","language":null,)"
      R"("published":"2026-11-26T10:00:00Z",)"
      R"("targets":[[0,1],[2,3]],"mentions":[[2,5]],"summary_words":20,"categories":["sport"]})");
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->id_json, R"("a\"1")");
  EXPECT_EQ(line->title, "T");
  EXPECT_EQ(line->text, "x y");
  EXPECT_EQ(line->language, "");
  EXPECT_EQ(line->published, Time{std::chrono::seconds(1795687200)});
  EXPECT_EQ(line->targets, (std::vector<TextSpan>{{0, 1}, {2, 3}}));
  EXPECT_EQ(line->mentions, (std::vector<TextSpan>{{2, 5}}));
  EXPECT_EQ(line->summary_words, 20);
  EXPECT_EQ(line->categories, (std::vector<std::string>{"sport"}));
}

TEST(ArticleLine, ReadsWhatQueriesAskFor) {
  ArticleLineReader reader;
  const auto line = reader.read(
      R"({"id":1,"authors":["Ana Ruiz"],"topics":["sport"],"entities":["NATO"],"places":["Oslo"],)"
      R"("about":["NO"],"source":"BBC News","country":"GB","sentiment":-0.5})");
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->authors, std::vector<std::string>{"Ana Ruiz"});
  EXPECT_EQ(line->topics, std::vector<std::string>{"sport"});
  EXPECT_EQ(line->entities, std::vector<std::string>{"NATO"});
  EXPECT_EQ(line->places, std::vector<std::string>{"Oslo"});
  EXPECT_EQ(line->about, std::vector<std::string>{"NO"});
  EXPECT_EQ(line->source, "BBC News");
  EXPECT_EQ(line->country, "GB");
  EXPECT_EQ(line->sentiment, -0.5);
  EXPECT_FALSE(reader.read(R"({"id":1,"sentiment":2})"));
}

TEST(ArticleLine, NeedsOnlyAnId) {
  ArticleLineReader reader;
  EXPECT_EQ(reader.read(R"({"id":7})")->id_json, "7");
  EXPECT_EQ(reader.read(R"({"id":1,"published":1795687200})")->published,
            Time{std::chrono::seconds(1795687200)});
  EXPECT_EQ(reader.read("{\"id\":1,\"title\":\"\xFF\"}")->title, "\xEF\xBF\xBD");
}

TEST(ArticleLine, HalfAPairIsRepaired) {
  ArticleLineReader reader;
  for (const auto& [given, expected] : {
           std::pair{R"({"id":1,"title":"a \ud83d"})", "a \xEF\xBF\xBD"},
           std::pair{R"({"id":1,"title":"\ude00\ud83d\ude00"})", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
           std::pair{R"({"id":1,"title":"\ud83d\ud83d\ude00"})", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
           std::pair{R"({"id":1,"title":"\\ud83d \ud83d"})", "\\ud83d \xEF\xBF\xBD"},
           std::pair{"\xEF\xBB\xBF{\"id\":1,\"title\":\"b\"}", "b"},
       }) {
    const auto line = reader.read(given);
    ASSERT_TRUE(line) << given << line.error().message;
    EXPECT_EQ(line->title, expected) << given;
  }
}

TEST(ArticleLine, SaysWhatIsAmiss) {
  ArticleLineReader reader;
  for (const auto& [given, said] : {
           std::pair{R"({"title":"a"})", "\"id\" is missing"},
           std::pair{R"({"id":[]})", "\"id\" is not a text or a number"},
           std::pair{R"([1])", "this is not a JSON object"},
           std::pair{R"({"id":1,"title":3})", "\"title\" is not a text"},
           std::pair{R"({"id":1,"published":"soon"})", "\"published\" is not a date"},
           std::pair{R"({"id":1,"targets":[[3,1]]})", "\"targets\" is not a list of [start, end]"},
           std::pair{R"({"id":1,"summary_words":0})", "\"summary_words\" is not a whole number"},
           std::pair{R"({"id":1)", "this is not JSON"},
           std::pair{R"({"id":1,"title":"\ud83"})", "this is not JSON"},
           std::pair{R"({"id":1,"mentions":[[-1,3]]})",
                     "\"mentions\" is not a list of [start, end]"},
           std::pair{R"({"id":1,"mentions":[[0.5,3]]})", "\"mentions\" is not a list"},
       }) {
    const auto line = reader.read(given);
    ASSERT_FALSE(line) << given;
    EXPECT_EQ(line.error().message.find(said), 0u) << line.error().message;
  }
}

}  // namespace
}  // namespace tidings::analyze
