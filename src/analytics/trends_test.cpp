#include "analytics/trends.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/past_trends.h"
#include "analytics/trend_facts.h"

namespace tidings::analytics {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Time kBegin = from_micros(1'772'409'600'000'000);  // Monday, 2026-03-02
const TrendLimits kSmall{.keys_max = 2'000, .sketch_width = 1 << 14};

TrendKey term(const std::string& word) {
  return {.kind = TrendKind::Term, .key = "en:" + word, .label = word};
}

// Fifty articles an hour by twenty publishers, each with one of forty common words.
class Stream {
 public:
  explicit Stream(unsigned seed = 1) : chance_(seed) {}

  void run(Trends& trends, Duration span, double more_an_hour = 0,
           const std::vector<TrendKey>& more = {}, int publishers = 20) {
    const Time end = now_ + span;
    while (now_ < end) {
      now_ += Duration(static_cast<std::int64_t>(
          3.6e9 * std::exponential_distribution<>(50 + more_an_hour)(chance_)));
      const bool is_more = uniform() * (50 + more_an_hour) < more_an_hour;
      TrendArticle article = next(is_more ? publishers : 20);
      if (is_more) article.keys.insert(article.keys.end(), more.begin(), more.end());
      trends.add(article);
    }
  }
  TrendArticle next(int publishers = 20) {
    return {.id = ArticleId(++last_),
            .published = now_,
            .came = now_,
            .publisher = "publisher " + std::to_string(static_cast<int>(uniform() * publishers)),
            .keys = {term("w" + std::to_string(static_cast<int>(uniform() * 40)))}};
  }
  double uniform() { return std::uniform_real_distribution<>()(chance_); }
  void rest(Duration span) { now_ += span; }
  Time now() const { return now_; }

 private:
  std::mt19937 chance_;
  Time now_ = kBegin;
  std::int64_t last_ = 0;
};

std::string saved(const Trends& trends) {
  ByteWriter out;
  trends.save(out);
  return out.take();
}

TEST(Trends, NothingRisesInASteadyStream) {
  Trends trends({.limits = kSmall});
  Stream stream;
  for (int day = 0; day < 10; ++day) {
    stream.run(trends, hours(24));
    EXPECT_EQ(trends.rising_keys(), 0) << "day " << day;
  }
  EXPECT_TRUE(trends.is_warm());
}

TEST(Trends, ABurstRisesWithinHalfAnHourAndEnds) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  stream.run(trends, minutes(30), 40, {term("quake")});
  ASSERT_EQ(trends.rising(10).size(), 1);
  const Trend found = trends.rising(10)[0];
  EXPECT_EQ(found.head.key, term("quake"));
  EXPECT_GT(found.head.rise.count, 10);
  EXPECT_LT(found.head.rise.expected, 1);
  EXPECT_LT(found.head.rise.log10_p, -10);
  EXPECT_GT(found.head.since, stream.now() - minutes(30));
  EXPECT_GT(found.head.peak_count, 10);
  EXPECT_EQ(found.articles.size(), kTrendArticlesMax);
  EXPECT_GT(to_int(found.articles[0]), to_int(found.articles[1]));
  EXPECT_THAT(found.head.rise.explanation(), ::testing::HasSubstr("expected, p < 10⁻"));
  stream.run(trends, hours(12));
  EXPECT_TRUE(trends.rising(10).empty());
}

TEST(Trends, NothingRisesBeforeItIsKnownWhatIsUsual) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24));
  stream.run(trends, hours(2), 40, {term("quake")});
  EXPECT_FALSE(trends.is_warm());
  EXPECT_EQ(trends.rising_keys(), 0);
}

TEST(Trends, AStreamThatGrowsMakesNothingRise) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  stream.run(trends, hours(3), 450);  // ten times as many articles, of the same kind
  EXPECT_EQ(trends.rising_keys(), 0);
}

TEST(Trends, WordsOfOneStoryAreOneTrend) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  stream.run(trends, minutes(40), 40, {term("quake"), term("tsunami")});
  stream.run(trends, minutes(40), 40, {term("election")});
  const std::vector<Trend> found = trends.rising(10);
  ASSERT_EQ(found.size(), 2);
  EXPECT_EQ(found[0].related.size() + found[1].related.size(), 1);
}

TEST(Trends, AStoryTakesItsWordsIn) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  for (int i = 0; i < 60; ++i) {
    stream.run(trends, minutes(1));
    TrendArticle article = stream.next();
    article.keys.push_back(term(i % 3 == 0 ? "wave" : "quake"));
    trends.add(article);
    trends.add_to_story(article, StoryId(7), "A quake");
  }
  const std::vector<Trend> found = trends.rising(10);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].head.key.kind, TrendKind::Story);
  EXPECT_EQ(found[0].head.key.label, "A quake");
  std::vector<TrendKey> related;
  for (const RisingKey& one : found[0].related) related.push_back(one.key);
  EXPECT_THAT(related, ::testing::UnorderedElementsAre(term("quake"), term("wave")));
}

TEST(Trends, OnePublisherCountsForAQuarter) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  for (int i = 0; i < 6; ++i) {
    stream.run(trends, minutes(10), 30, {term("quake")}, 1);
    TrendArticle article = stream.next();
    article.keys.push_back(term("quake"));
    article.publisher = "another";
    trends.add(article);
  }
  const std::vector<Trend> found = trends.rising(10);
  ASSERT_EQ(found.size(), 1);
  EXPECT_LT(found[0].head.rise.discounted, 0.5 * found[0].head.rise.count);
  EXPECT_THAT(found[0].head.rise.explanation(), ::testing::HasSubstr("few publishers"));
}

// A feed that republishes its archive.
TEST(Trends, NothingRisesByOnePublisherAlone) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  stream.run(trends, hours(3), 200, {term("quake"), term("w1")}, 1);
  EXPECT_EQ(trends.rising_keys(), 0) << "others have w1 as often as ever";
  stream.run(trends, minutes(30), 20, {term("quake")}, 2);
  EXPECT_TRUE(trends.is_rising(term("quake")));
  EXPECT_FALSE(trends.is_rising(term("w1")));
}

// Among many that are true one more is believed sooner, whether or not these came in its minute.
TEST(Trends, WhatRisesCountsAmongWhatIsBelieved) {
  const auto rises = [](int others) {
    Trends trends({.false_discovery_rate = 1e-4, .limits = kSmall});
    Stream stream;
    stream.run(trends, hours(24 * 7));
    std::vector<TrendKey> words;
    for (int i = 0; i < others; ++i) words.push_back(term("flood" + std::to_string(i)));
    stream.run(trends, minutes(30), 60, words);
    EXPECT_EQ(trends.rising_keys(), others);
    const Time begin = stream.now();
    while (!trends.is_rising(term("w1")) && stream.now() < begin + hours(3))
      stream.run(trends, minutes(1), 12, {term("w1")});
    return (stream.now() - begin) / minutes(1);
  };
  EXPECT_LT(rises(60), rises(0));
}

TEST(Trends, OnePublisherThatIsMostOfTheStreamIsFollowed) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7), 100, {}, 1);
  stream.run(trends, hours(1), 100, {term("quake")}, 1);
  EXPECT_TRUE(trends.is_rising(term("quake")));
}

TEST(Trends, AnArticleCountsOnceAndAnArchiveDoesNot) {
  Trends trends({.limits = kSmall});
  Stream stream;
  TrendArticle article = stream.next();
  EXPECT_TRUE(trends.add(article));
  EXPECT_FALSE(trends.add(article)) << "analyzed again";
  trends.advance(article.came + hours(20));
  EXPECT_FALSE(trends.add(article)) << "all of a day's articles are analyzed again";
  stream.rest(hours(20));
  article = stream.next();
  article.published -= hours(30);
  EXPECT_FALSE(trends.add(article));
  article = stream.next();
  article.published -= hours(5);
  EXPECT_TRUE(trends.add(article)) << "its feed is read a few times a day";
}

TEST(Trends, GoOnFromACheckpointAsIfNothingHadHappened) {
  Trends whole({.limits = kSmall}), first({.limits = kSmall});
  Stream of_whole(5), of_first(5);
  of_whole.run(whole, hours(24 * 5), 1, {term("bank")});
  of_first.run(first, hours(24 * 5), 1, {term("bank")});
  const std::string bytes = saved(first);
  ByteReader in(bytes);
  Result<Trends> second = Trends::restore(in, {.limits = kSmall});
  ASSERT_TRUE(second);
  EXPECT_TRUE(in.expect_end());
  EXPECT_EQ(saved(*second), bytes);
  of_whole.run(whole, hours(3), 40, {term("quake")});
  of_first.run(*second, hours(3), 40, {term("quake")});
  EXPECT_EQ(whole.rising_keys(), 1);
  EXPECT_EQ(saved(*second), saved(whole));
}

TEST(Trends, TimeThatGoesOnByItselfChangesNothing) {
  Trends asked({.limits = kSmall}), unasked({.limits = kSmall});
  Stream of_asked(3), of_unasked(3);
  for (const auto& [span, more] : {std::pair(hours(24 * 4), 0), {hours(2), 40}, {hours(1), 0}}) {
    of_asked.run(asked, span, more, {term("quake")});
    of_unasked.run(unasked, span, more, {term("quake")});
    for (int minute = 0; minute < 200; ++minute)
      asked.advance(std::chrono::floor<minutes>(of_asked.now()) + minutes(minute));
    of_asked.rest(minutes(200));
    of_unasked.rest(minutes(200));
  }
  of_asked.run(asked, minutes(2));
  of_unasked.run(unasked, minutes(2));
  EXPECT_EQ(saved(asked), saved(unasked));
}

TEST(Trends, EndWithoutAnArticle) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 7));
  stream.run(trends, hours(1), 40, {term("quake")});
  ASSERT_EQ(trends.rising_keys(), 1);
  trends.advance(stream.now() + hours(8));
  EXPECT_EQ(trends.rising_keys(), 0);
}

TEST(Trends, ACheckpointThatIsDamagedIsRefused) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(60));
  const std::string bytes = saved(trends);
  for (std::size_t size = 0; size < bytes.size(); size += 997) {
    ByteReader in(std::string_view(bytes).substr(0, size));
    EXPECT_FALSE(Trends::restore(in, {.limits = kSmall})) << size;
  }
  ByteReader in(bytes);
  EXPECT_FALSE(Trends::restore(in)) << "kept with other limits";
}

// Found by the fuzzer: the least integer has no absolute value.
TEST(StreamBaseline, AnHourBeforeAllTimeIsRefused) {
  ByteWriter out;
  StreamBaseline().save(out);
  std::string bytes = out.take();
  bytes[bytes.size() - 1] = static_cast<char>(0x80);
  ByteReader in(bytes);
  EXPECT_FALSE(StreamBaseline::restore(in));
}

TEST(TrendCounts, KeepsAsManyKeysAsItMayAndTheCommonOnes) {
  TrendCounts counts({.keys_max = 100, .sketch_width = 1 << 14});
  Stream stream;
  for (int i = 0; i < 3'000; ++i) {
    TrendArticle article = stream.next();
    article.came += minutes(i);
    article.published = article.came;
    article.keys.push_back(term("rare" + std::to_string(i / 3)));
    counts.add(article);
    ASSERT_LE(counts.keys(), 100);
  }
  for (int word = 0; word < 40; ++word) {
    const TrendKey key = term("w" + std::to_string(word));
    EXPECT_NE(counts.find(key_hash(key.kind, key.key)), nullptr) << word;
  }
}

TEST(TrendCounts, WeeksWithoutArticlesPassAtOnce) {
  Trends trends({.limits = kSmall});
  Stream stream;
  stream.run(trends, hours(24 * 4));
  const double before = trends.counts().usual().articles_long();
  trends.advance(stream.now() + hours(24 * 365));
  EXPECT_EQ(trends.counts().now(), stream.now() + hours(24 * 365));
  stream.run(trends, hours(1));
  EXPECT_GT(before, 1'000);
  EXPECT_EQ(trends.rising_keys(), 0);
}

TEST(KeyBaseline, LearnsTheHoursOfAKey) {
  StreamBaseline stream;
  KeyBaseline key;
  for (Hour hour = 0; hour < 24 * 28; ++hour) {
    key.add(stream, hour, hour % 24 == 18 ? 30 : 1, 200);
    stream.add(hour, 200);
  }
  const double evening = key.expect(stream, 24 * 28 + 18, 170).count;
  const double morning = key.expect(stream, 24 * 28 + 9, 199).count;
  EXPECT_GT(evening, 12);
  EXPECT_LT(morning, 2.5);
}

TEST(KeyBaseline, FollowsALevelThatRoseAndOneThatFell) {
  StreamBaseline stream;
  KeyBaseline rose, fell, silent;
  for (Hour hour = 0; hour < 24 * 28; ++hour) {
    const bool is_new = hour >= 24 * 24;
    rose.add(stream, hour, is_new ? 24 : 8, 500);
    fell.add(stream, hour, is_new ? 6 : 8, 500);
    silent.add(stream, hour, is_new ? 0 : 8, 500);
    stream.add(hour, 500);
  }
  EXPECT_GT(rose.expect(stream, 24 * 28, 476).count, 14) << "on a weekday that had eight";
  EXPECT_NEAR(fell.expect(stream, 24 * 28, 494).count, 6, 0.3);
  EXPECT_GT(silent.expect(stream, 24 * 28, 492).count, 4) << "it may come back";
}

// Days on which a key comes seldom are no level that fell.
TEST(KeyBaseline, KnowsTheDaysOfAKeyWhereItFollowsItsLevel) {
  StreamBaseline stream;
  KeyBaseline key;
  for (Hour hour = 0; hour < 24 * 56; ++hour) {
    key.add(stream, hour, hour / 24 % 7 >= 5 ? 30 : 6, 500);
    stream.add(hour, 500);
  }
  const Hour monday = 24 * 56;  // two days of thirty an hour are over
  EXPECT_LT(key.expect(stream, monday + 12, 494).count, 12);
}

TEST(KeyBaseline, KnowsKeysThatVary) {
  std::mt19937 chance(3);
  StreamBaseline stream;
  KeyBaseline steady, varied;
  for (Hour hour = 0; hour < 24 * 28; ++hour) {
    steady.add(stream, hour, std::poisson_distribution<>(10)(chance), 500);
    const double rate = std::gamma_distribution<>(2, 5)(chance);  // overdispersion 0.5
    varied.add(stream, hour, std::poisson_distribution<>(rate)(chance), 500);
    stream.add(hour, 500);
  }
  EXPECT_LT(steady.expect(stream, 24 * 28, 490).of_hours, 0.05);
  EXPECT_NEAR(varied.expect(stream, 24 * 28, 490).of_hours, 0.5, 0.2);
}

TEST(CountSketch, NeverCountsTooFew) {
  CountSketch sketch(1 << 12);
  for (std::uint64_t key = 0; key < 500; ++key) {
    for (std::uint64_t i = 0; i <= key % 7; ++i) sketch.add(key * 0x9E3779B97F4A7C15U);
  }
  int exact = 0;
  for (std::uint64_t key = 0; key < 500; ++key) {
    const int count = sketch.count(key * 0x9E3779B97F4A7C15U);
    EXPECT_GE(count, key % 7 + 1);
    exact += count == static_cast<int>(key % 7 + 1) ? 1 : 0;
  }
  EXPECT_GT(exact, 490);
}

TEST(TrendFacts, TakesWhatAnArticleIsAbout) {
  const SearchDocument document{.id = ArticleId(3),
                                .language = "en-GB",
                                .title = "The 2 quakes in Chile",
                                .publisher = "bbc",
                                .topics = {"medtop:03000000"},
                                .entities = {{.id = "e1", .text = "Chile"}},
                                .about = {"CL"},
                                .keyphrases = {"Quakes", "Rescue teams"}};
  const TrendArticle article = trend_article(document);
  std::vector<std::string> keys;
  for (const TrendKey& key : article.keys)
    keys.push_back(std::string(to_string(key.kind)) + " " + key.key);
  EXPECT_THAT(keys, ::testing::ElementsAre("term en:quak", "term en:chile", "entity e1",
                                           "topic medtop:03000000", "country CL",
                                           "keyphrase rescue teams"));
  EXPECT_EQ(article.keys[0].label, "quakes");
  EXPECT_EQ(article.publisher, "bbc");
}

TEST(PastTrends, FindsWhatRoseAndWhen) {
  std::mt19937 chance(11);
  std::vector<HourOfKey> series;
  for (int hour = 0; hour < 24 * 31; ++hour) {
    const bool is_burst = hour >= 400 && hour < 410;
    series.push_back(
        {.hour = kBegin + hours(hour),
         .count = static_cast<double>(std::poisson_distribution<>(is_burst ? 30 : 3)(chance)),
         .articles = 300});
  }
  const std::vector<RisingPeriod> found = rising_periods(series);
  ASSERT_EQ(found.size(), 1);
  EXPECT_NEAR(static_cast<double>((found[0].begin - kBegin) / hours(1)), 400, 2);
  EXPECT_NEAR(static_cast<double>((found[0].end - kBegin) / hours(1)), 410, 3);
  EXPECT_GT(found[0].count, 200);
  EXPECT_LT(found[0].expected, 60);
  EXPECT_TRUE(rising_periods({}).empty());
}

}  // namespace
}  // namespace tidings::analytics
