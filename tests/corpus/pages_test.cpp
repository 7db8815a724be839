// The tree's own pages: pages/x.html is read, pages/x.expected.json says what must come of it.
//
// An expectation has "input" (the "url" and, where it matters, the "content_type" and "rules") and
// what is expected of title, authors, published, modified, language, site, image and url; a field
// that is not there must be empty. "text" is a list of whole lines that the text must have, in this
// order and nothing else; "text_has" and "text_lacks" are parts of it for long pages; "html_has"
// and "html_lacks" are parts of the HTML after sanitizing. A page that is refused has
// {"error": {"code"}} instead.
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/strings.h"
#include "core/utf8.h"
#include "corpus_files.h"
#include "extract/extract.h"
#include "extract/page_json.h"
#include "extract/rules.h"
#include "normalize/sanitize.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kPagesMin = 40;
constexpr std::string_view kExpectedSuffix = ".expected.json";

fs::path pages_folder() {
  return fs::path(TIDINGS_TREE) / "tests/corpus/pages";
}

std::string input_of(const json& expected, const char* key) {
  return expected.contains("input") ? expected["input"].value(key, std::string()) : std::string();
}

extract::Rules rules_of(const json& expected) {
  if (!expected.contains("input") || !expected["input"].contains("rules")) return {};
  Result<extract::Rules> rules = extract::parse_rules(expected["input"]["rules"].dump());
  EXPECT_TRUE(rules) << rules.error().message;
  return rules ? *std::move(rules) : extract::Rules{};
}

void expect_facts(const json& expected, const json& actual) {
  for (const char* key :
       {"title", "authors", "published", "modified", "language", "site", "image"}) {
    const json wanted = expected.value(key, json());
    json got = actual.value(key, json());
    if (got.is_string() && got.get<std::string>().empty()) got = json();
    if (got.is_array() && got.empty()) got = json();
    EXPECT_EQ(got, wanted) << key;
  }
  if (expected.contains("url")) {
    EXPECT_EQ(actual["url"], expected["url"]);
  }
}

void expect_parts(const json& expected, const char* key, const std::string& whole, bool is_there) {
  for (const json& part : expected.value(key, json::array())) {
    const bool has = whole.find(part.get<std::string>()) != std::string::npos;
    EXPECT_EQ(has, is_there) << key << ": " << part << "\nin " << whole;
  }
}

void expect_text(const json& expected, const std::string& text) {
  if (expected.contains("text")) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) {
      if (!line.empty()) lines.emplace_back(line);
    }
    EXPECT_EQ(json(lines), expected["text"]) << text;
  }
  expect_parts(expected, "text_has", text, true);
  expect_parts(expected, "text_lacks", text, false);
}

void check(const fs::path& expectation) {
  SCOPED_TRACE(expectation.filename().string());
  const json expected = json::parse(read_file(expectation));
  const std::string name = expectation.filename().string();
  const fs::path file =
      expectation.parent_path() / (name.substr(0, name.size() - kExpectedSuffix.size()) + ".html");
  ASSERT_TRUE(fs::exists(file)) << "no page lies beside it";
  const std::string bytes = read_file(file), url = input_of(expected, "url");
  const std::string content_type = input_of(expected, "content_type");
  Result<extract::ExtractedPage> page = extract::extract_page(
      {.bytes = bytes, .content_type = content_type, .url = url}, rules_of(expected));
  if (expected.contains("error")) {
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, expected["error"].value("code", std::string()));
    return;
  }
  ASSERT_TRUE(page) << page.error().message;
  page->html = normalize::sanitize(page->html, page->base_url).html;
  std::string written;
  extract::write_page_json(*page, written);
  ASSERT_TRUE(is_valid_utf8(written));
  expect_facts(expected, json::parse(written));
  expect_text(expected, page->text);
  expect_parts(expected, "html_has", page->html, true);
  expect_parts(expected, "html_lacks", page->html, false);
}

TEST(Pages, EveryPageIsReadAsExpected) {
  std::size_t count = 0;
  for (const fs::path& file : files_below(pages_folder())) {
    if (!file.string().ends_with(kExpectedSuffix)) continue;
    check(file);
    ++count;
  }
  EXPECT_GE(count, kPagesMin);
}

TEST(Pages, EveryPageHasItsExpectation) {
  for (const fs::path& file : files_below(pages_folder())) {
    if (file.string().ends_with(kExpectedSuffix)) continue;
    const fs::path expectation =
        file.parent_path() / (file.stem().string() + std::string(kExpectedSuffix));
    EXPECT_TRUE(fs::exists(expectation)) << file;
  }
}

}  // namespace
}  // namespace tidings::corpus
