// Answers that are kept until an event says that they may be wrong; those whose question moves with
// the clock for a short time at most.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/mutex.h"
#include "core/time.h"
#include "serve/http.h"
#include "serve/negotiation.h"

namespace tidings::serve {

// What an answer depends on. Two tags may fall together: that drops too much, never too little.
enum class CacheTag : std::uint32_t {};
inline constexpr std::uint32_t kTagCount = 1 << 14;
CacheTag make_tag(std::string_view name);

// An answer with what conditional requests need. Immutable.
struct CachedResponse {
  ResponsePtr full;
  ResponsePtr not_modified;
  std::string etag;
  std::size_t route = 0;
};

// Every answer remembers the generation that was current before its data were read; every
// invalidation begins a generation and marks its tags with it. An answer holds as long as none of
// its tags is marked later than the answer. Checked on every use, so an answer that was made of old
// data and stored after the invalidation is never given out. Safe to call from many threads; find()
// takes one of several short locks.
class ResponseCache {
 public:
  // `clock` must outlive it.
  ResponseCache(std::size_t bytes_max, const Clock& clock);

  // The answer to this canonical target in this encoding; null when there is none that holds.
  std::shared_ptr<const CachedResponse> find(std::string_view target, Encoding encoding);

  // To be taken before the data are read.
  std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

  // From `kept_until` on it does not hold, whatever its tags.
  void store(std::string_view target, Encoding encoding,
             std::shared_ptr<const CachedResponse> response, std::span<const CacheTag> tags,
             std::uint64_t computed_from, std::optional<Time> kept_until = {});

  // Everything with one of these tags no longer holds.
  void invalidate(std::span<const CacheTag> tags) EXCLUDES(invalidation_);

  // Nothing that is kept now holds any longer.
  void invalidate_all() EXCLUDES(invalidation_);

  std::size_t size_bytes() const;

 private:
  static constexpr std::size_t kShards = 8;

  struct Entry {
    std::string key;
    std::shared_ptr<const CachedResponse> response;
    std::vector<CacheTag> tags;
    std::uint64_t computed_from = 0;
    std::uint64_t checked_at = 0;  // the generation at which it was last seen to hold
    std::optional<Time> kept_until;
    Time stored_at{};  // a clock that was set back does not make it young
    std::size_t bytes = 0;
  };
  struct Shard {
    mutable Mutex mutex;
    std::list<Entry> entries GUARDED_BY(mutex);  // most recently used first
    // Keys are views into the entries.
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key GUARDED_BY(mutex);
    std::size_t bytes GUARDED_BY(mutex) = 0;
  };

  Shard& shard_of(std::string_view key);
  bool holds(Entry& entry) const;
  bool is_too_old(const Entry& entry) const;
  static void erase(Shard& shard, std::list<Entry>::iterator entry) REQUIRES(shard.mutex);

  const Clock& clock_;
  const std::size_t shard_bytes_max_;
  const std::size_t entry_bytes_max_;
  std::array<Shard, kShards> shards_;
  Mutex invalidation_;  // one writer of generations at a time
  std::atomic<std::uint64_t> generation_{1};
  std::atomic<std::uint64_t> all_marked_{0};
  std::array<std::atomic<std::uint64_t>, kTagCount> marked_{};
};

}  // namespace tidings::serve
