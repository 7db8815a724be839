#include <algorithm>
#include <bit>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "query/canonical.h"
#include "search/index.h"
#include "search/ranked_query.h"
#include "search/ranking.h"
#include "search/test_articles.h"

namespace tidings::search {
namespace {

constexpr std::int64_t kArticles = 2'000, kSegments = 3;

Query any_of(std::vector<Query> parts) {
  return {.kind = QueryKind::Or, .parts = std::move(parts)};
}
Query all_of(std::vector<Query> parts) {
  return {.kind = QueryKind::And, .parts = std::move(parts)};
}

// Segments whose articles lie between each other in time; some have been removed since, and every
// third is in a story with others.
class RankingOfWords : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = std::make_unique<memory::MemoryIndexFiles>();
    index_ = *Index::open(*files_, {.merged_at_once = 100});
    std::mt19937 random(3);
    for (std::int64_t segment = 0; segment < kSegments; ++segment) {
      IndexStep step{.cursor = EventSequence(segment + 1), .filled_to = std::nullopt};
      for (std::int64_t i = 0; i < kArticles; ++i)
        step.articles.push_back(article(1 + i * kSegments + segment, random));
      index_->apply(step);
    }
    IndexStep removal{.cursor = EventSequence(kSegments + 1), .filled_to = std::nullopt};
    for (std::int64_t id = 7; id <= kArticles * kSegments; id += 7)
      removal.removed.push_back(ArticleId(id));
    index_->apply(removal);
  }
  static void TearDownTestSuite() {
    index_.reset();
    files_.reset();
  }

  // Words "a" to "l", each half as often as the one before, and two forms of one word.
  static IndexedArticle article(std::int64_t id, std::mt19937& random) {
    const auto words = [&](std::size_t count) {
      std::string text;
      for (std::size_t i = 0; i < count; ++i) {
        const auto letter = static_cast<char>('a' + std::countr_zero(random() | 1U << 11U));
        text.append(1, letter).append(random() % 50 == 0 ? " election " : " ");
        if (random() % 90 == 0) text.append("elections ");
      }
      return text;
    };
    const std::size_t title_words = 2 + random() % 6;
    IndexedArticle made = test_article(id, id * 600, words(title_words), words(random() % 60));
    if (id % 3 == 0) made.document.story = StoryId(1 + id % 5);
    return made;
  }

  static Query exact(std::string text) {
    return {.kind = QueryKind::Word, .exact = true, .text = std::move(text)};
  }

  static std::vector<Query> queries() {
    const Query a = exact("a"), b = exact("b"), e = exact("e"), k = exact("k"), l = exact("l");
    const Query election = word_query("election");
    Query in_title = exact("b");
    in_title.field = QueryField::Title;
    std::vector<Query> eight;
    for (char letter = 'a'; letter <= 'h'; ++letter) eight.push_back(exact(std::string(1, letter)));
    return {a,
            l,
            election,
            any_of({a, b}),
            any_of({a, l}),
            any_of({k, l}),
            any_of({exact("nowhere"), e}),
            any_of({election, e}),
            any_of({a, election, l}),
            any_of({in_title, e}),
            any_of(eight),
            all_of({a, b}),
            all_of({a, l}),
            all_of({election, e}),
            all_of({exact("nowhere"), a}),
            all_of({in_title, e, k}),
            all_of(eight)};
  }

  // The scores of all that match, one document after the other, the best first; of each story the
  // best alone where that is wanted.
  static std::vector<float> expected(const Snapshot& snapshot, const Query& query,
                                     const RankingSettings& settings) {
    std::vector<std::pair<float, std::int64_t>> found;  // and the story
    for (std::uint32_t segment = 0; segment < snapshot.segments.size(); ++segment) {
      const SegmentView& view = snapshot.segments[segment];
      for (std::uint32_t document = 0; document < view.documents(); ++document) {
        const ScoreExplanation explained =
            explain(snapshot, query, settings, {.segment = segment, .document = document});
        const std::size_t needed = query.kind == QueryKind::And ? query.parts.size() : 1;
        if (view.is_dead(document) || explained.parts.size() < needed) continue;
        double sum = 0;
        for (const ScorePart& part : explained.parts) sum += part.rarity * part.weight;
        found.emplace_back(sum * explained.recency, view.story(document).story);
      }
    }
    std::ranges::sort(found, std::greater<>());
    std::vector<float> scores;
    std::vector<std::int64_t> told;
    for (const auto& [score, story] : found) {
      const bool is_told = story != 0 && std::ranges::find(told, story) != told.end();
      if (settings.per_story == PerStory::Best && is_told) continue;
      told.push_back(story);
      scores.push_back(score);
    }
    return scores;
  }

  static std::unique_ptr<memory::MemoryIndexFiles> files_;
  static std::unique_ptr<Index> index_;
};
std::unique_ptr<memory::MemoryIndexFiles> RankingOfWords::files_;
std::unique_ptr<Index> RankingOfWords::index_;

TEST_F(RankingOfWords, FindsTheBestOfAll) {
  const auto snapshot = index_->snapshot();
  ASSERT_EQ(snapshot->segments.size(), kSegments);
  const Time now = from_micros(kArticles * kSegments * 600 * 1'000'000);
  const std::vector<RankingSettings> all_settings = {
      {.with_titles = false}, {.per_story = PerStory::Best}, {.hits_max = 300, .now = now}};
  for (const Query& query : queries()) {
    for (const RankingSettings& settings : all_settings) {
      std::vector<float> scores = expected(*snapshot, query, settings);
      const std::vector<Hit> hits = best(*snapshot, query, settings);
      ASSERT_EQ(hits.size(), std::min(scores.size(), settings.hits_max)) << query::to_string(query);
      for (std::size_t i = 0; i < hits.size(); ++i)
        ASSERT_NEAR(hits[i].score, scores[i], 1e-5 * (1 + scores[i])) << query::to_string(query);
    }
  }
}

// What a word led to is not led to by another one again.
TEST_F(RankingOfWords, FindsEachDocumentOnce) {
  const auto snapshot = index_->snapshot();
  for (const Query& query : queries()) {
    std::vector<Hit> hits = best(*snapshot, query, {.hits_max = 5'000});
    std::ranges::sort(hits, {}, &Hit::id);
    EXPECT_EQ(std::ranges::adjacent_find(hits, {}, &Hit::id), hits.end())
        << query::to_string(query);
  }
}

TEST_F(RankingOfWords, LeavesManyFrequentWordsToWindows) {
  const auto snapshot = index_->snapshot();
  const auto is_done = [&](const Query& query) {
    const RankingSettings settings{.hits_max = 5'000};
    RankedQuery ranked(*snapshot, query, settings);
    TopHits hits(*snapshot, settings);
    return rank_words(ranked, hits);
  };
  std::vector<Query> words;
  for (char letter = 'a'; letter <= 'h'; ++letter) words.push_back(exact(std::string(1, letter)));
  EXPECT_FALSE(is_done(any_of(words)));
  EXPECT_TRUE(is_done(all_of(words)));
  EXPECT_TRUE(is_done(any_of({words[0], words[1]})));
}

}  // namespace
}  // namespace tidings::search
