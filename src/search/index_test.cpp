#include "search/index.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "query/topic_names.h"
#include "search/aggregate.h"
#include "search/count.h"
#include "search/ranking.h"
#include "search/test_articles.h"

namespace tidings::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool never() {
  return false;
}

class IndexTest : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    Result<std::unique_ptr<Index>> opened = Index::open(files_);
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = *std::move(opened);
  }
  void add(std::int64_t id, std::string title, std::string text = {}) {
    IndexStep step{.cursor = EventSequence(id), .filled_to = std::nullopt};
    step.articles.push_back(test_article(id, id, std::move(title), std::move(text)));
    index_->apply(step);
  }
  void remove(std::int64_t id) {
    index_->apply({.removed = {ArticleId(id)}, .cursor = EventSequence(1), .filled_to = {}});
  }
  void place(std::int64_t id, std::int64_t story, std::uint32_t size) {
    index_->apply({.stories = {{ArticleId(id), {.story = story, .size = size}}},
                   .cursor = EventSequence(1),
                   .filled_to = {}});
  }
  void flush() {
    const Result<void> flushed = index_->flush();
    ASSERT_TRUE(flushed) << flushed.error().message;
  }
  std::vector<std::int64_t> newest(const Query& query) {
    std::vector<std::int64_t> ids;
    for (const Hit& hit : in_order(*index_->snapshot(), query, Direction::NewestFirst, 100))
      ids.push_back(hit.id);
    return ids;
  }

  memory::MemoryIndexFiles files_;
  std::unique_ptr<Index> index_;
};

TEST_F(IndexTest, FindsAnArticleAsSoonAsItWasTaken) {
  add(1, "Election in Spain");
  add(2, "Elections held", "in France");
  EXPECT_THAT(newest(word_query("election")), ElementsAre(2, 1));
  EXPECT_THAT(newest(word_query("france")), ElementsAre(2));
  EXPECT_THAT(newest(word_query("germany")), IsEmpty());
}

TEST_F(IndexTest, IsTheSameAfterItWasOpenedAgain) {
  for (int id = 1; id <= 300; ++id) add(id, "word" + std::to_string(id % 7), "election");
  remove(5);
  place(7, 70, 3);
  flush();
  place(8, 80, 4);
  remove(6);
  flush();
  const auto before = newest(word_query("word6"));
  open();
  EXPECT_EQ(newest(word_query("word6")), before);
  EXPECT_EQ(index_->snapshot()->documents, 298);
  EXPECT_EQ(newest(word_query("word5")).size(), 42);
  const Query large{.kind = QueryKind::Range, .field = QueryField::StorySize, .at_least = 3};
  EXPECT_THAT(newest(large), ElementsAre(8, 7));
}

TEST_F(IndexTest, ForgetsWithACrashWhatCameAfterTheLastFlush) {
  add(1, "kept");
  flush();
  add(2, "lost");
  remove(1);
  open();
  EXPECT_THAT(newest(word_query("kept")), ElementsAre(1));
  EXPECT_THAT(newest(word_query("lost")), IsEmpty());
  EXPECT_EQ(index_->statistics().durable_cursor, EventSequence(1));
}

TEST_F(IndexTest, HasOneFormOfAnArticle) {
  add(1, "first form");
  flush();
  add(1, "second form");
  EXPECT_THAT(newest(word_query("first")), IsEmpty());
  EXPECT_THAT(newest(word_query("second")), ElementsAre(1));
  EXPECT_EQ(index_->snapshot()->documents, 1);
}

TEST_F(IndexTest, MergesSegmentsWithoutAnyoneNoticing) {
  for (int id = 1; id <= 400; ++id) {
    add(id, "word" + std::to_string(id % 7), "election number" + std::to_string(id));
    if (id % 40 == 0) flush();
  }
  remove(14);
  place(21, 5, 9);
  const auto before = newest(word_query("word0"));
  const std::uint64_t segments = index_->statistics().segments;
  ASSERT_GE(segments, 10);
  Result<bool> merged = index_->merge(never);
  ASSERT_TRUE(merged && *merged);
  EXPECT_LT(index_->statistics().segments, segments);
  EXPECT_EQ(newest(word_query("word0")), before);
  open();
  EXPECT_EQ(newest(word_query("word0")), before);
  EXPECT_EQ(index_->snapshot()->segments.back().story(0).story, 0);
}

TEST_F(IndexTest, TellsWhenItAnswersOtherwise) {
  std::vector<std::uint64_t> told;  // how many documents whoever hears of it finds
  index_->set_listener([&] { told.push_back(index_->snapshot()->documents); });
  add(1, "first");
  add(2, "second");
  EXPECT_THAT(told, ElementsAre(1, 2));
  index_->apply({.cursor = EventSequence(3), .filled_to = {}});  // nothing that it has
  flush();
  EXPECT_EQ(told.size(), 2);
  place(1, 10, 2);
  place(1, 10, 2);  // as it was
  remove(7);        // was never there
  EXPECT_EQ(told.size(), 3);
  remove(1);
  EXPECT_THAT(told, ElementsAre(1, 2, 2, 1));
  ASSERT_TRUE(index_->clear(EventSequence(4)));
  EXPECT_EQ(told.back(), 0);
  index_->set_listener({});
  add(3, "third");
  EXPECT_EQ(told.size(), 5);
}

TEST_F(IndexTest, TellsNobodyOfAMergeThatOnlyJoins) {
  for (int id = 1; id <= 8; ++id) {
    add(id, "same");
    flush();
  }
  int told = 0;
  index_->set_listener([&] { ++told; });
  const Result<bool> merged = index_->merge(never);
  ASSERT_TRUE(merged && *merged);
  EXPECT_EQ(told, 0);
}

// A facet would say less than the search for its name finds.
TEST_F(IndexTest, CountsATopicWithThoseBelowAsItIsFound) {
  const auto below = query::TopicNames::shipped().code_of("weather phenomena");
  ASSERT_TRUE(below);
  const auto both = query::TopicNames::shipped().with_those_above(*below);
  ASSERT_EQ(both.size(), 2);
  IndexStep step{.cursor = EventSequence(1), .filled_to = std::nullopt};
  for (const std::vector<std::string>& topics :
       {both, {both[0]}, {both[1]}, {"medtop:1", both[0]}}) {
    step.articles.push_back(test_article(std::ssize(step.articles) + 1, 1, "word", {}));
    step.articles.back().document.topics = topics;
  }
  index_->apply(step);

  const auto snapshot = index_->snapshot();
  const CooccurrenceCounts counts =
      cooccurrence(*snapshot, {.query = word_query("word"), .dimension = Dimension::Topic});
  ASSERT_EQ(counts.names.size(), 3);
  EXPECT_EQ(counts.names[0].name, both[1]);
  EXPECT_EQ(counts.names[0].articles, 4);
  EXPECT_EQ(counts.names[1].name, both[0]);
  EXPECT_EQ(counts.names[1].articles, 3);
  // With the other, each of them; not they with each other.
  ASSERT_EQ(counts.pairs.size(), 2);
  for (const CooccurrenceCounts::Pair& pair : counts.pairs) EXPECT_EQ(pair.second, 2);
}

TEST_F(IndexTest, CountsAllNamesOfAnArticle) {
  IndexStep step{.cursor = EventSequence(1), .filled_to = std::nullopt};
  step.articles.push_back(test_article(1, 1, "Many", {}));
  SearchDocument& document = step.articles.front().document;
  for (int i = 0; i < 50; ++i) {
    document.entities.push_back({.id = "e" + std::to_string(i), .text = "E"});
    document.keyphrases.push_back("phrase " + std::to_string(i));
  }
  index_->apply(step);
  const auto count = [&] {
    return aggregate(*index_->snapshot(),
                     {.dimensions = {Dimension::Entity, Dimension::Keyphrase}, .names_max = 100});
  };
  flush();
  for (const DimensionCounts& counts : count().dimensions) EXPECT_EQ(counts.names, 50);
  add(2, "Another");
  flush();
  ASSERT_TRUE(index_->merge(never));
  for (const DimensionCounts& counts : count().dimensions) EXPECT_EQ(counts.names, 50);
}

TEST_F(IndexTest, CarriesOverWhatHappensDuringAMerge) {
  for (int id = 1; id <= 8; ++id) {
    add(id, "same");
    flush();
  }
  int calls = 0;
  Result<bool> merged = index_->merge([&] {
    if (++calls == 1) {
      remove(3);
      place(4, 40, 2);
      add(9, "same");
      flush();
    }
    return false;
  });
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_TRUE(*merged);
  EXPECT_THAT(newest(word_query("same")), ElementsAre(9, 8, 7, 6, 5, 4, 2, 1));
  open();
  EXPECT_THAT(newest(word_query("same")), ElementsAre(9, 8, 7, 6, 5, 4, 2, 1));
  const Query in_story{.kind = QueryKind::Range, .field = QueryField::StorySize, .at_least = 1};
  EXPECT_THAT(newest(in_story), ElementsAre(4));
}

TEST_F(IndexTest, DoesNotBringBackWhatWasForgottenDuringAMerge) {
  for (int id = 1; id <= 8; ++id) {
    add(id, "same");
    flush();
  }
  bool is_first = true;
  const Result<bool> merged = index_->merge([&] {
    if (std::exchange(is_first, false)) {
      EXPECT_TRUE(index_->clear(EventSequence(8)));
    }
    return false;
  });
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_FALSE(*merged);
  EXPECT_THAT(newest(word_query("same")), IsEmpty());
  EXPECT_THAT(*files_.list(), ElementsAre("manifest"));
}

TEST_F(IndexTest, KnowsWhichArticlesItHas) {
  for (int id = 1; id <= 9; ++id) {
    add(id, "same");
    if (id % 4 == 0) flush();
  }
  remove(3);
  remove(9);
  EXPECT_THAT(index_->ids(ArticleId(1), ArticleId(7)),
              ElementsAre(ArticleId(2), ArticleId(4), ArticleId(5), ArticleId(6), ArticleId(7)));
  EXPECT_THAT(index_->ids(ArticleId(7), ArticleId(100)), ElementsAre(ArticleId(8)));
}

TEST_F(IndexTest, LeavesOutWhatIsDamagedAndSaysSo) {
  add(1, "kept");
  flush();
  add(2, "damaged");
  flush();
  const auto names = files_.list();
  for (const std::string& name : *names) {
    if (!name.ends_with(".postings")) continue;
    std::string bytes((*files_.open(name))->bytes());
    if (bytes.find('\0') == std::string::npos) continue;
    bytes[0] = static_cast<char>(bytes[0] ^ 4);
    ASSERT_TRUE(files_.replace(name, bytes));
    break;
  }
  open();
  ASSERT_EQ(index_->damage().size(), 1);
  EXPECT_EQ(index_->damage().front().documents, 1);
  EXPECT_EQ(index_->snapshot()->documents, 1);
  EXPECT_EQ(index_->filled_to(), ArticleId{});
}

}  // namespace
}  // namespace tidings::search
