// Defines RollupStore: every adapter instantiates this suite.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class RollupStoreContract : public StoresContract {
 protected:
  static Time hour(int n) { return *parse_rfc3339("2026-11-23T00:00:00Z") + std::chrono::hours(n); }

  static HourlyCount count(int at, int source, const std::string& language, int articles) {
    return {.hour = hour(at),
            .source_id = SourceId(source),
            .language = language,
            .articles = articles};
  }

  Result<void> add(std::vector<HourlyCount> counts, std::int64_t from, std::int64_t to) {
    return rollups().apply(
        {.arrived = counts},
        {.consumer = "rollups", .from = EventSequence(from), .to = EventSequence(to)});
  }
};

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(RollupStoreContract, SumsPerHour) {
  must(add({count(1, 1, "pt", 2), count(1, 2, "pt-BR", 3), count(3, 1, "en", 5)}, 0, 1));
  must(add({count(1, 1, "pt", 10), count(3, 1, "", 1), count(3, 1, "", 1)}, 1, 2));
  const HourlyQuery all{.since = hour(0), .until = hour(24)};
  EXPECT_THAT(must(rollups().per_hour(all)), ElementsAre(count(1, 0, "", 15), count(3, 0, "", 7)));
  EXPECT_THAT(must(rollups().per_hour({.since = hour(1), .until = hour(3)})),
              ElementsAre(count(1, 0, "", 15)));
  HourlyQuery query = all;
  query.source_id = SourceId(1);
  EXPECT_THAT(must(rollups().per_hour(query)),
              ElementsAre(count(1, 1, "", 12), count(3, 1, "", 7)));
  query.language = "pt";
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 1, "pt", 12)));
  query.source_id.reset();
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 0, "pt", 15)));
  query.language = "pt-BR";
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 0, "pt-BR", 3)));
  query.language = "p";
  EXPECT_THAT(must(rollups().per_hour(query)), IsEmpty());
}

TEST_P(RollupStoreContract, RanksSourcesAndLanguages) {
  must(add({count(1, 1, "en", 2), count(2, 1, "de", 2), count(1, 2, "de", 9), count(1, 3, "en", 4),
            count(2, 4, "", 1), count(30, 4, "fr", 100)},
           0, 1));
  const HourlyQuery day{.since = hour(0), .until = hour(24)};
  EXPECT_THAT(must(rollups().top_sources(day, 3)),
              ElementsAre(count(0, 2, "", 9), count(0, 1, "", 4), count(0, 3, "", 4)));
  EXPECT_THAT(must(rollups().top_sources(day, 10)), SizeIs(4));
  EXPECT_THAT(must(rollups().top_languages(day, 10)),
              ElementsAre(count(0, 0, "de", 11), count(0, 0, "en", 6), count(0, 0, "", 1)));
  HourlyQuery german = day;
  german.language = "de";
  EXPECT_THAT(must(rollups().top_sources(german, 10)),
              ElementsAre(count(0, 2, "", 9), count(0, 1, "", 2)));
  HourlyQuery first = day;
  first.source_id = SourceId(1);
  EXPECT_THAT(must(rollups().top_languages(first, 1)), ElementsAre(count(0, 0, "de", 2)));
}

TEST_P(RollupStoreContract, AddsOnlyWithTheStep) {
  must(add({count(1, 1, "en", 1)}, 0, 5));
  EXPECT_EQ(kind_of(add({count(1, 1, "en", 1)}, 0, 5)), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(add({count(1, 1, "en", 1)}, 6, 7)), ErrorKind::Conflict);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 5);
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 1)));
  must(add({}, 5, 6));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 6);
}

TEST_P(RollupStoreContract, SettlesALetterOnce) {
  add_source();
  const Event event = all_events().at(0);
  must(events().advance({.consumer = "rollups",
                         .from = EventSequence(0),
                         .to = EventSequence(1),
                         .buried = {{.event = event, .error = "e"}}}));
  const auto letters = must(events().dead_letters("rollups", 10));
  ASSERT_THAT(letters, SizeIs(1));
  const CursorMove settle{.consumer = "rollups",
                          .from = EventSequence(1),
                          .to = EventSequence(1),
                          .settled = letters[0].id};
  const std::vector<HourlyCount> counts = {count(1, 1, "en", 1)};
  must(rollups().apply({.arrived = counts}, settle));
  EXPECT_EQ(kind_of(rollups().apply({.arrived = counts}, settle)), ErrorKind::Conflict);
  EXPECT_THAT(must(events().dead_letters("", 10)), IsEmpty());
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 1)));
}

TEST_P(RollupStoreContract, CountsEachStepOnceWhenManyTry) {
  constexpr int kThreads = 4, kSteps = 20;
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int step = 0; step < kSteps; ++step) {
          if (add({count(step % 3, 1, "en", 1)}, step, step + 1)) ++taken;
        }
      });
    }
  }
  std::int64_t total = 0;
  for (const auto& row : must(rollups().per_hour({.since = hour(0), .until = hour(24)}))) {
    total += row.articles;
  }
  EXPECT_EQ(total, taken);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), taken);
}

TEST_P(RollupStoreContract, KeepsEverythingThroughAReopening) {
  must(add({count(1, 1, "en", 4)}, 0, 5));
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 4)));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 5);
}

// What articles count for, and what becomes of that.
class RolledUpContract : public RollupStoreContract {
 protected:
  static RolledValue value(Dimension dimension, const std::string& name) {
    return {.dimension = dimension, .value = name, .name = name};
  }
  static Bucket bucket(std::uint64_t articles, std::uint64_t toned, std::int64_t tone_sum) {
    return {.articles = articles, .toned = toned, .tone_sum = tone_sum};
  }

  RolledArticle add_article(int at, std::vector<RolledValue> values,
                            std::optional<std::int8_t> sentiment = std::nullopt) {
    if (source_ == SourceId{}) source_ = add_source();
    const auto outcome =
        ingest(source_, {new_article("article " + std::to_string(next_++), hour(at))});
    return {.article_id = outcome.added.at(0),
            .published = hour(at),
            .sentiment = sentiment,
            .values = std::move(values)};
  }
  Result<void> step(std::vector<RolledArticle> articles, std::vector<ArticleId> removed = {}) {
    const EventSequence from = must(events().cursor("rollups"));
    return rollups().apply({.articles = articles, .removed = removed},
                           {.consumer = "rollups", .from = from, .to = from});
  }
  std::vector<Bucket> series(std::optional<Dimension> dimension, const std::string& name,
                             std::vector<int> hours) {
    std::vector<Time> boundaries;
    for (const int at : hours) boundaries.push_back(hour(at));
    return must(rollups().series(dimension, name, boundaries));
  }
  std::vector<std::string> top(Dimension dimension, int since, int until, std::size_t limit = 100) {
    const std::vector<Time> boundaries = {hour(since), hour(until)};
    std::vector<std::string> names;
    for (const NamedCounts& one : must(rollups().top(dimension, boundaries, limit)))
      names.push_back(one.name + " " + std::to_string(one.total.articles));
    return names;
  }
  void fold_all(int hours_before, int singles_before) {
    const RollupFold fold{
        .hours_before = hour(hours_before), .singles_before = hour(singles_before), .rows_max = 1};
    for (int i = 0; i < 1'000 && must(rollups().fold(fold)) > 0; ++i) {
    }
  }
  void remove_by_retention(int articles_kept) {
    must(articles().apply_retention({.articles_max = articles_kept}));
  }

 private:
  SourceId source_{};
  int next_ = 0;
};

const auto kLanguage = Dimension::Language;
const auto kTopic = Dimension::Topic;
const auto kEntity = Dimension::Entity;

TEST_P(RolledUpContract, CountsByTheHourOfPublicationWithTone) {
  must(step({add_article(-5, {value(kLanguage, "en"), value(kTopic, "t1")}, 50),
             add_article(-5, {value(kLanguage, "de"), value(kTopic, "t1")}, -20),
             add_article(-3, {value(kLanguage, "en")})}));
  EXPECT_THAT(series(std::nullopt, "", {-6, -5, -4, -3, -2}),
              ElementsAre(bucket(0, 0, 0), bucket(2, 2, 30), bucket(0, 0, 0), bucket(1, 0, 0)));
  EXPECT_THAT(series(kLanguage, "en", {-6, -2}), ElementsAre(bucket(2, 1, 50)));
  EXPECT_THAT(series(kLanguage, "en", {-6, -4, -2}),
              ElementsAre(bucket(1, 1, 50), bucket(1, 0, 0)));
  EXPECT_THAT(series(kTopic, "t1", {-6, -2}), ElementsAre(bucket(2, 2, 30)));
  EXPECT_THAT(series(kTopic, "en", {-6, -2}), IsEmpty());
  EXPECT_THAT(series(kLanguage, "fr", {-6, -2}), IsEmpty());
  EXPECT_THAT(series(kLanguage, "en", {-1000, -900}), ElementsAre(bucket(0, 0, 0)));
}

TEST_P(RolledUpContract, RanksTheValuesOfADimension) {
  must(step({add_article(-5, {value(kTopic, "b"), value(kTopic, "a"), value(kEntity, "e")}, 10),
             add_article(-4, {value(kTopic, "c"), value(kTopic, "b")}),
             add_article(-30, {value(kTopic, "z")})}));
  EXPECT_THAT(top(kTopic, -6, 0), ElementsAre("b 2", "a 1", "c 1"));
  EXPECT_THAT(top(kTopic, -6, 0, 2), ElementsAre("b 2", "a 1"));
  EXPECT_THAT(top(kTopic, -6, -4), ElementsAre("a 1", "b 1"));
  EXPECT_THAT(top(Dimension::Place, -6, 0), IsEmpty());
  const std::vector<Time> boundaries = {hour(-6), hour(-4), hour(-2)};
  const auto split = must(rollups().top(kTopic, boundaries, 1));
  ASSERT_THAT(split, SizeIs(1));
  EXPECT_EQ(split[0].total, bucket(2, 1, 10));
  EXPECT_THAT(split[0].buckets, ElementsAre(bucket(1, 1, 10), bucket(1, 0, 0)));
}

TEST_P(RolledUpContract, ShowsTheFirstFormOfAValue) {
  must(step({add_article(-5, {{kEntity, "1f", "1f", "Ana Ruiz"}}),
             add_article(-5, {{kEntity, "1f", "1F", "ANA RUIZ"}})}));
  const std::vector<Time> boundaries = {hour(-6), hour(0)};
  const auto found = must(rollups().top(kEntity, boundaries, 10));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].name, "1f");
  EXPECT_EQ(found[0].text, "Ana Ruiz");
  EXPECT_THAT(found[0].buckets, IsEmpty());
}

TEST_P(RolledUpContract, CountsAnArticleByWhatItWasLast) {
  RolledArticle article = add_article(-5, {value(kLanguage, "en"), value(kTopic, "t1")}, 40);
  const RolledArticle other = add_article(-5, {value(kLanguage, "en"), value(kTopic, "t1")}, 2);
  must(step({article, other}));
  must(step({article}));
  EXPECT_THAT(series(kTopic, "t1", {-6, 0}), ElementsAre(bucket(2, 2, 42)));
  article.values = {value(kLanguage, "en"), value(kTopic, "t2")};
  article.sentiment = -7;
  must(step({article}));
  EXPECT_THAT(series(kTopic, "t1", {-6, 0}), ElementsAre(bucket(1, 1, 2)));
  EXPECT_THAT(series(kTopic, "t2", {-6, 0}), ElementsAre(bucket(1, 1, -7)));
  EXPECT_THAT(series(kLanguage, "en", {-6, 0}), ElementsAre(bucket(2, 2, -5)));
  EXPECT_THAT(series(std::nullopt, "", {-6, 0}), ElementsAre(bucket(2, 2, -5)));
  article.sentiment.reset();
  must(step({article}));
  EXPECT_THAT(series(kLanguage, "en", {-6, 0}), ElementsAre(bucket(2, 1, 2)));
}

TEST_P(RolledUpContract, TakesBackWhatItsOwnerRemoved) {
  const RolledArticle one = add_article(-5, {value(kTopic, "t1")}, 40);
  const RolledArticle two = add_article(-5, {value(kTopic, "t1"), value(kTopic, "t2")}, 1);
  must(step({one, two}));
  must(articles().remove(two.article_id));
  EXPECT_THAT(top(kTopic, -6, 0), ElementsAre("t1 2", "t2 1"));
  must(step({two}, {two.article_id}));  // what is gone is not counted again
  EXPECT_THAT(top(kTopic, -6, 0), ElementsAre("t1 1"));
  EXPECT_THAT(series(kTopic, "t1", {-6, 0}), ElementsAre(bucket(1, 1, 40)));
  must(step({}, {two.article_id}));
  must(step({}, {ArticleId(12345)}));
  EXPECT_THAT(series(std::nullopt, "", {-6, 0}), ElementsAre(bucket(1, 1, 40)));
  EXPECT_EQ(must(rollups().state()).removed_before, std::nullopt);
}

TEST_P(RolledUpContract, KeepsCountedWhatRetentionTook) {
  const RolledArticle one = add_article(-50, {value(kTopic, "t1")}, 40);
  const RolledArticle two = add_article(-5, {value(kTopic, "t1")}, 1);
  must(step({one, two}));
  remove_by_retention(1);
  must(step({one}, {one.article_id}));
  EXPECT_THAT(series(kTopic, "t1", {-60, -10, 0}), ElementsAre(bucket(1, 1, 40), bucket(1, 1, 1)));
  EXPECT_EQ(must(rollups().state()).removed_before, hour(-50) + Duration(1));
  remove_by_retention(0);
  EXPECT_EQ(must(rollups().state()).removed_before, hour(-5) + Duration(1));
  EXPECT_THAT(series(std::nullopt, "", {-60, 0}), ElementsAre(bucket(2, 2, 41)));
}

TEST_P(RolledUpContract, CountsNothingWithoutTheStep) {
  const RolledArticle one = add_article(-5, {value(kTopic, "t1")});
  const std::vector<RolledArticle> articles_given = {one};
  EXPECT_EQ(kind_of(rollups().apply(
                {.articles = articles_given},
                {.consumer = "rollups", .from = EventSequence(7), .to = EventSequence(8)})),
            ErrorKind::Conflict);
  EXPECT_THAT(series(std::nullopt, "", {-6, 0}), ElementsAre(bucket(0, 0, 0)));
  EXPECT_THAT(top(kTopic, -6, 0), IsEmpty());
}

TEST_P(RolledUpContract, IsFilledOnceWithWhatWasThereBefore) {
  RolledArticle counted = add_article(-5, {value(kTopic, "new")});
  must(step({counted}));
  counted.values = {value(kTopic, "old")};
  const RolledArticle other = add_article(-5, {value(kTopic, "old")});
  EXPECT_EQ(must(rollups().state()).filled_to, ArticleId{});
  const std::vector<RolledArticle> both = {counted, other};
  must(rollups().fill(both, ArticleId{}, other.article_id));
  EXPECT_EQ(kind_of(rollups().fill(both, ArticleId{}, other.article_id)), ErrorKind::Conflict);
  EXPECT_EQ(must(rollups().state()).filled_to, other.article_id);
  must(rollups().fill({}, other.article_id, std::nullopt));
  EXPECT_EQ(must(rollups().state()).filled_to, std::nullopt);
  EXPECT_EQ(kind_of(rollups().fill({}, ArticleId{}, std::nullopt)), ErrorKind::Conflict);
  EXPECT_THAT(top(kTopic, -6, 0), ElementsAre("new 1", "old 1"));
}

TEST_P(RolledUpContract, FoldsHoursOfManyValuesIntoDays) {
  RolledArticle late = add_article(-5, {value(kEntity, "e"), value(kTopic, "t")}, 7);
  must(
      step({add_article(-24, {value(kEntity, "e"), value(kTopic, "t")}, 1),
            add_article(-23, {value(kEntity, "e"), value(kTopic, "t")}, 2), late,
            add_article(2, {value(kEntity, "e")}, 8), add_article(-75, {value(kEntity, "f")}, 8)}));
  fold_all(1, -1000);
  EXPECT_EQ(must(rollups().state()).hours_before, hour(0));
  EXPECT_THAT(series(kEntity, "e", {-48, -24, -23, 0, 1, 3}),
              ElementsAre(bucket(0, 0, 0), bucket(3, 3, 10), bucket(0, 0, 0), bucket(0, 0, 0),
                          bucket(1, 1, 8)));
  EXPECT_THAT(series(kTopic, "t", {-24, -23, -22, 0}),
              ElementsAre(bucket(1, 1, 1), bucket(1, 1, 2), bucket(1, 1, 7)));
  EXPECT_THAT(top(kEntity, -100, 3), ElementsAre("e 4", "f 1"));
  // What happens to an old day goes on to count.
  must(step({add_article(-6, {value(kEntity, "e")}, 3)}));
  late.sentiment = 9;
  must(step({late}));
  EXPECT_THAT(series(kEntity, "e", {-24, -23, 0}), ElementsAre(bucket(4, 4, 15), bucket(0, 0, 0)));
  EXPECT_THAT(series(kEntity, "e", {-23, 0}), ElementsAre(bucket(0, 0, 0)));
  must(articles().remove(late.article_id));
  must(step({}, {late.article_id}));
  EXPECT_THAT(series(kEntity, "e", {-24, 0}), ElementsAre(bucket(3, 3, 6)));
  EXPECT_THAT(series(kTopic, "t", {-24, 0}), ElementsAre(bucket(2, 2, 3)));
}

TEST_P(RolledUpContract, LeavesOutRareValuesOfOldDays) {
  const RolledArticle rare = add_article(-30, {value(kEntity, "rare"), value(kTopic, "t")});
  const RolledArticle first = add_article(-30, {value(kEntity, "twice")}, 5);
  const RolledArticle second = add_article(-40, {value(kEntity, "twice")}, 6);
  must(step({rare, first, second, add_article(-5, {value(kEntity, "twice")}, 7),
             add_article(-5, {value(kEntity, "later")})}));
  fold_all(-24, 0);
  EXPECT_EQ(must(rollups().state()).singles_before, hour(-24)) << "only days that are folded";
  EXPECT_THAT(top(kEntity, -100, 0), ElementsAre("twice 3", "later 1"));
  EXPECT_THAT(top(kTopic, -100, 0), ElementsAre("t 1"));
  must(step({add_article(-35, {value(kEntity, "rare")}),
             add_article(-35, {value(kEntity, "twice")}, 1)}));
  EXPECT_THAT(top(kEntity, -100, 0), ElementsAre("twice 4", "later 1"));
  must(articles().remove(rare.article_id));
  must(articles().remove(first.article_id));
  must(articles().remove(second.article_id));
  must(step({}, {rare.article_id, first.article_id}));
  EXPECT_THAT(series(kEntity, "twice", {-48, 0}), ElementsAre(bucket(3, 3, 14)));
  must(step({}, {second.article_id}));
  EXPECT_THAT(series(kEntity, "twice", {-48, 0}), ElementsAre(bucket(1, 1, 7)));
  EXPECT_THAT(series(kTopic, "t", {-48, 0}), ElementsAre(bucket(0, 0, 0)));
  // A name that is gone may come again.
  must(step({add_article(-4, {value(kEntity, "rare")})}));
  EXPECT_THAT(top(kEntity, -24, 0), ElementsAre("later 1", "rare 1", "twice 1"));
}

TEST_P(RolledUpContract, KeepsRollupsThroughAReopening) {
  RolledArticle one = add_article(-30, {value(kTopic, "t1"), value(kEntity, "e")}, 40);
  must(step({one}));
  fold_all(0, -1000);
  if (!reopen()) return;  // nothing outlives this store
  one.values = {value(kTopic, "t2")};
  must(step({one}));
  EXPECT_THAT(top(kTopic, -48, 0), ElementsAre("t2 1"));
  EXPECT_THAT(top(kEntity, -48, 0), IsEmpty());
  EXPECT_EQ(must(rollups().state()).hours_before, hour(0));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RollupStoreContract);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RolledUpContract);

}  // namespace tidings::contract
