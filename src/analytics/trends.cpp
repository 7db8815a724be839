#include "analytics/trends.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "analytics/burst.h"
#include "analytics/trend_groups.h"

namespace tidings::analytics {
namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::chrono::minutes kBelievedFor{30};
constexpr std::size_t kTestsPerKey = 2;  // six windows that overlap: about two independent ones
constexpr std::size_t kBelievedMax = 100'000;

// 10⁻²⁰
std::string power_of_ten(int exponent) {
  static constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                               "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : fmt::format("{}", std::abs(exponent)))
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  return text;
}

std::string window_name(std::chrono::minutes window) {
  return window.count() < 60 ? fmt::format("{} min", window.count())
                             : fmt::format("{} h", window.count() / 60);
}

// Of an hour, by buckets: the one that has begun and the twelve before.
int count_of_hour(const TrendEntry& entry, Bucket now) {
  int count = 0;
  for (Bucket at = std::max<Bucket>(now - kBucketsPerHour, 0); at <= now; ++at)
    count += entry.recent.bucket(at);
  return count;
}

}  // namespace

double Trend::rank() const {
  const double excess = std::max(rise.discounted - rise.expected, 0.0);
  return std::log2(1 + rise.ratio()) * std::log2(1 + excess);
}

std::string Trend::explanation() const {
  std::string text = fmt::format("{} article{} in {}", rise.count, rise.count == 1 ? "" : "s",
                                 window_name(rise.window));
  if (rise.discounted < rise.count - 0.5)
    text += fmt::format(" (as {:.0f}: few publishers have most)", rise.discounted);
  text += rise.expected >= 0.05 ? fmt::format(", {:.1f} expected", rise.expected)
                                : std::string(", none expected");
  return text + ", p < " + power_of_ten(static_cast<int>(std::ceil(rise.log10_p)));
}

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

void Trends::advance(Time now) {
  const std::int64_t minute = to_micros(now) / kMinuteMicros;
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

// Every key that could have risen by chance counts, whether or not it is tested now. Not one that
// came so seldom in a day that no window of it keeps the rules (Tarone 1990).
double Trends::bound(const std::vector<Test>& tests) const {
  std::vector<double> chances;
  chances.reserve(tests.size());
  for (const Test& test : tests) chances.push_back(test.rise.log10_p);
  const std::size_t possible = std::max(counts_.active_keys(), tests.size()) * kTestsPerKey;
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

Trend Trends::trend(KeyHash key, const Rising& rising) const {
  const TrendEntry& entry = *counts_.find(key);
  Trend trend{.key = {.kind = entry.kind, .key = entry.key, .label = entry.label},
              .rise = rising.rise,
              .since = rising.since,
              .peak_count = rising.peak_count,
              .peak_at = rising.peak_at};
  const std::size_t count = std::min(entry.samples.size(), kTrendArticlesMax);
  for (std::size_t i = 0; i < count; ++i)
    trend.articles.push_back(ArticleId(entry.samples[entry.samples.size() - 1 - i].article));
  return trend;
}

std::vector<Trend> Trends::rising(std::size_t most) const {
  std::vector<std::pair<Trend, const TrendEntry*>> found;
  found.reserve(rising_.size());
  for (const auto& [key, rising] : rising_)
    found.emplace_back(trend(key, rising), counts_.find(key));
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return std::pair(-a.first.rank(), key_hash(a.first.key.kind, a.first.key.key)) <
           std::pair(-b.first.rank(), key_hash(b.first.key.kind, b.first.key.key));
  });
  TrendGroups groups;
  std::vector<Trend> heads;
  for (auto& [trend, entry] : found) {
    const std::size_t group = groups.add(*entry);
    if (group == heads.size()) {
      heads.push_back(std::move(trend));
    } else if (heads[group].related.size() < kTrendRelatedMax) {
      heads[group].related.push_back(std::move(trend.key));
    }
  }
  if (heads.size() > most) heads.resize(most);
  return heads;
}

}  // namespace tidings::analytics
