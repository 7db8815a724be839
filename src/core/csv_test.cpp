#include "core/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::vector<std::string>> fields_of(std::string_view text, char separator = ',') {
  std::vector<std::vector<std::string>> fields;
  const auto rows = read_csv(text, separator);
  EXPECT_TRUE(rows) << rows.error().message;
  fields.reserve(rows->size());
  for (const CsvRow& row : *rows) fields.push_back(row.fields);
  return fields;
}

TEST(Csv, ReadsFieldsAsTheyWereMeant) {
  EXPECT_THAT(fields_of("a,b\r\nc,\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "")));
  EXPECT_THAT(fields_of("\"a, \"\"b\"\"\",c"), ElementsAre(ElementsAre("a, \"b\"", "c")));
  EXPECT_THAT(fields_of("\"two\nlines\",x\ry"),
              ElementsAre(ElementsAre("two\nlines", "x"), ElementsAre("y")));
  EXPECT_THAT(fields_of("\xEF\xBB\xBF"
                        "a;b,c",
                        ';'),
              ElementsAre(ElementsAre("a", "b,c")));
  EXPECT_THAT(fields_of("\n,,\n\"\"\n"), testing::IsEmpty());
}

TEST(Csv, KnowsTheLineOfARow) {
  const auto rows = read_csv("a\n\n\"b\nc\"\nd\n", ',');
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[1].line, 3U);
  EXPECT_EQ((*rows)[2].line, 5U);
}

TEST(Csv, SaysInWhichLineItCannotBeRead) {
  EXPECT_THAT(read_csv("a\n\"b\nc", ',').error().message, HasSubstr("line 2"));
  EXPECT_THAT(read_csv("\"", ',').error().message, HasSubstr("line 1"));
  EXPECT_THAT(read_csv("a\n\"b\"c\n", ',').error().message, HasSubstr("line 2"));
  EXPECT_FALSE(read_csv("a,b,c", ',', {.fields_max = 2}));
  EXPECT_FALSE(read_csv("a\nb\nc", ',', {.rows_max = 2}));
}

TEST(Csv, ReadsWhatItWrote) {
  for (const std::string field : {"plain", "a,b", "\"", "two\r\nlines", "", "é"}) {
    std::string text = "x,";
    append_csv_field(text, field);
    EXPECT_THAT(fields_of(text), ElementsAre(ElementsAre("x", field)));
  }
}

}  // namespace
}  // namespace tidings
