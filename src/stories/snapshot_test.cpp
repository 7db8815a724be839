// A restart in the middle changes nothing; what was damaged is refused.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/story_engine.h"
#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

constexpr int kArticles = 3000;

// Some thirty events at a time, each told in words of its own and of its neighbors.
std::vector<TermAmount> terms_of(int article) {
  const auto event = static_cast<std::uint32_t>(article * 7919 % 30 + article / 100 * 10);
  std::vector<TermAmount> terms;
  for (std::uint32_t i = 0; i < 8; ++i)
    terms.push_back(
        {.term = event * 5 + (i * i + static_cast<std::uint32_t>(article)) % 9, .amount = 1});
  std::sort(terms.begin(), terms.end(),
            [](const TermAmount& a, const TermAmount& b) { return a.term < b.term; });
  terms.erase(
      std::unique(terms.begin(), terms.end(),
                  [](const TermAmount& a, const TermAmount& b) { return a.term == b.term; }),
      terms.end());
  return terms;
}

std::vector<std::int64_t> run(Grouping& grouping, int from, int to) {
  std::vector<std::int64_t> answers;
  for (int i = from; i < to; ++i) {
    const std::vector<TermAmount> terms = terms_of(i);
    const Joined joined = grouping.add(
        {.key = i, .published = Time{std::chrono::minutes(i)}, .language = "en", .terms = terms});
    answers.push_back(joined.story);
    answers.insert(answers.end(), joined.merged.begin(), joined.merged.end());
    for (const Split& split : joined.splits)
      answers.insert(answers.end(), split.articles.begin(), split.articles.end());
  }
  return answers;
}

TEST(Snapshot, ARestartChangesNoStory) {
  const GroupingLimits limits{.live_max = 100, .idle_max = std::chrono::hours(10)};
  Grouping whole(TermCounts::shipped(), limits);
  Grouping before(TermCounts::shipped(), limits);
  run(whole, 0, kArticles / 2);
  run(before, 0, kArticles / 2);
  Result<Grouping> after = restored_from<Grouping>(saved(before), limits);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(saved(*after), saved(before));
  EXPECT_EQ(run(*after, kArticles / 2, kArticles), run(whole, kArticles / 2, kArticles));
}

// One stream of two events, which splits after the restart by what was said before it.
TEST(Snapshot, ARestartSplitsTheSame) {
  const auto add = [](Grouping& grouping, std::int64_t key) {
    std::vector<TermAmount> terms;
    for (std::uint32_t i = 0; i < 6; ++i) {
      const auto event = static_cast<std::uint32_t>(key % 2) * 10;
      terms.push_back({.term = key == 0 ? i / 3 * 10 + i % 3 : event + i, .amount = 1});
    }
    return grouping.add({.key = key, .published = Time{}, .language = "en", .terms = terms});
  };
  Grouping whole{TermCounts()}, before{TermCounts()};
  for (std::int64_t key = 0; key < 6; ++key) {
    EXPECT_TRUE(add(whole, key).splits.empty());
    add(before, key);
  }
  Result<Grouping> after = restored_from<Grouping>(saved(before));
  ASSERT_TRUE(after) << after.error().message;
  std::size_t splits = 0;
  for (std::int64_t key = 6; key < 40; ++key) {
    const Joined expected = add(whole, key), found = add(*after, key);
    EXPECT_EQ(found.story, expected.story);
    ASSERT_EQ(found.splits.size(), expected.splits.size());
    for (std::size_t i = 0; i < found.splits.size(); ++i)
      EXPECT_EQ(found.splits[i].articles, expected.splits[i].articles);
    splits += found.splits.size();
  }
  EXPECT_EQ(splits, 1U);
  EXPECT_EQ(saved(*after), saved(whole));
}

TEST(Snapshot, ARestartForgetsNoCopy) {
  const DuplicateLimits limits{.articles_max = 200};
  DuplicateIndex whole(limits), before(limits);
  const auto original = [](DuplicateIndex& index, int i) {
    std::string text;
    for (int word = 0; word < 40; ++word)
      text += fmt::format("w{} ", (i % 150 * 37 + word * word) % 997);
    const auto copy = add(index, i, Time{std::chrono::minutes(i)}, "", text);
    return copy ? copy->original : -1;
  };
  for (int i = 0; i < 500; ++i) EXPECT_EQ(original(whole, i), original(before, i));
  Result<DuplicateIndex> after = restored_from<DuplicateIndex>(saved(before), limits);
  ASSERT_TRUE(after) << after.error().message;
  int copies = 0;
  for (int i = 500; i < 1000; ++i) {
    const auto expected = original(whole, i);
    EXPECT_EQ(original(*after, i), expected);
    copies += expected >= 0 ? 1 : 0;
  }
  EXPECT_GT(copies, 0);
}

// In many blocks, which none of what lies in them knows of.
TEST(Snapshot, ACheckpointIsTheWholeEngine) {
  StoryEngine whole, before;
  const auto input = [](int i) {
    std::string text;
    for (int word = 0; word < 400; ++word) text += fmt::format("w{} ", i % 700 * 37 + word * word);
    return StoryInput{.key = i,
                      .published = Time{std::chrono::minutes(i)},
                      .language = "en",
                      .sketch = Sketcher().sketch("", text),
                      .terms = terms_of(i)};
  };
  for (int i = 0; i < 1000; ++i) {
    whole.add(input(i));
    before.add(input(i));
  }
  const std::string kept = before.save();
  Result<StoryEngine> after = StoryEngine::restore(kept);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->save(), kept);
  for (int i = 1000; i < 1500; ++i) {
    const StoryEngine::Outcome expected = whole.add(input(i)), found = after->add(input(i));
    EXPECT_EQ(found.joined.story, expected.joined.story);
    ASSERT_EQ(found.copy.has_value(), expected.copy.has_value());
    if (found.copy) {
      EXPECT_EQ(found.copy->original, expected.copy->original);
    }
  }
  EXPECT_FALSE(StoryEngine::restore(kept + "x"));
  for (std::size_t size = 0; size < kept.size(); size += kept.size() / 97)
    EXPECT_FALSE(StoryEngine::restore(std::string_view(kept).substr(0, size))) << size;
}

TEST(Snapshot, RefusesWhatIsDamaged) {
  Grouping grouping{TermCounts()};
  run(grouping, 0, 50);
  DuplicateIndex index;
  add(index, 1, Time{}, "", "a ferry ran aground in the northern strait early on monday 14 12 13");
  const std::string stories = saved(grouping), copies = saved(index);
  for (std::size_t size = 0; size < stories.size(); size += 7)
    EXPECT_FALSE(restored_from<Grouping>(std::string_view(stories).substr(0, size))) << size;
  for (std::size_t size = 0; size < copies.size(); ++size)
    EXPECT_FALSE(restored_from<DuplicateIndex>(std::string_view(copies).substr(0, size))) << size;
  EXPECT_FALSE(restored_from<Grouping>(stories + "x"));
  EXPECT_FALSE(restored_from<Grouping>(copies));
}

}  // namespace
}  // namespace tidings::stories
