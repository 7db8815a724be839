#include "sources/schedule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::sources {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 14) + hours(9);
const ScheduleSettings kNoJitter{.jitter = 0};

double minutes_until_due(const ScheduleInput& input, const ScheduleSettings& settings = kNoJitter) {
  return std::chrono::duration<double, std::ratio<60>>(next_due(input, kNow, settings) - kNow)
      .count();
}

TEST(NextDue, FollowsItsRules) {
  const struct {
    const char* why;
    ScheduleInput given;
    double expected_minutes;
  } cases[] = {
      {"nothing is known: half an hour", {}, 30},
      {"one article an hour: one fetch in two finds one", {.articles_per_day = 24}, 41.59},
      {"a busy source stops at the floor", {.articles_per_day = 900}, 5},
      {"a quiet source stops at the ceiling", {.articles_per_day = 0.01}, 1440},
      {"one hour for each day of silence",
       {.articles_per_day = 300, .last_new_at = kNow - hours(72)},
       180},
      {"a short silence changes nothing",
       {.articles_per_day = 24, .last_new_at = kNow - hours(8)},
       41.59},
      {"a person's interval replaces the learned one",
       {.fixed_interval = minutes(15), .articles_per_day = 0.01},
       15},
      {"and may be below the floor", {.fixed_interval = minutes(2)}, 2},
      {"but not below a minute", {.fixed_interval = seconds(1)}, 1},
      {"and not above the ceiling", {.fixed_interval = hours(100)}, 1440},
      {"max-age lengthens", {.articles_per_day = 900, .max_age = hours(2)}, 120},
      {"max-age does not shorten", {.articles_per_day = 24, .max_age = minutes(1)}, 41.59},
      {"max-age lengthens a person's interval too",
       {.fixed_interval = minutes(5), .max_age = hours(1)},
       60},
      {"a year of max-age stops at the ceiling", {.max_age = hours(24 * 365)}, 1440},
      {"Expires lengthens", {.articles_per_day = 900, .expires = kNow + minutes(50)}, 50},
      {"Expires in the past is nothing",
       {.articles_per_day = 24, .expires = kNow - hours(5)},
       41.59},
      {"max-age wins over Expires",
       {.articles_per_day = 900, .max_age = minutes(10), .expires = kNow + hours(9)},
       10},
      {"ttl lengthens", {.articles_per_day = 900, .ttl_minutes = 60}, 60},
      {"ttl of before a failure", {.ttl_minutes = 60, .failures = 1}, 10},
      {"the longest of the publisher's wishes counts",
       {.articles_per_day = 900, .max_age = minutes(90), .ttl_minutes = 60},
       90},
      {"a negative ttl is nothing", {.ttl_minutes = -5}, 30},
      {"Retry-After is kept", {.retry_after = kNow + hours(30), .failures = 1}, 30 * 60},
      {"Retry-After in the past is nothing", {.retry_after = kNow - hours(30)}, 30},
      {"Retry-After ends after three days", {.retry_after = kNow + hours(1000)}, 72 * 60},
      {"the first failure waits ten minutes", {.articles_per_day = 0.01, .failures = 1}, 10},
      {"the second twice as long", {.failures = 2}, 20},
      {"the seventh 64 times", {.failures = 7}, 640},
      {"then daily", {.failures = 9}, 1440},
      {"for as long as it takes", {.failures = std::numeric_limits<std::int32_t>::max()}, 1440},
      {"a person's longer interval holds in failure",
       {.fixed_interval = hours(3), .failures = 1},
       180},
      {"a person's shorter one does not", {.fixed_interval = minutes(1), .failures = 3}, 40},
      {"a rate that is no number is unknown", {.articles_per_day = std::nan("")}, 30},
      {"an infinite one too", {.articles_per_day = INFINITY}, 30},
      {"a negative one too", {.articles_per_day = -3}, 30},
  };
  for (const auto& [why, given, expected] : cases) {
    EXPECT_NEAR(minutes_until_due(given), expected, 0.01) << why;
  }
}

TEST(NextDue, IsTheSameForTheSameInput) {
  const ScheduleInput input{.source_id = SourceId(77), .articles_per_day = 10, .seed = 5};
  EXPECT_EQ(next_due(input, kNow), next_due(input, kNow));
}

TEST(NextDue, SpreadsSourcesApart) {
  const struct {
    const char* why;
    ScheduleInput given;
    double shortest, longest;  // minutes
  } cases[] = {
      {"learned", {.articles_per_day = 24}, 41.5, 46},
      {"at the floor", {.articles_per_day = 900}, 5, 5.5},
      {"at the ceiling", {.articles_per_day = 0.01}, 1440 / 1.1, 1440},
      {"all told to come back at once", {.retry_after = kNow + hours(24)}, 1440, 1584},
  };
  for (const auto& [why, given, shortest, longest] : cases) {
    double lowest = 1e9, highest = 0;
    for (int id = 1; id <= 1'000; ++id) {
      ScheduleInput input = given;
      input.source_id = SourceId(id);
      const double wait = minutes_until_due(input, ScheduleSettings{});
      lowest = std::min(lowest, wait);
      highest = std::max(highest, wait);
    }
    EXPECT_GE(lowest, shortest - 0.01) << why;
    EXPECT_LE(highest, longest + 0.01) << why;
    EXPECT_GT(highest - lowest, 0.9 * (longest - shortest)) << why;
  }
}

// Any input that the web or a database could hand over.
class Inputs {
 public:
  explicit Inputs(std::uint64_t seed) : random_(seed) {}

  ScheduleInput next() {
    ScheduleInput input{.source_id = SourceId(static_cast<std::int64_t>(random_())),
                        .failures = static_cast<std::int32_t>(random_() % 4 == 0 ? random_() : 0),
                        .seed = random_()};
    input.articles_per_day = std::pow(10, static_cast<double>(random_() % 9) - 4);
    if (random_() % 3 == 0) input.fixed_interval = any_seconds();
    if (random_() % 3 == 0) input.max_age = any_seconds();
    if (random_() % 3 == 0) input.expires = any_time();
    if (random_() % 3 == 0) input.ttl_minutes = static_cast<int>(random_());
    if (random_() % 3 == 0) input.retry_after = any_time();
    if (random_() % 3 == 0) input.last_new_at = any_time();
    return input;
  }

 private:
  seconds any_seconds() {
    return seconds(static_cast<std::int64_t>(random_()) >> (random_() % 64));
  }
  Time any_time() {
    if (random_() % 8 == 0) return from_micros(static_cast<std::int64_t>(random_()));
    return kNow + seconds(static_cast<std::int64_t>(random_() % 2'000'000) - 1'000'000);
  }

  std::mt19937_64 random_;
};

TEST(NextDue, KeepsItsBoundsForAnyInput) {
  const ScheduleSettings settings;
  Inputs inputs(20260314);
  for (int i = 0; i < 100'000; ++i) {
    const ScheduleInput input = inputs.next();
    const Time due = next_due(input, kNow, settings);
    const seconds floor = input.fixed_interval ? settings.fixed_interval_min : settings.floor;
    ASSERT_GE(due, kNow + floor) << i;
    const Time retry_latest = kNow + settings.retry_after_max;
    if (input.retry_after && *input.retry_after > kNow) {
      ASSERT_GE(due, std::min(*input.retry_after, retry_latest)) << i;
      ASSERT_LE(due, retry_latest + settings.retry_after_max / 10 + seconds(1)) << i;
    } else {
      ASSERT_LE(due, kNow + settings.ceiling + Duration(1)) << i;
    }
  }
}

std::vector<Time> every(Duration gap, int count, Duration age_of_newest = minutes(1)) {
  std::vector<Time> times;
  for (int i = 0; i < count; ++i) times.push_back(kNow - age_of_newest - i * gap);
  return times;
}

TEST(LearnedArticlesPerDay, ReadsTheRateOfOneDocument) {
  std::vector<Time> pinned = every(hours(1), 20);
  pinned.push_back(kNow - hours(24 * 3'000));
  std::vector<Time> burst(50, kNow - hours(24));
  std::vector<Time> future = every(hours(1), 20);
  for (int i = 0; i < 20; ++i) future.push_back(kNow + hours(i + 1));
  std::vector<Time> epoch = every(hours(1), 20);
  epoch.insert(epoch.end(), 20, Time{});

  const struct {
    const char* why;
    std::vector<Time> given;
    double lowest, highest;
  } cases[] = {
      {"no dated entry: unknown", {}, 0, 0},
      {"hourly", every(hours(1), 20), 22, 30},
      {"daily", every(hours(24), 10), 0.9, 1.6},
      {"every ten minutes", every(minutes(10), 50), 120, 150},
      {"one article of last year", {kNow - hours(24 * 365)}, 0.001, 0.01},
      {"one article of this minute is no proof of a flood", {kNow}, 20, 70},
      {"a pinned entry changes little", pinned, 22, 30},
      {"a burst counts by its root", burst, 6, 9},
      {"the future is passed over", future, 22, 30},
      {"1970 is passed over", epoch, 22, 30},
      {"only the future: unknown", {kNow + hours(1)}, 0, 0},
      {"a feed that stopped two years ago", every(hours(1), 20, hours(24 * 730)), 0.001, 0.03},
  };
  for (const auto& [why, given, lowest, highest] : cases) {
    const double rate = learned_articles_per_day(given, 0, kNow);
    EXPECT_GE(rate, lowest) << why;
    EXPECT_LE(rate, highest) << why;
  }
}

TEST(LearnedArticlesPerDay, MovesFromWhatWasKnown) {
  const std::vector<Time> hourly = every(hours(1), 20);
  const double alone = learned_articles_per_day(hourly, 0, kNow);
  EXPECT_NEAR(learned_articles_per_day(hourly, 100, kNow), 100 + 0.3 * (alone - 100), 1e-9);

  double rate = 500;
  for (int i = 0; i < 30; ++i) rate = learned_articles_per_day(hourly, rate, kNow);
  EXPECT_NEAR(rate, alone, 0.1);
}

TEST(LearnedArticlesPerDay, KeepsWhatWasKnownWhereNothingIsSaid) {
  EXPECT_EQ(learned_articles_per_day({}, 12.5, kNow), 12.5);
  EXPECT_EQ(learned_articles_per_day({}, std::nan(""), kNow), 0);
  EXPECT_EQ(learned_articles_per_day({}, -1, kNow), 0);
}

TEST(LearnedArticlesPerDay, DoesNotDependOnTheOrder) {
  std::vector<Time> times = every(minutes(47), 30);
  const double rate = learned_articles_per_day(times, 3, kNow);
  std::shuffle(times.begin(), times.end(), std::mt19937_64(1));
  EXPECT_EQ(learned_articles_per_day(times, 3, kNow), rate);
}

TEST(LearnedArticlesPerDay, StaysInBoundsForAnyTimes) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<Time> times;
    for (std::uint64_t n = random() % 40; n > 0; --n) {
      times.push_back(from_micros(static_cast<std::int64_t>(random()) >> (random() % 40)));
    }
    const double previous = std::pow(10, static_cast<double>(random() % 20) - 10);
    const double rate = learned_articles_per_day(times, previous, kNow);
    ASSERT_GE(rate, 0.001);
    ASSERT_LE(rate, 1'000);
  }
}

// The point of it all: a source at a steady pace is found with something new about every other
// time.
TEST(NextDue, FindsSomethingNewAboutEveryOtherTime) {
  std::mt19937_64 random(11);
  for (const double per_day : {2.0, 12.0, 48.0}) {
    std::exponential_distribution<double> gap_days(per_day);
    std::vector<Time> published;
    Time at = kNow - hours(24 * 200);
    while (at < kNow) {
      at += std::chrono::round<Duration>(std::chrono::duration<double>(gap_days(random) * 86'400));
      published.push_back(at);
    }
    double rate = 0;
    int fetches = 0, fruitful = 0;
    std::size_t seen = 0;
    for (Time now = kNow - hours(24 * 180); now < kNow;
         now = next_due({.articles_per_day = rate}, now)) {
      const auto end = std::upper_bound(published.begin(), published.end(), now);
      const auto count = static_cast<std::size_t>(end - published.begin());
      ++fetches;
      if (count > seen) {
        ++fruitful;
        const std::size_t shown = std::min<std::size_t>(count, 20);
        rate = learned_articles_per_day({published.data() + count - shown, shown}, rate, now);
      }
      seen = count;
    }
    const double share = static_cast<double>(fruitful) / fetches;
    EXPECT_GT(share, 0.38) << per_day;
    EXPECT_LT(share, 0.62) << per_day;
  }
}

}  // namespace
}  // namespace tidings::sources
