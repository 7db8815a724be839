#include "analytics/trends.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "analytics/burst.h"
#include "analytics/trend_groups.h"

namespace tidings::analytics {
namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::chrono::minutes kBelievedFor{30};
constexpr std::size_t kTestsPerKey = 2;  // six windows that overlap: about two independent ones
constexpr std::size_t kBelievedMax = 100'000;
constexpr std::int64_t kMinutesTested = 48 * 60;  // without an article: then all is over

// Of an hour, by buckets: the one that has begun and the twelve before.
int count_of_hour(const TrendEntry& entry, Bucket now) {
  int count = 0;
  for (Bucket at = std::max<Bucket>(now - kBucketsPerHour, 0); at <= now; ++at)
    count += entry.recent.bucket(at);
  return count;
}

std::vector<ArticleId> newest(const TrendEntry& entry) {
  std::vector<ArticleId> articles;
  const std::size_t count = std::min(entry.samples.size(), kTrendArticlesMax);
  for (std::size_t i = 1; i <= count; ++i)
    articles.push_back(ArticleId(entry.samples[entry.samples.size() - i].article));
  return articles;
}

}  // namespace

Trends::Trends(const TrendSettings& settings) : settings_(settings), counts_(settings.limits) {}

bool Trends::add(const TrendArticle& article) {
  advance(article.came);
  const std::size_t before = counts_.added();
  const std::vector<KeyHash> touched = counts_.add(article);
  touched_.insert(touched_.end(), touched.begin(), touched.end());
  return counts_.added() > before;
}

void Trends::add_to_story(const TrendArticle& article, StoryId story, const std::string& headline) {
  advance(article.came);
  const std::vector<KeyHash> touched = counts_.add_key(
      article, {.kind = TrendKind::Story, .key = to_text(story), .label = headline});
  touched_.insert(touched_.end(), touched.begin(), touched.end());
}

// Minute by minute, each tested as of its last article; of a long silence the first days.
void Trends::advance(Time now) {
  const std::int64_t minute = to_micros(now) / kMinuteMicros;
  const std::int64_t last = std::min(minute, minute_ + kMinutesTested);
  while (minute_ > 0 && minute_ < last) {
    step();
    ++minute_;
    counts_.advance(from_micros(minute_ * kMinuteMicros));
  }
  if (minute > minute_) {
    step();
    minute_ = minute;
  }
  counts_.advance(now);
}

void Trends::step() {
  const std::vector<Test> tested = tests();
  const double believable = bound(tested);
  for (const Test& test : tested) {
    if (test.rise.log10_p <= believable) believe(test);
  }
  if (counts_.bucket() > ended_to_) end_what_is_over();
  ended_to_ = counts_.bucket();
}

// Of the keys that came since the last step, those that could rise; likeliest by chance last.
std::vector<Trends::Test> Trends::tests() {
  std::ranges::sort(touched_);
  touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
  std::vector<Test> tests;
  for (const KeyHash key : touched_) {
    const TrendEntry* entry = counts_.roll(key);
    if (entry == nullptr) continue;
    const auto rise = strongest_rise(counts_, *entry, settings_.rules);
    if (rise) tests.push_back({.key = key, .rise = *rise});
  }
  touched_.clear();
  std::ranges::sort(tests, [](const Test& a, const Test& b) {
    return std::pair(a.rise.log10_p, a.key) < std::pair(b.rise.log10_p, b.key);
  });
  return tests;
}

// Every key that could have risen by chance counts, whether or not it came now, and so does every
// one that rises, as it was last believed. Not one that came so seldom in a day that no window of
// it keeps the rules (Tarone 1990).
double Trends::bound(const std::vector<Test>& tests) const {
  std::vector<double> chances;
  chances.reserve(tests.size() + rising_.size());
  for (const Test& test : tests) {
    if (!rising_.contains(test.key)) chances.push_back(test.rise.log10_p);
  }
  for (const auto& [key, rising] : rising_) chances.push_back(rising.rise.log10_p);
  std::ranges::sort(chances);
  const std::size_t possible = std::max(counts_.active_keys(), chances.size()) * kTestsPerKey;
  return std::min(false_discovery_bound(chances, possible, settings_.false_discovery_rate),
                  settings_.log10_p_max);
}

void Trends::believe(const Test& test) {
  const TrendEntry& entry = *counts_.find(test.key);
  const auto rising = rising_.find(test.key);
  if (rising != rising_.end()) return update(rising->second, entry, test.rise);
  const auto before = believed_.find(test.key);
  if (before == believed_.end() || before->second + kBelievedFor < counts_.now()) {
    if (believed_.size() < kBelievedMax) believed_[test.key] = counts_.now();
    return;
  }
  if (rising_.size() >= settings_.rising_max) return;
  believed_.erase(before);
  counts_.protect(test.key);
  Rising& begun = rising_[test.key];
  begun.since = counts_.now();
  update(begun, entry, test.rise);
}

void Trends::update(Rising& rising, const TrendEntry& entry, const Rise& rise) const {
  rising.rise = rise;
  const int count = count_of_hour(entry, counts_.bucket());
  if (count <= rising.peak_count) return;
  rising.peak_count = count;
  rising.peak_at = counts_.now();
}

void Trends::end_what_is_over() {
  std::erase_if(believed_,
                [&](const auto& one) { return one.second + kBelievedFor < counts_.now(); });
  std::erase_if(rising_, [&](const auto& one) {
    const TrendEntry* entry = counts_.roll(one.first);
    const bool is_done = entry == nullptr || is_over(counts_, *entry, settings_.over_ratio);
    if (is_done) counts_.release(one.first);
    return is_done;
  });
}

bool Trends::is_rising(const TrendKey& key) const {
  return rising_.contains(key_hash(key.kind, key.key));
}

RisingKey Trends::rising_key(const TrendEntry& entry, const Rising& rising) {
  return {.key = {.kind = entry.kind, .key = entry.key, .label = entry.label},
          .rise = rising.rise,
          .since = rising.since,
          .peak_count = rising.peak_count,
          .peak_at = rising.peak_at};
}

std::vector<Trend> Trends::rising(std::size_t most) const {
  std::vector<std::tuple<double, KeyHash, const Rising*>> found;
  found.reserve(rising_.size());
  for (const auto& [key, rising] : rising_) found.emplace_back(-rising.rise.rank(), key, &rising);
  std::ranges::sort(found);
  TrendGroups groups;
  std::vector<Trend> trends;
  for (const auto& [rank, key, rising] : found) {
    const TrendEntry& entry = *counts_.find(key);
    const std::size_t group = groups.add(entry);
    if (group == trends.size()) {
      trends.push_back({.head = rising_key(entry, *rising), .articles = newest(entry)});
    } else if (trends[group].related.size() < kTrendRelatedMax) {
      trends[group].related.push_back(rising_key(entry, *rising));
    }
  }
  if (trends.size() > most) trends.resize(most);
  return trends;
}

}  // namespace tidings::analytics
