#include "stories/links.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/link_numbers.h"
#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

// An analysis that found these persons and places.
Analysis found(const std::vector<std::string>& persons, const std::vector<std::string>& places) {
  Analysis analysis;
  for (const std::string& name : persons)
    analysis.entities.push_back({.id = name, .text = name, .type = EntityType::Person});
  for (const std::string& name : places)
    analysis.places.push_back({.text = name, .name = name, .country = name});
  return analysis;
}

LinkFacts facts_of(std::string_view document, std::string_view language, Time published,
                   const Analysis& analysis) {
  return link_facts(text::segment(document, language), language, published, analysis);
}

LinkFacts english(Time published = kNoon) {
  return facts_of("ferry aground, 214 rescued after 3.5 hours", "en", published,
                  found({"Ada Marten"}, {"Kelby"}));
}
LinkFacts german(Time published = kNoon) {
  return facts_of("fähre auf grund, 214 nach 3,5 stunden gerettet", "de", published,
                  found({"Ada Marten"}, {"Kelby"}));
}

TEST(LinkNumbers, AreReadAsTheirLanguageWritesThem) {
  struct Case {
    std::string_view language, text;
    std::vector<double> values;
  };
  const std::vector<Case> cases = {
      {"en", "2,400 people and 6.4 on the scale", {2400, 6.4}},
      {"de", "2.400 Menschen, Stärke 6,4", {2400, 6.4}},
      {"fr", "9 000 postes, 43,6 milliards", {9000, 43.6e9}},
      {"fr", "9\u202F000 postes", {9000}},
      {"it", "oltre 150 mila evacuati, 1,7 milioni", {150'000, 1.7e6}},
      {"es", "14.800 millones de euros", {14.8e9}},
      {"pt", "14,8 mil milhões de euros", {14.8e9}},
      {"nl", "510 miljoen euro", {510e6}},
      {"en", "$4.3 billion", {4.3e9}},
      {"en", "\u20AC3.2 million", {3.2e6}},
      {"en", "an A350 at 20:30 and a 4th man", {4}},
      {"en", "in 2024 300 people", {2024, 300}},
      {"de", "1.234.567,50", {1'234'567.5}},
      {"en", "12345678901234567890", {}},
      {"en", "7", {7}},
  };
  for (const Case& each : cases) {
    std::vector<double> values;
    for (const WrittenNumber& number : numbers_of(each.text, each.language))
      values.push_back(number.value);
    EXPECT_EQ(values, each.values) << each.text;
  }
}

TEST(LinkNumbers, KnowDaysOfTheMonth) {
  for (const auto& [language, text] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"en", "from April 15, says"},
                                                                  {"en", "from 15 April"},
                                                                  {"fr", "le 15 avril"},
                                                                  {"de", "am 15. April"},
                                                                  {"es", "el 15 de abril"},
                                                                  {"nl", "op 15 april"}}) {
    const std::vector<WrittenNumber> numbers = numbers_of(text, language);
    ASSERT_EQ(numbers.size(), 1U) << text;
    EXPECT_EQ(numbers[0].month, 4) << text;
    EXPECT_EQ(numbers[0].value, 15) << text;
  }
}

TEST(StoryLinks, LinkWhatTellsOfOneEvent) {
  StoryLinks links;
  EXPECT_TRUE(links.add(1, english()).empty());
  const std::vector<StoryLink> linked = links.add(2, german());
  ASSERT_EQ(linked.size(), 1U);
  EXPECT_EQ(linked[0].story, StoryId(1));
  EXPECT_GE(linked[0].score, 0.5);
  EXPECT_LT(linked[0].score, 1);
  ASSERT_EQ(linked[0].evidence.size(), 4U);
  double sum = 0;
  for (const LinkEvidence& each : linked[0].evidence) sum += each.weight;
  EXPECT_NEAR(linked[0].score, sum / (sum + StoryLinks::kLinkMin), 1e-9);
  EXPECT_EQ(links.links(1).size(), 1U);
}

TEST(StoryLinks, DoNotLinkWhatIsFarApartInTime) {
  StoryLinks links;
  links.add(1, english());
  EXPECT_TRUE(links.add(2, german(kNoon + std::chrono::hours(40))).empty());
}

TEST(StoryLinks, DoNotLinkOneLanguageWithItself) {
  StoryLinks links;
  links.add(1, english());
  EXPECT_TRUE(links.add(2, english()).empty());
}

TEST(StoryLinks, NumbersThatDifferSpeakAgainstIt) {
  StoryLinks links;
  links.add(1, english());
  const LinkFacts other = facts_of("fähre auf grund, 87 nach 2,25 stunden gerettet", "de", kNoon,
                                   found({"Ada Marten"}, {"Kelby"}));
  EXPECT_TRUE(links.add(2, other).empty());
}

// Who is in the news every hour links nothing.
TEST(StoryLinks, WhatEveryStorySaysTellsNothing) {
  StoryLinks links;
  const Analysis analysis = found({"Ada Marten"}, {"Kelby", "Norland"});
  for (int i = 0; i < 300; ++i) links.add(i, facts_of("", "en", kNoon, analysis));
  EXPECT_TRUE(links.add(1000, facts_of("", "de", kNoon, analysis)).empty());
}

TEST(StoryLinks, FollowMergersAndForget) {
  StoryLinks links;
  links.add(1, english());
  links.add(2, german());
  links.merge(1, 3);
  ASSERT_EQ(links.links(2).size(), 1U);
  EXPECT_EQ(links.links(2)[0].story, StoryId(3));
  EXPECT_TRUE(links.links(1).empty());
  links.forget(3);
  EXPECT_TRUE(links.links(2).empty());
}

TEST(StoryLinks, AreBounded) {
  StoryLinks links({.stories_max = 100});
  for (int i = 0; i < 2000; ++i) {
    std::string names;
    for (int name = 0; name < 100; ++name) names += fmt::format("Name{}x{} ", i, name);
    links.add(i, facts_of(names, i % 2 == 0 ? "en" : "de", kNoon, {}));
  }
  EXPECT_LE(links.size(), 100U + 256);
  for (int i = 0; i < 600; ++i)
    links.add(5000, facts_of("Kelby", "en", kNoon + std::chrono::days(9), {}));
  EXPECT_EQ(links.size(), 1U);  // the others have ended
}

TEST(StoryLinks, ARestartChangesNothing) {
  const LinkLimits limits{.stories_max = 60};
  const auto article = [](int i) {
    return facts_of(fmt::format("Event{} in Town{} with {} people and {}.5 more", i / 4, i % 7,
                                1000 + i / 4, i / 4),
                    i % 2 == 0 ? "en" : "de", kNoon + std::chrono::minutes(i), {});
  };
  const auto run = [&](StoryLinks& links, int from, int to) {
    std::string said;
    for (int i = from; i < to; ++i) {
      for (const StoryLink& link : links.add(i / 3, article(i)))
        said += fmt::format("{} {} {}\n", i / 3, to_int(link.story), link.score);
      if (i % 50 == 0) links.merge(i / 3, i / 3 - 1);
    }
    return said;
  };
  StoryLinks whole(limits);
  run(whole, 0, 500);
  Result<StoryLinks> after = restored_from<StoryLinks>(saved(whole), limits);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(saved(*after), saved(whole));
  EXPECT_EQ(run(*after, 500, 1500), run(whole, 500, 1500));
}

TEST(StoryLinks, RefuseWhatIsDamaged) {
  StoryLinks links;
  links.add(1, english());
  links.add(2, german());
  const std::string kept = saved(links);
  for (std::size_t size = 0; size < kept.size(); ++size)
    EXPECT_FALSE(restored_from<StoryLinks>(std::string_view(kept).substr(0, size))) << size;
  EXPECT_FALSE(restored_from<StoryLinks>(kept + "x"));
}

}  // namespace
}  // namespace tidings::stories
