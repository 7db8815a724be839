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

TEST(IsSameArticle, AsksForAsMuchAsTheKeyIsWorth) {
  const Time noon = *parse_rfc3339("2026-11-23T12:00:00Z");
  const ArticleTraits stored{.title = "One day", .url = "https://a/1", .published = noon};
  const struct {
    std::string_view why;
    ArticleTraits given;
    bool by_identity, by_alias;
    bool by_all_there_is = true;
  } cases[] = {
      {"nothing but the text", {"One day", "https://a/1", noon}, true, true},
      {"http is no other page", {"One!", "http://a/1", noon}, true, true},
      {"a new title under an old address",
       {"Two", "https://a/1", noon + std::chrono::hours(1)},
       true,
       false},
      {"another spelling of the address", {"Two", "http://a/1/", noon}, true, true},
      {"an edited title under a new address, of the same moment",
       {"One fine day", "https://a/2", noon},
       true,
       false},
      {"a new title under a new address, of the same moment",
       {"Two", "https://a/2", noon},
       false,
       false,
       false},
      {"all new", {"Two", "https://a/2", noon + std::chrono::hours(1)}, false, false, false},
      {"an edited title", {"One fine day", "", noon + std::chrono::hours(1)}, false, false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(is_same_article(stored, c.given, true, true), c.by_identity) << c.why;
    EXPECT_EQ(is_same_article(stored, c.given, false, true), c.by_alias) << c.why;
    EXPECT_EQ(is_same_article(stored, c.given, true, false), c.by_all_there_is) << c.why;
  }
  const ArticleTraits unlinked{.title = "One", .published = noon};
  EXPECT_FALSE(is_same_article(
      unlinked, {.title = "Two", .published = noon + std::chrono::hours(1)}, true, true))
      << "no address is no evidence";
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
