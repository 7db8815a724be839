// Held against plain maps, over random changes.
#include "stories/postings.h"

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace tidings::stories {
namespace {

TEST(TermTable, KnowsWhatAPlainMapKnows) {
  TermTable table;
  std::map<std::uint32_t, std::uint32_t> expected;
  std::mt19937 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint32_t term = random() % 5000 * 0x10001;  // many share a home
    if (random() % 2 == 0 && expected.contains(term)) {
      table.erase(term);
      expected.erase(term);
    } else {
      table.set(term, expected[term] = 1 + random() % 100);
    }
  }
  EXPECT_EQ(table.size(), expected.size());
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const auto found = expected.find(i * 0x10001);
    EXPECT_EQ(table.value(i * 0x10001), found == expected.end() ? 0 : found->second);
  }
}

TEST(TermTable, StaysAsQuickInTheOrderOfAnothersSlots) {
  TermTable first;
  for (std::uint32_t term = 0; term < 300'000; ++term) first.set(term * 7919, 1);
  TermTable second(first.size());
  for (const TermTable::Slot& slot : first.slots()) {
    if (slot.value != 0) second.set(slot.term, slot.value);
  }
  EXPECT_EQ(second.size(), first.size());
}

TEST(Posting, KeepsWeightsWithinTwoPercent) {
  for (float weight = 0.001F; weight < 100'000; weight *= 1.37F) {
    const Posting posting(Posting::kStoriesMax - 1, weight);
    EXPECT_EQ(posting.story(), Posting::kStoriesMax - 1);
    EXPECT_NEAR(posting.weight() / weight, 1, 0.016) << weight;
  }
  EXPECT_GT(Posting(1, 1e30F).weight(), 500'000);
  EXPECT_GT(Posting(1, 0).weight(), 0);
}

TEST(Postings, KnowWhatPlainMapsKnow) {
  Postings postings;
  std::map<std::uint32_t, std::map<std::uint32_t, float>> expected;
  std::mt19937 random(2);
  for (int i = 0; i < 200'000; ++i) {
    // Few terms are had by many stories, and stories come and go.
    const std::uint32_t term = random() % (random() % 60 + 1), story = random() % 300;
    if (random() % 2 == 0 && expected[term].contains(story)) {
      postings.remove(term, story);
      expected[term].erase(story);
    } else {
      const float weight = static_cast<float>(1 + random() % 8);
      postings.set(term, story, weight);
      expected[term][story] = weight;
    }
  }
  for (const auto& [term, stories] : expected) {
    std::map<std::uint32_t, float> found;
    postings.each(term, [&](std::uint32_t story, float weight) { found[story] = weight; });
    EXPECT_EQ(found, stories) << term;
    EXPECT_EQ(postings.count(term), stories.size()) << term;
  }
}

}  // namespace
}  // namespace tidings::stories
