#include "serve/response_cache.h"

#include "core/hash.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kEntryOverheadBytes = 256;  // list node, map node, pointers

// The encoding's digit in front of the target, on the stack where it fits.
class Key {
 public:
  Key(std::string_view target, Encoding encoding) {
    char* begin = inline_.data();
    if (target.size() + 1 > inline_.size()) {
      long_.resize(target.size() + 1);
      begin = long_.data();
    }
    *begin = static_cast<char>('0' + static_cast<int>(encoding));
    target.copy(begin + 1, target.size());
    view_ = {begin, target.size() + 1};
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  std::string_view view() const { return view_; }

 private:
  std::array<char, 256> inline_;
  std::string long_;
  std::string_view view_;
};

}  // namespace

CacheTag make_tag(std::string_view name) {
  return CacheTag(static_cast<std::uint32_t>(hash64(name)) % kTagCount);
}

ResponseCache::ResponseCache(std::size_t bytes_max, const Clock& clock)
    : clock_(clock), shard_bytes_max_(bytes_max / kShards), entry_bytes_max_(bytes_max / kShards) {}

ResponseCache::Shard& ResponseCache::shard_of(std::string_view key) {
  return shards_[(hash64(key) >> 32) % kShards];
}

bool ResponseCache::is_too_old(const Entry& entry) const {
  if (!entry.kept_until) return false;
  const Time now = clock_.now();
  return now >= *entry.kept_until || now < entry.stored_at;
}

bool ResponseCache::holds(Entry& entry) const {
  if (is_too_old(entry)) return false;
  const std::uint64_t now = generation();
  if (entry.checked_at == now) return true;
  if (all_marked_.load(std::memory_order_relaxed) > entry.computed_from) return false;
  for (const CacheTag tag : entry.tags) {
    const auto& mark = marked_[static_cast<std::uint32_t>(tag)];
    if (mark.load(std::memory_order_relaxed) > entry.computed_from) return false;
  }
  entry.checked_at = now;
  return true;
}

std::shared_ptr<const CachedResponse> ResponseCache::find(std::string_view target,
                                                          Encoding encoding) {
  const Key key(target, encoding);
  Shard& shard = shard_of(key.view());
  MutexLock lock(shard.mutex);
  const auto found = shard.by_key.find(key.view());
  if (found == shard.by_key.end()) return nullptr;
  if (!holds(*found->second)) {
    erase(shard, found->second);
    return nullptr;
  }
  shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
  return found->second->response;
}

void ResponseCache::store(std::string_view target, Encoding encoding,
                          std::shared_ptr<const CachedResponse> response,
                          std::span<const CacheTag> tags, std::uint64_t computed_from,
                          std::optional<Time> kept_until) {
  const Key key(target, encoding);
  Entry entry{.key = std::string(key.view()),
              .response = std::move(response),
              .tags = {tags.begin(), tags.end()},
              .computed_from = computed_from,
              .kept_until = kept_until,
              .stored_at = clock_.now()};
  entry.bytes = kEntryOverheadBytes + 2 * entry.key.size() + tags.size_bytes() +
                entry.response->full->head.size() + entry.response->full->body.size() +
                entry.response->not_modified->head.size();
  if (entry.bytes > entry_bytes_max_ || !holds(entry)) return;

  Shard& shard = shard_of(key.view());
  MutexLock lock(shard.mutex);
  if (const auto known = shard.by_key.find(key.view()); known != shard.by_key.end()) {
    if (known->second->computed_from > computed_from) return;
    erase(shard, known->second);
  }
  shard.bytes += entry.bytes;
  shard.entries.push_front(std::move(entry));
  shard.by_key.emplace(shard.entries.front().key, shard.entries.begin());
  while (shard.bytes > shard_bytes_max_) erase(shard, std::prev(shard.entries.end()));
}

void ResponseCache::invalidate(std::span<const CacheTag> tags) {
  if (tags.empty()) return;
  MutexLock lock(invalidation_);
  const std::uint64_t next = generation_.load(std::memory_order_relaxed) + 1;
  for (const CacheTag tag : tags) {
    marked_[static_cast<std::uint32_t>(tag)].store(next, std::memory_order_relaxed);
  }
  // Marks first: who sees the new generation sees them too.
  generation_.store(next, std::memory_order_release);
}

void ResponseCache::invalidate_all() {
  MutexLock lock(invalidation_);
  const std::uint64_t next = generation_.load(std::memory_order_relaxed) + 1;
  all_marked_.store(next, std::memory_order_relaxed);
  generation_.store(next, std::memory_order_release);
}

std::size_t ResponseCache::size_bytes() const {
  std::size_t bytes = 0;
  for (const Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    bytes += shard.bytes;
  }
  return bytes;
}

void ResponseCache::erase(Shard& shard, std::list<Entry>::iterator entry) {
  shard.bytes -= entry->bytes;
  shard.by_key.erase(entry->key);
  shard.entries.erase(entry);
}

}  // namespace tidings::serve
