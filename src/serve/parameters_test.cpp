#include "serve/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::serve {
namespace {

using testing::HasSubstr;

const std::vector<Parameter> kAccepted = {
    {.name = "source", .kind = ParameterKind::Id},
    {.name = "language", .kind = ParameterKind::Language},
    {.name = "country", .kind = ParameterKind::Country},
    {.name = "since", .kind = ParameterKind::Time},
    {.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = 50},
    {.name = "enabled", .kind = ParameterKind::Flag},
    {.name = "topic", .kind = ParameterKind::Text},
    {.name = "cursor", .kind = ParameterKind::Cursor},
};

TEST(Parameters, GiveEqualQuestionsOneSpelling) {
  struct Case {
    std::string why, given, expected;
  };
  const std::vector<Case> cases = {
      {"nothing", "", ""},
      {"order", "source=7&language=de", "language=de&source=7"},
      {"empty pairs", "&&source=7&", "source=7"},
      {"leading zeros", "source=007", "source=7"},
      {"a default", "limit=50", ""},
      {"no default", "limit=51", "limit=51"},
      {"letter case of a language", "language=PT-br", "language=pt-BR"},
      {"a script", "language=zh-hANT-tw", "language=zh-Hant-TW"},
      {"letter case of a country", "country=ng", "country=NG"},
      {"a date", "since=2026-11-23", "since=2026-11-23T00%3A00%3A00Z"},
      {"an offset", "since=2026-11-23T02:00:00%2B02:00", "since=2026-11-23T00%3A00%3A00Z"},
      {"an escaped name", "%73ource=7", "source=7"},
      {"a blank as plus", "topic=big+news", "topic=big%20news"},
      {"letters beyond ASCII", "topic=caf%C3%A9", "topic=caf%C3%A9"},
      {"a flag", "enabled=false", "enabled=false"},
  };
  for (const auto& [why, given, expected] : cases) {
    const auto parsed = Parameters::parse(given, kAccepted);
    ASSERT_TRUE(std::holds_alternative<Parameters>(parsed)) << why;
    const std::string canonical = std::get<Parameters>(parsed).canonical();
    EXPECT_EQ(canonical, expected) << why;
    const auto again = Parameters::parse(canonical, kAccepted);
    ASSERT_TRUE(std::holds_alternative<Parameters>(again)) << why;
    EXPECT_EQ(std::get<Parameters>(again).canonical(), canonical) << why;
  }
}

TEST(Parameters, NameWhatIsWrongAndWhatWouldBeRight) {
  struct Case {
    std::string given, code, parameter, detail;
  };
  const std::vector<Case> cases = {
      {"soruce=7", "parameter_unknown", "soruce", "This route takes: source, language"},
      {"source=7&source=8", "parameter_repeated", "source", "once"},
      {"source=", "parameter_invalid", "source", "positive whole number"},
      {"source", "parameter_invalid", "source", "positive whole number"},
      {"source=-1", "parameter_invalid", "source", "positive whole number"},
      {"source=1.5", "parameter_invalid", "source", "positive whole number"},
      {"source=99999999999999999999", "parameter_invalid", "source", "positive whole number"},
      {"language=d", "parameter_invalid", "language", "BCP 47"},
      {"language=de_DE", "parameter_invalid", "language", "BCP 47"},
      {"language=de--DE", "parameter_invalid", "language", "BCP 47"},
      {"country=ZZ", "parameter_invalid", "country", "ISO 3166-1"},
      {"country=NGA", "parameter_invalid", "country", "two letters"},
      {"country=N1", "parameter_invalid", "country", "two letters"},
      {"since=yesterday", "parameter_invalid", "since", "RFC 3339"},
      {"since=2026-02-30", "parameter_invalid", "since", "RFC 3339"},
      {"since=2026-11-23T02:00:00+02:00", "parameter_invalid", "since", "%2B"},
      {"limit=0", "parameter_invalid", "limit", "1 to 500"},
      {"limit=501", "parameter_invalid", "limit", "1 to 500"},
      {"enabled=yes", "parameter_invalid", "enabled", "'true' or 'false'"},
      {"topic=%FF", "parameter_invalid", "topic", "UTF-8"},
      {"cursor=", "parameter_invalid", "cursor", "next_cursor"},
  };
  for (const auto& [given, code, parameter, detail] : cases) {
    const auto parsed = Parameters::parse(given, kAccepted);
    ASSERT_TRUE(std::holds_alternative<Problem>(parsed)) << given;
    const Problem& problem = std::get<Problem>(parsed);
    EXPECT_EQ(problem.status, 400) << given;
    EXPECT_EQ(problem.code, code) << given;
    EXPECT_EQ(problem.parameter, parameter) << given;
    EXPECT_THAT(problem.detail, HasSubstr(detail)) << given;
  }
}

TEST(Parameters, SayThatARouteTakesNone) {
  const auto parsed = Parameters::parse("a=b", {});
  ASSERT_TRUE(std::holds_alternative<Problem>(parsed));
  EXPECT_THAT(std::get<Problem>(parsed).detail, HasSubstr("takes none"));
}

}  // namespace
}  // namespace tidings::serve
