// Events told in two languages, and others much like them, through the analyzers: what is linked
// must be one event. The development half was looked at when weights were chosen, the other not.
#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyze/analyze.h"
#include "analyze/article_line.h"
#include "stories/links.h"

namespace tidings::stories {
namespace {

// An article of the event in one language, the same event in another, and another event in that,
// of the same country, person, organization or kind.
struct Case {
  std::string event;
  LinkFacts first, same, near_miss;
};

LinkFacts facts_of(nlohmann::json article) {
  article["id"] = 1;
  analyze::ArticleLineReader reader;
  const Result<analyze::ArticleLine> line = reader.read(article.dump());
  if (!line) throw std::runtime_error(line.error().message);
  const Analysis analysis =
      analyze::analyze({.title = line->title, .text = line->text, .language = line->language});
  const std::string whole = line->title + "\n" + line->text;
  return link_facts(text::segment(whole, line->language), line->language, line->published.value(),
                    analysis);
}

std::vector<Case> cases_of(const std::string& half) {
  std::ifstream file(std::string(TIDINGS_TREE) + "/tests/stories/link_pairs_" + half + ".jsonl");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json json = nlohmann::json::parse(line);
    cases.push_back({json["event"], facts_of(json["first"]), facts_of(json["same"]),
                     facts_of(json["near_miss"])});
  }
  return cases;
}

double score_of(const LinkFacts& first, const LinkFacts& second) {
  StoryLinks links;
  links.add(1, first);
  const std::vector<StoryLink> found = links.add(2, second);
  return found.empty() ? 0 : found.front().score;
}

struct Found {
  double right = 0, wrong = 0, missed = 0;
  double precision() const { return right / std::max(right + wrong, 1.0); }
  double recall() const { return right / (right + missed); }
};

Found pairs_found(const std::vector<Case>& cases) {
  Found found;
  for (const Case& each : cases) {
    const double same = score_of(each.first, each.same),
                 other = score_of(each.first, each.near_miss);
    (same > 0 ? found.right : found.missed) += 1;
    found.wrong += other > 0 ? 1 : 0;
  }
  return found;
}

class StoryLinksOf : public testing::TestWithParam<const char*> {};

TEST_P(StoryLinksOf, AreOfOneEvent) {
  const std::vector<Case> cases = cases_of(GetParam());
  ASSERT_GE(cases.size(), 32U);
  const Found found = pairs_found(cases);
  EXPECT_GE(found.precision(), 0.95);
  EXPECT_GE(found.recall(), 0.7);
}

INSTANTIATE_TEST_SUITE_P(Halves, StoryLinksOf, testing::Values("development", "held_out"));

}  // namespace
}  // namespace tidings::stories
