// What every rule of tree construction makes, case by case: tests/corpus/html/*.cases.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "html/tree_dump.h"

namespace tidings::html {
namespace {

struct Case {
  std::string why;
  std::string given;  // "page …" or "fragment …"
  std::string expected;
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.starts_with('#')) continue;
    Case next{.why = line, .given = {}, .expected = {}};
    std::getline(file, next.given);
    std::getline(file, next.expected);
    cases.push_back(std::move(next));
  }
  return cases;
}

constexpr std::string_view kEscaped = "nrt0";
constexpr std::string_view kCharacters("\n\r\t\0", 4);

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t which = text[i] == '\\' && i + 1 < text.size() ? kEscaped.find(text[i + 1])
                                                                     : std::string_view::npos;
    out += which == std::string_view::npos ? text[i] : kCharacters[which];
    if (which != std::string_view::npos) ++i;
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::size_t which = kCharacters.find(c);
    if (which == std::string_view::npos) {
      out += c;
    } else {
      out.append("\\") += kEscaped[which];
    }
  }
  return out;
}

TEST(TreeConstruction, FollowsTheStandard) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TIDINGS_TREE) /
                                                               "tests/corpus/html")) {
    for (const Case& given : read_cases(entry.path())) {
      ++count;
      const bool is_page = given.given.starts_with("page ");
      const std::string html = unescaped(given.given.substr(given.given.find(' ') + 1));
      const Document document = is_page ? Document::parse(html) : Document::parse_fragment(html);
      EXPECT_EQ(escaped(brief_tree(document)), given.expected)
          << entry.path().filename() << ": " << given.why << "\n"
          << given.given;
    }
  }
  EXPECT_GE(count, 180u);
}

// A text that is put together piece by piece is what it would be in one piece.
TEST(TreeConstruction, TextsGrowFromPieces) {
  std::string html = "<table>";
  std::string expected;
  for (int i = 0; i < 300; ++i) {
    html += std::to_string(i) + "<!---->&amp;";
    expected += std::to_string(i) + "&";
  }
  const Document document = Document::parse_fragment(html);
  EXPECT_EQ(document[1].text, expected);
  EXPECT_EQ(document[1].kind, NodeKind::Text);
}

TEST(TreeConstruction, AByteOrderMarkIsNoText) {
  EXPECT_EQ(brief_tree(Document::parse("\xEF\xBB\xBF<!DOCTYPE html>a")),
            "<!DOCTYPE html> html(head body('a'))");
}

}  // namespace
}  // namespace tidings::html
