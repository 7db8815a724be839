// Files that people put into a folder: documents/x is read, documents/x.expected.json says what
// must come of it: what is kept beside it (document_json), or {"error": {"code", "message"}}, where
// the message is a part of the sentence.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "adapters/poppler/poppler_converter.h"
#include "corpus_files.h"
#include "pipeline/documents.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kExpectedSuffix = ".expected.json";
const Time kModified = *parse_rfc3339("2026-02-03T04:05:06Z");

void check(const fs::path& expectation) {
  const std::string path = expectation.string();
  const fs::path file = path.substr(0, path.size() - kExpectedSuffix.size());
  SCOPED_TRACE(file.filename().string());
  const json expected = json::parse(read_file(expectation));
  const std::string bytes = read_file(file);
  const poppler::PopplerConverter converter;
  const Result<Entry> entry = pipeline::read_document(
      {.name = file.filename().string(), .bytes = bytes, .modified_at = kModified}, converter);
  if (expected.contains("error")) {
    ASSERT_FALSE(entry);
    EXPECT_EQ(entry.error().code, expected["error"]["code"].get<std::string>());
    EXPECT_THAT(entry.error().message,
                testing::HasSubstr(expected["error"]["message"].get<std::string>()));
    return;
  }
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->id, file.filename().string());
  const json actual = json::parse(pipeline::document_json(entry->id, *entry));
  EXPECT_EQ(actual, expected) << "expected " << expected.dump() << "\n     got " << actual.dump();
}

TEST(Documents, EveryFileIsReadAsExpected) {
  std::size_t count = 0;
  for (const fs::path& file : files_below(fs::path(TIDINGS_TREE) / "tests/corpus/documents")) {
    if (!file.string().ends_with(kExpectedSuffix)) continue;
    check(file);
    ++count;
  }
  EXPECT_GE(count, 18u);
}

}  // namespace
}  // namespace tidings::corpus
