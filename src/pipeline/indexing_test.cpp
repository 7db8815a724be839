#include "pipeline/indexing.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/faulty/faulty_index_files.h"
#include "query/parse.h"
#include "search/ranking.h"
#include "stories/publishers.h"
#include "tests/support/story_world.h"

namespace tidings::pipeline {
namespace {

using contract::must;
using testing::ElementsAre;
using testing::IsEmpty;

// A database, and an index that follows it. Kept in memory and on disk.
class IndexingTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override { start(); }

  // As a process that begins: with what lies in the files.
  void start(IndexingSettings settings = {}) {
    indexing_.reset();
    index_ = must(search::Index::open(files_));
    indexing_ =
        std::make_unique<Indexing>(world_.stores(), *index_, stories::PublisherFamilies::shipped(),
                                   world_.metrics, world_.clock, settings);
  }
  void catch_up() { must(indexing_->catch_up()); }
  void wait(std::chrono::milliseconds time) { world_.clock.advance(time); }

  ArticleId publish(const std::string& name, const std::string& title) {
    return world_.publish(0, name, "en", title, "text of " + name);
  }
  ArticleId publish_analyzed(const std::string& name, const std::string& title) {
    const ArticleId id = publish(name, title);
    world_.analyze(id);
    return id;
  }
  void edit(ArticleId id, const std::string& name, const std::string& title) {
    const ArticleSummary summary = must(world_.stores().articles().get(id)).summary;
    IngestBatch batch{.source_id = summary.source_id};
    batch.articles.push_back(
        contract::edited(contract::new_article(name, summary.published), title));
    ASSERT_EQ(must(world_.stores().articles().ingest({&batch, 1}))[0].edited.size(), 1);
  }
  void complete(const std::string& name, ArticleId id, const std::string& text) {
    Article article = must(world_.stores().articles().get(id));
    article.body = {.content_html = "<p>" + text + "</p>", .text = text};
    ASSERT_TRUE(world_.stores().pages().complete(article)) << name;
  }
  // Events go that are older than now; a reader of them there has to be.
  void trim_log() {
    EventLog& events = world_.stores().events();
    must(events.advance(
        {.consumer = "reader", .from = must(events.cursor("reader")), .to = must(events.head())}));
    world_.clock.advance(std::chrono::hours(1));
    must(events.trim(world_.clock.now(), 100'000));
  }

  std::vector<ArticleId> find(const std::string& written) {
    const Query query = must(query::parse_query(written, {.now = world_.clock.now()}));
    std::vector<ArticleId> ids;
    for (const search::Hit& hit :
         in_order(*index_->snapshot(), query, search::Direction::NewestFirst, 100))
      ids.push_back(ArticleId(hit.id));
    return ids;
  }
  std::int64_t indexed() const {
    return world_.metrics.counter("search_indexed_total", "").value();
  }

  static std::string line_of(std::int64_t story, std::int64_t size, std::int64_t copy_of) {
    return fmt::format("{} of {}, copy of {}", story, size, copy_of);
  }

  // Where each article is, as the index has it.
  std::map<std::int64_t, std::string> places_in_index() const {
    std::map<std::int64_t, std::string> places;
    for (const search::SegmentView& view : index_->snapshot()->segments) {
      for (std::uint32_t document = 0; document < view.documents(); ++document) {
        const search::StoryPlace place = view.story(document);
        if (!view.is_dead(document))
          places[view.segment->columns().id(document)] =
              line_of(place.story, place.size, place.copy_of);
      }
    }
    return places;
  }
  std::map<std::int64_t, std::string> places_in_store(const std::vector<ArticleId>& ids) {
    std::map<std::int64_t, std::string> places;
    for (const StoryMark& mark : must(world_.stores().stories().marks(ids)))
      places[to_int(mark.article_id)] = line_of(to_int(mark.story_id), mark.story_articles,
                                                to_int(mark.copy_of.value_or(ArticleId{})));
    return places;
  }

  mutable World world_{GetParam()};
  faulty::FaultyIndexFiles files_{1};
  std::unique_ptr<search::Index> index_;
  std::unique_ptr<Indexing> indexing_;
};

TEST_P(IndexingTest, FollowsWhatHappensToArticles) {
  const ArticleId first = publish_analyzed("a", "Trams in Zurich");
  const ArticleId second = publish_analyzed("b", "Buses in Zurich");
  catch_up();
  EXPECT_THAT(find("zurich"), ElementsAre(second, first));
  EXPECT_THAT(find("entity:\"ana ruiz\""), ElementsAre(second, first));
  edit(first, "a", "Trams in Basel");
  world_.analyze(first);
  complete("b", second, "Ferries are next");
  world_.analyze(second);
  catch_up();
  EXPECT_THAT(find("zurich"), ElementsAre(second));
  EXPECT_THAT(find("basel"), ElementsAre(first));
  EXPECT_THAT(find("ferries"), ElementsAre(second));
  must(world_.stores().articles().remove(second));
  catch_up();
  EXPECT_THAT(find("ferries"), IsEmpty());
  EXPECT_EQ(index_->snapshot()->documents, 1);
  EXPECT_EQ(index_->snapshot()->cursor, must(world_.stores().events().head()));
}

TEST_P(IndexingTest, WaitsForTheAnalysisButNotForEver) {
  catch_up();
  const ArticleId id = publish("a", "Trams in Zurich");
  catch_up();
  EXPECT_THAT(find("trams"), IsEmpty());
  wait(std::chrono::milliseconds(5'001));
  catch_up();
  EXPECT_THAT(find("trams"), ElementsAre(id));
  EXPECT_THAT(find("sentiment:negative"), IsEmpty());
  world_.analyze(id);
  catch_up();
  EXPECT_THAT(find("sentiment:negative"), ElementsAre(id));
}

TEST_P(IndexingTest, KeepsWhatAnEditedArticleWasFoundByUntilItIsAnalyzedAnew) {
  const ArticleId id = publish_analyzed("a", "Trams in Zurich");
  catch_up();
  edit(id, "a", "Trams in Basel");
  catch_up();
  EXPECT_THAT(find("sentiment:negative zurich"), ElementsAre(id));
  world_.analyze(id);
  catch_up();
  EXPECT_THAT(find("sentiment:negative basel"), ElementsAre(id));
  EXPECT_THAT(find("zurich"), IsEmpty());
}

TEST_P(IndexingTest, GoesOnFromItsCursor) {
  start({.flush_interval = std::chrono::hours(1)});
  publish_analyzed("a", "Trams in Zurich");
  catch_up();
  must(index_->flush());
  publish_analyzed("b", "Buses in Zurich");
  catch_up();
  EXPECT_EQ(indexed(), 2);
  start();  // what was not flushed is lost, and taken again
  EXPECT_EQ(find("zurich").size(), 1);
  catch_up();
  EXPECT_EQ(find("zurich").size(), 2);
  EXPECT_EQ(indexed(), 3);
}

TEST_P(IndexingTest, DoesNotIndexAgainWhatIsAsItWas) {
  const ArticleId id = publish_analyzed("a", "Trams in Zurich");
  catch_up();
  EXPECT_EQ(indexed(), 1) << "added and analyzed: one and the same";
  index_->apply({.cursor = EventSequence{}, .filled_to = ArticleId{}});
  catch_up();
  EXPECT_EQ(indexed(), 1);
  EXPECT_THAT(find("trams"), ElementsAre(id));
}

TEST_P(IndexingTest, ReadsTheStoreWhereTheLogIsCutOff) {
  const ArticleId kept = publish_analyzed("a", "Trams in Zurich");
  const ArticleId gone = publish_analyzed("b", "Buses in Zurich");
  const ArticleId changed = publish_analyzed("c", "Boats in Zurich");
  catch_up();
  must(index_->flush());
  must(world_.stores().articles().remove(gone));
  edit(changed, "c", "Boats in Basel");
  world_.analyze(changed);
  const ArticleId added = publish_analyzed("d", "Planes in Zurich");
  trim_log();
  start({.batch_articles_max = 2});
  EXPECT_EQ(find("zurich").size(), 3);
  catch_up();
  EXPECT_THAT(find("zurich"), ElementsAre(added, kept));
  EXPECT_THAT(find("basel"), ElementsAre(changed));
  EXPECT_EQ(index_->snapshot()->documents, 3);
  EXPECT_EQ(indexed(), 5) << "what is as it was is not indexed again";
  EXPECT_FALSE(index_->filled_to());
}

TEST_P(IndexingTest, FillsItselfOnceWhereItBegins) {
  for (int i = 0; i < 7; ++i) publish_analyzed(std::to_string(i), "Trams in Zurich");
  trim_log();
  start({.batch_articles_max = 3});
  catch_up();
  EXPECT_EQ(find("zurich").size(), 7);
  EXPECT_EQ(indexed(), 7);
}

TEST_P(IndexingTest, MendsEveryKindOfDamageFromTheStore) {
  std::vector<ArticleId> ids;
  for (int i = 0; i < 6; ++i) {
    ids.push_back(publish_analyzed(std::to_string(i), "Trams in Zurich"));
    catch_up();
    if (i % 2 == 1) must(index_->flush());
  }
  must(world_.stores().articles().remove(ids[0]));
  catch_up();
  must(index_->flush());
  ids.erase(ids.begin());
  std::ranges::reverse(ids);
  for (const char* part : {".changes", ".terms", ".postings", ".positions", ".columns"}) {
    SCOPED_TRACE(part);
    const std::vector<std::string> names = must(files_.list());
    const auto name =
        std::ranges::find_if(names, [&](const std::string& one) { return one.ends_with(part); });
    ASSERT_NE(name, names.end());
    files_.flip_bit(*name, 3);
    start();
    ASSERT_EQ(index_->damage().size(), 1);
    EXPECT_LT(find("zurich").size(), ids.size());
    catch_up();
    EXPECT_EQ(find("zurich"), ids);
    must(index_->flush());
    start();
    EXPECT_TRUE(index_->damage().empty());
    EXPECT_EQ(find("zurich"), ids);
  }
}

TEST_P(IndexingTest, TakesArticlesWhileTheDiskIsFull) {
  start({.flush_articles = 1, .unflushed_max = 4});
  catch_up();
  files_.set_full(true);
  for (int i = 0; i < 3; ++i) {
    publish_analyzed(std::to_string(i), "Trams in Zurich");
    catch_up();
  }
  EXPECT_EQ(find("zurich").size(), 3);
  publish_analyzed("one too many", "Trams in Zurich");
  EXPECT_EQ(contract::kind_of(indexing_->catch_up()), ErrorKind::Unavailable);
  files_.set_full(false);
  catch_up();
  EXPECT_EQ(find("zurich").size(), 4);
  EXPECT_EQ(index_->statistics().durable_cursor, must(world_.stores().events().head()));
}

TEST_P(IndexingTest, MovesArticlesBetweenStories) {
  const std::vector<ArticleId> ids = world_.publish_all();
  catch_up();
  const auto consumer = world_.consumer();
  world_.follow(*consumer);
  catch_up();
  ASSERT_FALSE(places_in_store(ids).empty());
  EXPECT_EQ(places_in_index(), places_in_store(ids));
  const auto marks = must(world_.stores().stories().marks(ids));
  EXPECT_TRUE(
      std::ranges::any_of(marks, [](const StoryMark& one) { return one.copy_of.has_value(); }));

  StoryStore& stories = world_.stores().stories();
  const auto page = must(stories.find({.limit = 3}));
  ASSERT_EQ(page.stories.size(), 3);
  must(stories.correct({.kind = StoryCorrectionKind::Merge,
                        .story = page.stories[0].id,
                        .other = page.stories[1].id}));
  const auto members = must(stories.members(std::vector{page.stories[2].id}, 2));
  must(stories.correct({.kind = StoryCorrectionKind::Split,
                        .story = page.stories[2].id,
                        .articles = {members[0].members[0].article.id}}));
  const auto before = places_in_index();
  world_.follow(*consumer);
  catch_up();
  EXPECT_EQ(places_in_index(), places_in_store(ids));
  EXPECT_NE(places_in_index(), before);
}

TEST_P(IndexingTest, LearnsOfStoriesWhereTheLogIsCutOff) {
  const std::vector<ArticleId> ids = world_.publish_all();
  catch_up();
  must(index_->flush());
  const auto consumer = world_.consumer();
  world_.follow(*consumer);
  trim_log();
  start();
  catch_up();
  EXPECT_EQ(places_in_index(), places_in_store(ids));
}

INSTANTIATE_TEST_SUITE_P(Stores, IndexingTest, testing::Values(false, true),
                         [](const auto& info) { return info.param ? "sqlite" : "memory"; });

}  // namespace
}  // namespace tidings::pipeline
