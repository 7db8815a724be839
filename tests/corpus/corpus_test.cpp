// The tree's own corpus: feeds/x.xml (or .json, …) is read, feeds/x.expected.json says what must
// come of it.
//
// An expectation is what `tidings parse` prints before sanitizing, with two differences: "problems"
// are parts of the sentences, and "input" may give the "url" and the "content_type" of the
// document. A document that is refused has
// {"error": {"code", "message" (a part of it)}} instead.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "corpus_files.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kFeedsMin = 300;
constexpr std::string_view kExpectedSuffix = ".expected.json";

fs::path document_of(const fs::path& expectation) {
  const std::string name = expectation.filename().string();
  const std::string stem = name.substr(0, name.size() - kExpectedSuffix.size());
  for (const char* extension : {".xml", ".json", ".html", ".txt", ".pdf"}) {
    if (fs::exists(expectation.parent_path() / (stem + extension)))
      return expectation.parent_path() / (stem + extension);
  }
  return {};
}

std::string input_of(const json& expected, const char* key) {
  return expected.contains("input") ? expected["input"].value(key, std::string()) : std::string();
}

void expect_refused(const json& expected, const Result<FeedDocument>& document) {
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, expected.value("code", std::string()));
  EXPECT_THAT(document.error().message,
              testing::HasSubstr(expected.value("message", std::string())));
}

void expect_problems(const json& expected, const json& actual) {
  ASSERT_EQ(actual.size(), expected.size()) << actual.dump();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_THAT(actual[i].get<std::string>(), testing::HasSubstr(expected[i].get<std::string>()));
  }
}

void check(const fs::path& expectation) {
  SCOPED_TRACE(expectation.filename().string());
  const json expected = json::parse(read_file(expectation));
  const fs::path file = document_of(expectation);
  ASSERT_FALSE(file.empty()) << "no document lies beside it";
  const std::string bytes = read_file(file), url = input_of(expected, "url");
  const std::string content_type = input_of(expected, "content_type");
  const Result<FeedDocument> document =
      parse::parse_feed({.bytes = bytes, .content_type = content_type, .url = url});
  if (expected.contains("error")) return expect_refused(expected["error"], document);
  ASSERT_TRUE(document) << document.error().message;
  std::string text;
  parse::write_feed_json(*document, text);
  const json actual = json::parse(text);
  for (const char* key : {"format", "encoding", "recovered", "feed", "entries"}) {
    EXPECT_EQ(actual[key], expected[key])
        << key << "\nexpected " << expected[key].dump() << "\n     got " << actual[key].dump();
  }
  expect_problems(expected["problems"], actual["problems"]);
}

TEST(Corpus, EveryFeedIsReadAsExpected) {
  std::size_t count = 0;
  for (const fs::path& file : files_below(fs::path(TIDINGS_TREE) / "tests/corpus/feeds")) {
    if (!file.string().ends_with(kExpectedSuffix)) continue;
    check(file);
    ++count;
  }
  EXPECT_GE(count, kFeedsMin);
}

TEST(Corpus, EveryDocumentHasItsExpectation) {
  for (const fs::path& file : files_below(fs::path(TIDINGS_TREE) / "tests/corpus/feeds")) {
    if (file.string().ends_with(kExpectedSuffix)) continue;
    const fs::path expectation =
        file.parent_path() / (file.stem().string() + std::string(kExpectedSuffix));
    EXPECT_TRUE(fs::exists(expectation)) << file;
  }
}

}  // namespace
}  // namespace tidings::corpus
