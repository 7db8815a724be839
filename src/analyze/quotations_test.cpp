#include "analyze/quotations.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyze/reading_time.h"
#include "core/strings.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

using Texts = std::vector<std::string>;

Texts found_in(const std::string& text, const std::string& language) {
  Texts found;
  for (const Quotation& quotation : quotations(document_of(text, language))) {
    found.push_back(quotation.speaker + ": " + quotation.text);
    EXPECT_EQ(text.substr(quotation.span.begin, quotation.span.end - quotation.span.begin),
              quotation.text);
  }
  return found;
}

std::string with_line_breaks(std::string line) {
  constexpr std::string_view kLineBreak = "␤";
  for (std::size_t at = 0; (at = line.find(kLineBreak, at)) != std::string::npos;) {
    line.replace(at, kLineBreak.size(), "\n");
  }
  return line;
}

// tests/analysis/quotations: a text, then each of its quotations as "speaker: words", with tabs
// between; ␤ is a line break.
TEST(Quotations, HaveTheirSpeakers) {
  constexpr double kFloor = 0.95;
  std::size_t languages = 0, cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TIDINGS_TREE) +
                                                               "/tests/analysis/quotations")) {
    const std::string language = entry.path().stem().string();
    const auto lines = case_lines("quotations/" + entry.path().filename().string());
    std::size_t right = 0;
    for (const auto& fields : lines) {
      Texts expected;
      for (const std::string& field : fields) expected.push_back(with_line_breaks(field));
      const std::string text = expected.front();
      expected.erase(expected.begin());
      const Texts found = found_in(text, language);
      if (found == expected) {
        ++right;
      } else {
        std::cout << language << ": " << text << " → " << join(found, " | ") << '\n';
      }
    }
    EXPECT_GE(static_cast<double>(right), kFloor * static_cast<double>(lines.size()))
        << entry.path();
    ++languages;
    cases += lines.size();
  }
  EXPECT_EQ(languages, 7u);
  EXPECT_GE(cases, 490u);
}

TEST(Quotations, OtherLanguagesHaveNoSpeakers) {
  EXPECT_EQ(found_in("首相は「この問題を解決する必要があります。」と述べた。", "ja"),
            (Texts{": この問題を解決する必要があります。"}));
  EXPECT_EQ(found_in("«Мы готовы начать работу завтра утром», — сказал Иван Петров.", "ru"),
            (Texts{": Мы готовы начать работу завтра утром"}));
}

TEST(Quotations, TheTitleHasNone) {
  const std::string text = "“We will win this race,” says Lee\nNothing else.";
  EXPECT_TRUE(quotations(document_of(text, "en", 37)).empty());
}

TEST(Quotations, AreBounded) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "“We are going home now,” said Ann Lee. ";
  EXPECT_EQ(quotations(document_of(text, "en")).size(), 200u);
  EXPECT_TRUE(
      quotations(document_of("“" + std::string(5000, 'a') + " b c d e f g.”", "en")).empty());
  EXPECT_TRUE(quotations(document_of("", "en")).empty());
  EXPECT_TRUE(quotations(document_of("\"\"\"“”“„", "en")).empty());
}

TEST(ReadingTime, GoesByLanguage) {
  EXPECT_EQ(reading_time_s(0, "en"), 0);
  EXPECT_EQ(reading_time_s(1, "en"), 1);
  EXPECT_EQ(reading_time_s(238, "en"), 60);
  EXPECT_EQ(reading_time_s(238, "en-GB"), 60);
  EXPECT_EQ(reading_time_s(187, "de"), 60);
  EXPECT_EQ(reading_time_s(476, "und"), 120);
}

}  // namespace
}  // namespace tidings::analyze
