// Publishers' statistics: equal to what the definition counts, on random articles.
#include "search/publisher_statistics.h"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "search/test_articles.h"

namespace tidings::search {
namespace {

struct Piece {
  SearchDocument document;
  bool is_matched = false;
};

class PublisherStatisticsTest : public testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override { reopen(); }

  void reopen() {
    index_.reset();
    Result<std::unique_ptr<Index>> opened = Index::open(files_);
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = *std::move(opened);
  }
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  // Some articles of few stories; ids above 100 replace nothing.
  void publish(std::int64_t first, int count) {
    static const std::vector<std::string> kPublishers = {"BBC", "herald.example", "post.example",
                                                         ""};
    IndexStep step{.cursor = EventSequence(++steps_), .filled_to = std::nullopt};
    for (int i = 0; i < count; ++i) {
      const bool is_matched = pick(2) == 0;
      IndexedArticle article = test_article(first + i, 1'000 + pick(500),
                                            is_matched ? "A war begins" : "Nothing of note", "");
      SearchDocument& document = article.document;
      document.publisher = kPublishers[static_cast<std::size_t>(pick(4))];
      document.topics = {pick(2) == 0 ? "medtop:15000000" : "medtop:11000000"};
      if (pick(3) != 0) document.sentiment = static_cast<std::int8_t>(pick(201) - 100);
      pieces_[first + i] = {document, is_matched};
      step.articles.push_back(std::move(article));
    }
    index_->apply(step);
  }
  // Everything finds its place, and some are found to be copies.
  void tell_stories() {
    std::map<StoryId, std::uint32_t> sizes;
    for (auto& [id, piece] : pieces_) {
      piece.document.story = StoryId(pick(12));
      piece.document.copy_of = ArticleId(pick(3) == 0 ? 1 + pick(140) : 0);
      if (piece.document.copy_of == piece.document.id) piece.document.copy_of = ArticleId{};
      ++sizes[piece.document.story];
    }
    IndexStep step{.cursor = EventSequence(++steps_), .filled_to = std::nullopt};
    for (auto& [id, piece] : pieces_) {
      SearchDocument& document = piece.document;
      if (document.story == StoryId{}) document.copy_of = ArticleId{};
      const std::uint32_t size = document.story == StoryId{} ? 0 : sizes[document.story];
      step.stories.push_back(
          {document.id, {to_int(document.story), size, to_int(document.copy_of)}});
    }
    index_->apply(step);
  }
  void remove(int count) {
    IndexStep step{.cursor = EventSequence(++steps_), .filled_to = std::nullopt};
    for (int i = 0; i < count; ++i) {
      auto gone = pieces_.begin();
      std::advance(gone, pick(static_cast<int>(pieces_.size())));
      step.removed.push_back(ArticleId(gone->first));
      pieces_.erase(gone);
    }
    index_->apply(step);
  }

  std::set<std::string> publishers() const {
    std::set<std::string> names;
    for (const auto& [id, piece] : pieces_) {
      if (piece.is_matched && !piece.document.publisher.empty())
        names.insert(piece.document.publisher);
    }
    return names;
  }

  // By the words of the port.
  PublisherCounts expected(const std::string& publisher) const {
    PublisherCounts counts{.name = publisher};
    std::set<StoryId> stories;
    for (const auto& [id, piece] : pieces_) {
      if (!piece.is_matched || piece.document.publisher != publisher) continue;
      ++counts.total.articles;
      if (piece.document.story != StoryId{}) stories.insert(piece.document.story);
      const auto original = pieces_.find(to_int(piece.document.copy_of));
      counts.copies += original != pieces_.end() && is_of_others(original->second, publisher);
      const std::uint64_t taken = copies_by_others(piece);
      counts.copies_of += taken;
      counts.copied += taken > 0;
    }
    std::vector<std::int64_t> delays;
    for (const StoryId story : stories) {
      const std::optional<std::int64_t> delay = delay_in(story, publisher);
      if (!delay) continue;
      delays.push_back(*delay);
      counts.first += *delay == 0;
    }
    counts.stories = delays.size();
    if (delays.empty()) return counts;
    std::ranges::sort(delays);
    const std::int64_t low = delays[(delays.size() - 1) / 2], high = delays[delays.size() / 2];
    counts.delay_median = Duration((low + high) / 2);
    double sum = 0;
    for (const std::int64_t delay : delays) sum += static_cast<double>(delay);
    counts.delay_mean =
        Duration(static_cast<std::int64_t>(sum / static_cast<double>(delays.size())));
    return counts;
  }
  static bool is_of_others(const Piece& piece, const std::string& publisher) {
    return !piece.document.publisher.empty() && piece.document.publisher != publisher;
  }
  std::uint64_t copies_by_others(const Piece& original) const {
    std::uint64_t copies = 0;
    for (const auto& [id, piece] : pieces_)
      copies += piece.document.copy_of == original.document.id &&
                is_of_others(piece, original.document.publisher);
    return copies;
  }
  std::optional<std::int64_t> delay_in(StoryId story, const std::string& publisher) const {
    std::map<std::string, std::int64_t> firsts;
    for (const auto& [id, piece] : pieces_) {
      if (piece.document.story != story || piece.document.publisher.empty()) continue;
      const std::int64_t at = to_micros(piece.document.published);
      const auto [known, is_new] = firsts.try_emplace(piece.document.publisher, at);
      if (!is_new) known->second = std::min(known->second, at);
    }
    if (firsts.size() < 2) return std::nullopt;
    std::int64_t first = firsts.begin()->second;
    for (const auto& [name, at] : firsts) first = std::min(first, at);
    return firsts.at(publisher) - first;
  }

  std::mt19937 random_{GetParam()};
  memory::MemoryIndexFiles files_;
  std::unique_ptr<Index> index_;
  std::map<std::int64_t, Piece> pieces_;
  std::int64_t steps_ = 0;
};

TEST_P(PublisherStatisticsTest, CountWhatTheDefinitionDoes) {
  publish(1, 60);
  tell_stories();
  ASSERT_TRUE(index_->flush());
  publish(61, 40);
  tell_stories();
  ASSERT_TRUE(index_->flush());
  publish(101, 20);
  tell_stories();
  remove(15);
  if (GetParam() % 2 == 0) {
    ASSERT_TRUE(index_->flush());
    reopen();
  }

  const PublisherStatistics statistics =
      publisher_statistics(*index_->snapshot(), {.query = word_query("war")});
  EXPECT_EQ(statistics.publishers, publishers().size());
  ASSERT_EQ(statistics.top.size(), publishers().size());
  std::uint64_t before = ~std::uint64_t{0};
  for (const PublisherCounts& found : statistics.top) {
    SCOPED_TRACE(found.name);
    const PublisherCounts wanted = expected(found.name);
    EXPECT_EQ(found.total.articles, wanted.total.articles);
    EXPECT_LE(found.total.articles, before);
    before = found.total.articles;
    EXPECT_EQ(found.stories, wanted.stories);
    EXPECT_EQ(found.first, wanted.first);
    EXPECT_EQ(found.delay_median, wanted.delay_median);
    EXPECT_EQ(found.delay_mean, wanted.delay_mean);
    EXPECT_EQ(found.copies, wanted.copies);
    EXPECT_EQ(found.copied, wanted.copied);
    EXPECT_EQ(found.copies_of, wanted.copies_of);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, PublisherStatisticsTest, testing::Range(1U, 9U));

class Publishers : public PublisherStatisticsTest {};

TEST_P(Publishers, AreAsManyAsAskedForWithTheirOwnTopics) {
  publish(1, 80);
  const PublisherStatistics all = publisher_statistics(*index_->snapshot(), {.query = {}});
  const PublisherStatistics one =
      publisher_statistics(*index_->snapshot(), {.query = {}, .names_max = 1, .details_max = 1});
  ASSERT_EQ(one.top.size(), 1);
  EXPECT_EQ(one.publishers, 3);
  EXPECT_EQ(one.total.articles, 80);  // those of unknown publishers too
  EXPECT_EQ(one.top[0].name, all.top[0].name);
  ASSERT_EQ(all.top[0].topics.size(), 2);
  EXPECT_EQ(all.top[0].topics[0].total.articles + all.top[0].topics[1].total.articles,
            all.top[0].total.articles);
  ASSERT_EQ(one.top[0].topics.size(), 1);
  EXPECT_EQ(one.top[0].topics[0].total, all.top[0].topics[0].total);
  ASSERT_EQ(one.top[0].languages.size(), 1);
  EXPECT_EQ(one.top[0].languages[0].name, "en");
  EXPECT_FALSE(one.top[0].delay_median);  // nothing is in a story yet
}
INSTANTIATE_TEST_SUITE_P(Seeds, Publishers, testing::Values(1U));

}  // namespace
}  // namespace tidings::search
