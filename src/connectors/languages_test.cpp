// Paths, templates and times: the small languages of connector files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/json_values.h"
#include "connectors/text_template.h"
#include "connectors/time_format.h"

namespace tidings::connectors {
namespace {

using testing::HasSubstr;

Time at(std::string_view rfc3339) {
  return *parse_rfc3339(rfc3339);
}

// --- paths

std::string texts_at(std::string_view json, std::string_view path) {
  const Result<JsonDocument> document = JsonDocument::parse(json);
  const Result<JsonPath> parsed = JsonPath::parse(path);
  if (!document || !parsed) return "error";
  std::string found;
  each_value(*parsed, document->root(), [&found](JsonValue value) {
    found += (found.empty() ? "" : "|") + simdjson::minify(value);
    return true;
  });
  return found;
}

TEST(JsonPath, LeadsToValues) {
  constexpr std::string_view kJson =
      R"({"a":{"b":[{"c":1},{"c":2,"kind":"x"},{"c":3,"kind":"y"}]},"o d.d":{"é":true},"n":null})";
  struct Case {
    std::string_view why, path, expected;
  };
  for (const Case& one : std::vector<Case>{
           {"a key", "a.b[0].c", "1"},
           {"the last", "a.b[-1].c", "3"},
           {"every item", "a.b[*].c", "1|2|3"},
           {"items that say so", "a.b[kind=y].c", "3"},
           {"in quotes", "a.b['kind'=\"x\"].c", "2"},
           {"a key in quotes", "['o d.d'].é", "true"},
           {"every member", "['o d.d'][*]", "true"},
           {"beyond the end", "a.b[3]", ""},
           {"before the beginning", "a.b[-4]", ""},
           {"no such key", "a.x.c", ""},
           {"a key of a list", "a.b.c", ""},
           {"a place in an object", "a[0]", ""},
           {"null is a value", "n", "null"},
           {"the document", "", kJson},
       }) {
    EXPECT_EQ(texts_at(kJson, one.path), one.expected) << one.why;
  }
}

TEST(JsonPath, SaysWhatIsWrong) {
  for (const char* path :
       {"a..b", "a.", ".a", "a[", "a[x]", "a[0", "a[0]b", "a['x", "a[]", "a]", "a[k=v", "a='b'"}) {
    const Result<JsonPath> parsed = JsonPath::parse(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_THAT(parsed.error().message, HasSubstr(path));
  }
  EXPECT_FALSE(JsonPath::parse(std::string(2'000, 'a')));
  std::string deep = "a";
  for (int i = 0; i < 40; ++i) deep += ".a";
  EXPECT_FALSE(JsonPath::parse(deep));
}

TEST(JsonDocument, SaysWhatAnAnswerIsThatIsNoJson) {
  const auto error = [](std::string_view bytes) { return JsonDocument::parse(bytes).error(); };
  EXPECT_THAT(error("The specified phrase is too short.\n").message,
              HasSubstr("\"The specified phrase is too short.\""));
  EXPECT_THAT(error("<html><h1>502 Bad &amp; Gateway</h1></html>").message,
              HasSubstr("\"502 Bad & Gateway\""));
  EXPECT_EQ(error("  ").code, "not_json");
  EXPECT_EQ(error(std::string(200, '[') + std::string(200, ']')).code, "too_deep");
  EXPECT_TRUE(JsonDocument::parse("\xEF\xBB\xBF{}"));
  EXPECT_TRUE(JsonDocument::parse("{\"a\":\"\xFF\"}")) << "bytes that are no UTF-8 are repaired";
}

// --- templates and times

TEST(TextTemplate, IsFilledOrNothing) {
  const Result<TextTemplate> parsed = parse_template("a{x}b{y}");
  ASSERT_TRUE(parsed);
  const auto one = [](const std::string& name) { return std::optional("<" + name + ">"); };
  EXPECT_EQ(parsed->filled(one), "a<x>b<y>");
  EXPECT_EQ(parsed->filled([](const std::string&) { return std::optional<std::string>(); }),
            std::nullopt);
  for (const char* text : {"{", "}", "a{b", "a}b", "{}", "{a{b}}"})
    EXPECT_FALSE(parse_template(text));
}

TEST(TimeFormat, ReadsAndWritesWhatItSays) {
  struct Case {
    std::string_view format, text, time;
  };
  for (const Case& one : std::vector<Case>{
           {"rfc3339", "2026-11-25T16:00:05Z", "2026-11-25T16:00:05Z"},
           {"epoch_seconds", "1700000000", "2023-11-14T22:13:20Z"},
           {"epoch_milliseconds", "1700000000000", "2023-11-14T22:13:20Z"},
           {"YYYYMMDDThhmmssZ", "20230918T031500Z", "2023-09-18T03:15:00Z"},
           {"YYYYMMDD", "20230918", "2023-09-18T00:00:00Z"},
           {"DD/MM/YYYY hh:mm", "18/09/2023 03:15", "2023-09-18T03:15:00Z"},
       }) {
    const Result<TimeFormat> format = parse_time_format(one.format);
    ASSERT_TRUE(format) << one.format;
    EXPECT_EQ(read_time(*format, one.text), at(one.time)) << one.format;
    EXPECT_EQ(write_time(*format, at(one.time)), one.text);
  }
  const TimeFormat pattern = *parse_time_format("YYYY-MM-DD");
  for (const char* wrong : {"", "2023", "2023-13-01", "2023-02-30", "2023-01-01x", "-023-01-01"})
    EXPECT_FALSE(read_time(pattern, wrong)) << wrong;
  for (const char* wrong : {"1e99", "nan", "inf", "-1e40", "12a"})
    EXPECT_FALSE(read_time(*parse_time_format("epoch_seconds"), wrong)) << wrong;
  EXPECT_FALSE(parse_time_format("iso"));
}

}  // namespace
}  // namespace tidings::connectors
