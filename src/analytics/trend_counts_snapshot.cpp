// What counts are kept as between two runs.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "analytics/trend_counts.h"

namespace tidings::analytics {
namespace {

constexpr std::string_view kMagic = "tidings trend counts 2";
constexpr std::int64_t kMicrosMost = 100'000'000'000'000'000;  // some 3,000 years
constexpr Bucket kBucketMost = 1'000'000'000;                  // likewise, and more

template <class Number>
void save(const RecentCounts<Number>& counts, ByteWriter& out) {
  for (const Number count : counts.buckets) out.add(count);
  for (const Number count : counts.hours) out.add(count);
}

template <class Number>
Result<void> restore(RecentCounts<Number>& counts, ByteReader& in) {
  for (Number& count : counts.buckets) count = TRY(in.number<Number>());
  for (Number& count : counts.hours) count = TRY(in.number<Number>());
  return {};
}

// Most keys have nothing recent.
template <class Number>
bool is_empty(const RecentCounts<Number>& counts) {
  const auto none = [](Number count) { return count == 0; };
  return std::ranges::all_of(counts.buckets, none) && std::ranges::all_of(counts.hours, none);
}

Result<Bucket> restore_bucket(ByteReader& in) {
  const auto bucket = TRY(in.number<Bucket>());
  if (bucket < 0 || bucket > kBucketMost) return corrupt("a time that cannot be was kept");
  return bucket;
}

void save(const TrendEntry& entry, ByteWriter& out) {
  out.add(static_cast<std::uint8_t>(entry.kind));
  out.add(std::string_view(entry.key));
  out.add(std::string_view(entry.label));
  entry.usual.save(out);
  out.add(entry.rolled_to);
  const bool has_recent = !is_empty(entry.recent);
  out.add(static_cast<std::uint8_t>(has_recent ? 1 : 0));
  if (has_recent) save(entry.recent, out);
  out.add(static_cast<std::uint8_t>(entry.samples.size()));
  for (const TrendSample& sample : entry.samples) {
    out.add(sample.article);
    out.add(sample.publisher);
    out.add(sample.bucket);
  }
}

Result<std::vector<TrendSample>> restore_samples(ByteReader& in) {
  const auto count = TRY(in.number<std::uint8_t>());
  if (count > kSamplesMax) return corrupt("a key of too many articles was kept");
  std::vector<TrendSample> samples(count);
  for (TrendSample& sample : samples) {
    sample.article = TRY(in.number<std::int64_t>());
    sample.publisher = TRY(in.number<std::uint32_t>());
    sample.bucket = TRY(restore_bucket(in));
  }
  if (!std::ranges::is_sorted(samples, {}, &TrendSample::bucket))
    return corrupt("the articles of a key are not in order");
  return samples;
}

}  // namespace

void TrendCounts::save(ByteWriter& out) const {
  out.add(kMagic);
  out.add(to_micros(now_));
  out.add(bucket_);
  out.add(first_hour_);
  stream_.save(out);
  analytics::save(stream_recent_, out);
  sketch_.save(out);
  out.add(static_cast<std::uint64_t>(active_));
  out.add(added_);
  out.add(published_);
  std::vector<std::pair<std::uint32_t, float>> publishers(publishers_.begin(), publishers_.end());
  std::ranges::sort(publishers);
  out.add(static_cast<std::uint32_t>(publishers.size()));
  for (const auto& [hash, articles] : publishers) {
    out.add(hash);
    out.add(articles);
  }
  out.add(static_cast<std::uint32_t>(known_order_.size()));
  for (const auto& [bucket, article] : known_order_) {
    out.add(bucket);
    out.add(article);
  }
  std::vector<KeyHash> hashes;
  hashes.reserve(entries_.size());
  for (const auto& [hash, entry] : entries_) hashes.push_back(hash);
  std::ranges::sort(hashes);
  out.add(static_cast<std::uint32_t>(hashes.size()));
  for (const KeyHash hash : hashes) analytics::save(entries_.at(hash), out);
}

Result<TrendCounts> TrendCounts::restore(ByteReader& in, const TrendLimits& limits) {
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of trends");
  TrendCounts counts(limits);
  const auto now = TRY(in.number<std::int64_t>());
  if (now < 0 || now > kMicrosMost) return corrupt("a time that cannot be was kept");
  counts.now_ = from_micros(now);
  counts.bucket_ = TRY(restore_bucket(in));
  counts.first_hour_ = TRY(restore_bucket(in));
  TRY(counts.restore_stream(in));
  const auto keys = TRY(in.number<std::uint32_t>());
  if (keys > limits.keys_max) return corrupt("more keys were kept than may be");
  for (std::uint32_t i = 0; i < keys; ++i) TRY(counts.restore_entry(in));
  return counts;
}

Result<void> TrendCounts::restore_stream(ByteReader& in) {
  stream_ = TRY(StreamBaseline::restore(in));
  TRY(analytics::restore(stream_recent_, in));
  sketch_ = TRY(CountSketch::restore(in, limits_.sketch_width));
  active_ = TRY(in.number<std::uint64_t>());
  added_ = TRY(in.number<std::uint64_t>());
  published_ = TRY(in.number<double>());
  if (!(published_ >= 0 && published_ < 1e15)) return corrupt("a count that cannot be was kept");
  const auto publishers = TRY(in.number<std::uint32_t>());
  if (publishers > limits_.publishers_max) return corrupt("more publishers were kept than may be");
  for (std::uint32_t i = 0; i < publishers; ++i) {
    const auto hash = TRY(in.number<std::uint32_t>());
    const auto articles = TRY(in.number<float>());
    if (!(articles >= 0 && articles < 1e15F)) return corrupt("a count that cannot be was kept");
    publishers_[hash] = articles;
  }
  const auto articles = TRY(in.number<std::uint32_t>());
  if (articles > limits_.articles_max + 1) return corrupt("more articles were kept than may be");
  for (std::uint32_t i = 0; i < articles; ++i) {
    const Bucket bucket = TRY(restore_bucket(in));
    known_order_.emplace_back(bucket, TRY(in.number<std::int64_t>()));
    known_articles_.insert(known_order_.back().second);
  }
  return {};
}

Result<void> TrendCounts::restore_entry(ByteReader& in) {
  TrendEntry entry;
  const auto kind = TRY(in.number<std::uint8_t>());
  if (kind >= kTrendKinds) return corrupt("a key of no kind was kept");
  entry.kind = static_cast<TrendKind>(kind);
  entry.key = TRY(in.text());
  entry.label = TRY(in.text());
  entry.usual = TRY(KeyBaseline::restore(in));
  entry.rolled_to = TRY(restore_bucket(in));
  if (TRY(in.number<std::uint8_t>()) != 0) TRY(analytics::restore(entry.recent, in));
  entry.samples = TRY(restore_samples(in));
  entries_.emplace(key_hash(entry.kind, entry.key), std::move(entry));
  return {};
}

}  // namespace tidings::analytics
