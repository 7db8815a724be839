#include "analytics/trend_counts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>
#include <tuple>

#include "core/hash.h"

namespace tidings::analytics {
namespace {

constexpr std::int64_t kBucketMicros = 300'000'000;
constexpr Hour kDay = 24;
constexpr std::int64_t kOld = kDay * kBucketsPerHour;  // buckets
constexpr float kPublisherLeast = 0.1F;

Bucket bucket_at(Time time) {
  return std::max<std::int64_t>(to_micros(time), 0) / kBucketMicros;
}

bool is_countable(const TrendKey& key) {
  return !key.key.empty() && key.key.size() <= kTrendKeyBytesMax;
}

}  // namespace

KeyHash key_hash(TrendKind kind, std::string_view key) {
  return hash64(key) + (static_cast<std::uint64_t>(kind) + 1) * 0x9E3779B97F4A7C15U;
}

std::uint32_t publisher_hash(std::string_view publisher) {
  return publisher.empty() ? 0 : static_cast<std::uint32_t>(hash64(publisher)) | 1;
}

TrendCounts::TrendCounts(const TrendLimits& limits)
    : limits_(limits), sketch_(limits.sketch_width) {}

void TrendCounts::begin(Bucket bucket) {
  bucket_ = bucket;
  first_hour_ = bucket / kBucketsPerHour;
}

void TrendCounts::advance(Time now) {
  if (now <= now_) return;
  now_ = now;
  const Bucket to = bucket_at(now);
  if (bucket_ == 0) begin(to);
  for (Bucket stepped = 0; bucket_ < to; ++stepped) {
    const Hour left = (to - bucket_) / kBucketsPerHour;
    // Everything recent is over.
    if (stepped >= 2 * kOld && bucket_ % kBucketsPerHour == 0 && left > 1) pass(left - 1);
    step_bucket();
  }
}

// Without an article in the whole stream.
void TrendCounts::pass(Hour hours) {
  bucket_ += hours * kBucketsPerHour;
  for (auto& [hash, entry] : entries_) {
    entry.usual.pass(static_cast<double>(hours));
    entry.rolled_to = bucket_;
  }
}

void TrendCounts::step_bucket() {
  ++bucket_;
  stream_recent_.bucket(bucket_) = 0;
  while (!known_order_.empty() && (known_order_.front().first + kOld < bucket_ ||
                                   known_order_.size() > limits_.articles_max)) {
    known_articles_.erase(known_order_.front().second);
    known_order_.pop_front();
  }
  if (bucket_ % kBucketsPerHour == 0) close_hour(bucket_ / kBucketsPerHour - kRecentHours);
}

// The hour that has begun takes the place of the one of a day ago.
void TrendCounts::close_hour(Hour ended) {
  active_ = 0;
  for (auto& [hash, entry] : entries_) fold(entry, ended);
  if (ended >= first_hour_) stream_.add(ended, stream_recent_.hour(ended));
  stream_recent_.hour(ended) = 0;
  const Hour begun = bucket_ / kBucketsPerHour;
  if (begun % kDay != 0) return;
  sketch_.halve();
  fade_publishers();
}

void TrendCounts::fold(TrendEntry& entry, Hour hour) {
  roll(entry);
  if (hour >= first_hour_)
    entry.usual.add(stream_, hour, entry.recent.hour(hour), stream_recent_.hour(hour));
  entry.recent.hour(hour) = 0;
  const auto old = std::ranges::find_if(
      entry.samples, [&](const TrendSample& sample) { return sample.bucket > bucket_ - kOld; });
  entry.samples.erase(entry.samples.begin(), old);
  if (entry.samples.empty()) entry.samples.shrink_to_fit();
  active_ += entry.samples.size() >= kActiveCount ? 1 : 0;
}

void TrendCounts::roll(TrendEntry& entry) const {
  const Bucket steps =
      std::min<Bucket>(bucket_ - entry.rolled_to, static_cast<Bucket>(kRecentBuckets));
  for (Bucket i = 0; i < steps; ++i) entry.recent.bucket(bucket_ - i) = 0;
  entry.rolled_to = bucket_;
}

void TrendCounts::fade_publishers() {
  published_ = 0;
  for (auto& [hash, articles] : publishers_) articles *= 0.9F;
  std::erase_if(publishers_, [](const auto& one) { return one.second < kPublisherLeast; });
  // In the order of their hashes: a sum of fractions depends on it.
  std::vector<std::pair<std::uint32_t, float>> sorted(publishers_.begin(), publishers_.end());
  std::ranges::sort(sorted);
  for (const auto& [hash, articles] : sorted) published_ += articles;
}

double TrendCounts::share_of_publisher(std::uint32_t publisher) const {
  const auto found = publishers_.find(publisher);
  if (found == publishers_.end() || published_ <= 0) return 0;
  return std::min(found->second / published_, 1.0);
}

// Where the latest two hours are no longer kept by the bucket, it is news as of now.
Bucket TrendCounts::bucket_of(const TrendArticle& article) const {
  const Bucket published = bucket_at(article.published);
  const bool is_near =
      published + static_cast<Bucket>(kRecentBuckets) > bucket_ && published <= bucket_;
  const bool is_kept = published / kBucketsPerHour >= first_hour_;
  return is_near && is_kept ? published : bucket_;
}

std::vector<KeyHash> TrendCounts::add(const TrendArticle& article) {
  advance(article.came);
  if (bucket_at(article.published) + kOld < bucket_) return {};
  if (!known_articles_.insert(to_int(article.id)).second) return {};
  known_order_.emplace_back(bucket_, to_int(article.id));
  const TrendSample sample{.article = to_int(article.id),
                           .publisher = publisher_hash(article.publisher),
                           .bucket = bucket_of(article)};
  ++stream_recent_.bucket(sample.bucket);
  ++stream_recent_.hour(sample.bucket / kBucketsPerHour);
  published_ += 1;
  ++added_;
  if (publishers_.contains(sample.publisher) || publishers_.size() < limits_.publishers_max)
    publishers_[sample.publisher] += 1;
  std::vector<KeyHash> touched;
  const std::size_t count = std::min(article.keys.size(), kTrendKeysMax);
  touched.reserve(count);
  for (const TrendKey& key : std::span(article.keys).first(count)) {
    if (!is_countable(key)) continue;
    const KeyHash hash = key_hash(key.kind, key.key);
    TrendEntry* entry = counted(key, hash);
    if (entry != nullptr && this->count(*entry, sample)) touched.push_back(hash);
  }
  return touched;
}

std::vector<KeyHash> TrendCounts::add_key(const TrendArticle& article, const TrendKey& key) {
  advance(article.came);
  if (!is_countable(key) || bucket_at(article.published) + kOld < bucket_) return {};
  const KeyHash hash = key_hash(key.kind, key.key);
  TrendEntry* entry = counted(key, hash);
  const TrendSample sample{.article = to_int(article.id),
                           .publisher = publisher_hash(article.publisher),
                           .bucket = bucket_of(article)};
  if (entry == nullptr || !count(*entry, sample)) return {};
  return {hash};
}

// Nothing where it came too seldom to be counted by itself.
TrendEntry* TrendCounts::counted(const TrendKey& key, KeyHash hash) {
  const auto known = entries_.find(hash);
  if (known != entries_.end()) return &known->second;
  const std::uint8_t times = sketch_.add(hash);
  if (times < kPromoteCount) return nullptr;
  if (entries_.size() >= limits_.keys_max) make_room();
  TrendEntry entry{.kind = key.kind, .key = key.key};
  if (key.label.size() <= kTrendKeyBytesMax) entry.label = key.label;
  entry.usual = KeyBaseline(stream_, times - 1);
  entry.rolled_to = bucket_;
  return &entries_.emplace(hash, std::move(entry)).first->second;
}

bool TrendCounts::count(TrendEntry& entry, const TrendSample& sample) const {
  roll(entry);
  const bool is_known = std::ranges::any_of(
      entry.samples, [&](const TrendSample& one) { return one.article == sample.article; });
  if (is_known) return false;
  std::uint16_t& in_bucket = entry.recent.bucket(sample.bucket);
  std::uint16_t& in_hour = entry.recent.hour(sample.bucket / kBucketsPerHour);
  if (in_hour == std::numeric_limits<std::uint16_t>::max()) return true;
  ++in_bucket;
  ++in_hour;
  if (entry.samples.size() == kSamplesMax) entry.samples.erase(entry.samples.begin());
  const auto place =
      std::ranges::upper_bound(entry.samples, sample.bucket, {}, &TrendSample::bucket);
  entry.samples.insert(place, sample);
  return true;
}

// A tenth of the keys goes: first those that came least, counted over weeks, and longest ago.
void TrendCounts::make_room() {
  using Worth = std::tuple<double, Bucket, KeyHash>;
  std::vector<Worth> worths;
  worths.reserve(entries_.size());
  for (const auto& [hash, entry] : entries_) {
    if (protected_.contains(hash)) continue;
    double lately = entry.usual.count();
    for (const std::uint16_t count : entry.recent.hours) lately += count;
    worths.emplace_back(lately, entry.samples.empty() ? 0 : entry.samples.back().bucket, hash);
  }
  const std::size_t leaving = std::min(worths.size(), limits_.keys_max / 10 + 1);
  if (leaving == 0) return;
  std::ranges::nth_element(worths, worths.begin() + static_cast<std::ptrdiff_t>(leaving - 1));
  for (const Worth& worth : std::span(worths).first(leaving)) entries_.erase(std::get<2>(worth));
}

const TrendEntry* TrendCounts::find(KeyHash key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

const TrendEntry* TrendCounts::roll(KeyHash key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  roll(found->second);
  return &found->second;
}

}  // namespace tidings::analytics
