#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/sql/body_codec.h"
#include "adapters/sql/text_list.h"

namespace tidings::sql {
namespace {

using namespace std::string_literals;

TEST(TextList, ReadsBackWhatItWrote) {
  const std::vector<std::vector<std::string>> lists = {
      {},
      {""},
      {"", ""},
      {"a"},
      {"a,b", "\"quoted\"", "back\\slash", "[]"},
      {"\x01\x1f\x7f\b\f\n\r\t/", "東京 \U0001F600"}};
  for (const auto& list : lists) {
    EXPECT_EQ(decode_list(encode_list(list)), list) << encode_list(list);
  }
  EXPECT_EQ(encode_list({}), "");
  EXPECT_EQ(encode_list({"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(decode_list(encode_list({"\0"s})), std::vector<std::string>{"\uFFFD"});
}

TEST(TextList, TakesNothingElse) {
  for (const char* bad :
       {"[", "]", "[]x", "[1]", "[\"a]", "[\"a\"", "[\"a\",]", "[\"a\"]]", "\"a\"", "[\"\\",
        "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u00zz\"]", "null", " [\"a\"]"}) {
    EXPECT_FALSE(decode_list(bad)) << bad;
  }
}

TEST(BodyCodec, ReadsBackWhatItWrote) {
  const std::vector<ArticleBody> bodies = {
      {},
      {.content_html = "<p>a</p>"},
      {.text = "a"},
      {.content_html = "x\0y"s, .text = "\xFF", .enclosures = {{.url = "u"}}},
      {.enclosures = {{.url = "u", .type = "t", .title = "n", .length_bytes = 7}, {}}}};
  for (const ArticleBody& body : bodies) {
    const Result<ArticleBody> read = decode_body(encode_body(body));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, body);
  }
  EXPECT_EQ(encode_body({}), "");
}

TEST(BodyCodec, CallsDamageCorrupt) {
  const std::string whole = encode_body({.content_html = "<p>some text</p>", .text = "some text"});
  const std::string cut = whole.substr(0, whole.size() - 3);
  for (const std::string& bad : {cut, "x" + whole, "not zstd at all"s}) {
    const Result<ArticleBody> read = decode_body(bad);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt);
  }
}

}  // namespace
}  // namespace tidings::sql
