// How often each key comes: lately by the minute, and what is usual of it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analytics/baseline.h"
#include "analytics/count_sketch.h"
#include "analytics/trend_key.h"
#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"

namespace tidings::analytics {

using Bucket = std::int64_t;  // of five minutes, since 1970
inline constexpr Bucket kBucketsPerHour = 12;
// Two hours in buckets and a day in hours, each with the one that has begun.
inline constexpr std::size_t kRecentBuckets = 25, kRecentHours = 25;

using KeyHash = std::uint64_t;  // of kind and key

struct TrendLimits {
  std::size_t keys_max = 100'000;       // counted by themselves; the rarest and oldest give way
  std::size_t sketch_width = 1 << 18;   // a power of two; times four bytes
  std::size_t publishers_max = 20'000;  // whose share is known
  std::size_t articles_max = 200'000;   // of a day, that are known to have been counted
};

// Counts of a ring's last buckets and hours.
template <class Number>
struct RecentCounts {
  std::array<Number, kRecentBuckets> buckets{};
  std::array<Number, kRecentHours> hours{};

  Number& bucket(Bucket at) { return buckets[static_cast<std::size_t>(at) % kRecentBuckets]; }
  Number bucket(Bucket at) const { return buckets[static_cast<std::size_t>(at) % kRecentBuckets]; }
  Number& hour(Hour at) { return hours[static_cast<std::size_t>(at) % kRecentHours]; }
  Number hour(Hour at) const { return hours[static_cast<std::size_t>(at) % kRecentHours]; }
};

// An article that had the key.
struct TrendSample {
  std::int64_t article = 0;
  std::uint32_t publisher = 0;  // a hash; 0: unknown
  Bucket bucket = 0;
};
inline constexpr std::size_t kSamplesMax = 24;  // of a key: the last ones of a day

struct TrendEntry {
  TrendKind kind = TrendKind::Term;
  std::string key, label;
  KeyBaseline usual;
  RecentCounts<std::uint16_t> recent;
  Bucket rolled_to = 0;              // buckets after it are of two hours ago
  std::vector<TrendSample> samples;  // oldest first
};

// A key that comes is counted in a sketch until it came kPromoteCount times within a day or two,
// and then by itself. The sketch is halved every day. An article counts when it was published, or
// when it came where that was more than two hours ago; one of more than a day ago does not count:
// an archive that is imported is no news. About 500 bytes a key (docs/decisions/trends.md).
// Deterministic: equal articles in equal order give equal counts. For one thread.
class TrendCounts {
 public:
  static constexpr std::uint8_t kPromoteCount = 3;
  static constexpr std::size_t kActiveCount = 5;

  explicit TrendCounts(const TrendLimits& limits = {});

  // Time goes on; earlier times are ignored.
  void advance(Time now);
  // Counts each key of it, at most once per article. The keys that are counted by themselves now;
  // none where the article is late, or was counted before.
  std::vector<KeyHash> add(const TrendArticle& article);
  // One more key of an article that was counted: its story, which is known later.
  std::vector<KeyHash> add_key(const TrendArticle& article, const TrendKey& key);

  // Keys of `protected_keys` never give way.
  void protect(KeyHash key) { protected_.insert(key); }
  void release(KeyHash key) { protected_.erase(key); }

  const TrendEntry* find(KeyHash key) const;
  // Brings the key's buckets up to now; the pointer holds until the next add or advance.
  const TrendEntry* roll(KeyHash key);
  Time now() const { return now_; }
  Time since() const { return Time(std::chrono::hours(first_hour_)); }
  Bucket bucket() const { return bucket_; }
  Hour hour() const { return bucket_ / kBucketsPerHour; }
  const RecentCounts<std::uint32_t>& stream() const { return stream_recent_; }
  const StreamBaseline& usual() const { return stream_; }
  std::uint64_t added() const { return added_; }  // articles
  std::size_t keys() const { return entries_.size(); }
  // That came kActiveCount times or more within a day, as of the hour that began last.
  std::size_t active_keys() const { return active_; }
  double share_of_publisher(std::uint32_t publisher) const;  // [0, 1]

  void save(ByteWriter& out) const;
  // Corrupt unless it was saved with the same limits.
  static Result<TrendCounts> restore(ByteReader& in, const TrendLimits& limits);

 private:
  void begin(Bucket bucket);
  void step_bucket();
  void close_hour(Hour ended);
  void pass(Hour hours);
  void fold(TrendEntry& entry, Hour hour);
  void roll(TrendEntry& entry) const;
  void fade_publishers();
  void make_room();
  Bucket bucket_of(const TrendArticle& article) const;
  TrendEntry* counted(const TrendKey& key, KeyHash hash);
  bool count(TrendEntry& entry, const TrendSample& sample) const;
  Result<void> restore_entry(ByteReader& in);
  Result<void> restore_stream(ByteReader& in);

  TrendLimits limits_;
  Time now_{};
  Bucket bucket_ = 0;
  Hour first_hour_ = 0;
  StreamBaseline stream_;
  RecentCounts<std::uint32_t> stream_recent_;
  CountSketch sketch_;
  std::unordered_map<KeyHash, TrendEntry> entries_;
  std::unordered_set<KeyHash> protected_;
  std::unordered_map<std::uint32_t, float> publishers_;
  double published_ = 0;  // of all publishers
  std::size_t active_ = 0;
  std::uint64_t added_ = 0;
  std::unordered_set<std::int64_t> known_articles_;
  std::deque<std::pair<Bucket, std::int64_t>> known_order_;
};

KeyHash key_hash(TrendKind kind, std::string_view key);
std::uint32_t publisher_hash(std::string_view publisher);  // 0 where empty

}  // namespace tidings::analytics
