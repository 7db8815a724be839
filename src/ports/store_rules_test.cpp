#include "ports/store_rules.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

TEST(StorableText, IsUtf8WithoutNul) {
  struct Case {
    const char* why;
    std::string_view given, expected;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"plain text stays", "Überall 東京"sv, "Überall 東京"sv},
      {"nothing stays nothing", ""sv, ""sv},
      {"NUL becomes the replacement character", "a\0b"sv, "a\uFFFDb"sv},
      {"a bad byte becomes the replacement character", "a\xFF"sv, "a\uFFFD"sv},
      {"both at once", "\xC3\0"sv, "\uFFFD\uFFFD"sv},
      {"other control characters stay", "a\x1F\x01"sv, "a\x1F\x01"sv},
  };
  for (const Case& c : cases) {
    std::string buffer;
    EXPECT_EQ(storable_text(c.given, buffer), c.expected) << c.why;
  }
}

TEST(LanguageMatches, TakesAPrimarySubtagForItsRegions) {
  EXPECT_TRUE(language_matches("pt", "pt"));
  EXPECT_TRUE(language_matches("pt", "pt-BR"));
  EXPECT_TRUE(language_matches("pt-BR", "pt-BR"));
  EXPECT_FALSE(language_matches("pt-BR", "pt"));
  EXPECT_FALSE(language_matches("pt-BR", "pt-PT"));
  EXPECT_FALSE(language_matches("p", "pt"));
  EXPECT_FALSE(language_matches("pt", "ptx"));
}

TEST(HealthEvent, TellsOnlyOfChanges) {
  const SourceProblem problem{.error_class = "timeout", .message = "It did not answer."};
  Source source;
  SourceState ok, failing, gone;
  failing.problem = problem;
  gone.gone = true;
  EXPECT_EQ(health_event(source, ok), std::nullopt);
  EXPECT_EQ(health_event(source, failing), EventKind::SourceFailed);
  EXPECT_EQ(health_event(source, gone), EventKind::SourceFailed);
  source.state = failing;
  EXPECT_EQ(health_event(source, failing), std::nullopt);
  EXPECT_EQ(health_event(source, gone), std::nullopt);
  EXPECT_EQ(health_event(source, ok), EventKind::SourceRecovered);
}

}  // namespace
}  // namespace tidings
