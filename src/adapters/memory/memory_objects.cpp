#include <algorithm>

#include "adapters/memory/memory_stores.h"

namespace tidings::memory {
namespace {

Error bad_key(std::string_view key) {
  return invalid_input("'" + std::string(key) + "' is no object key");
}

}  // namespace

Result<void> MemoryObjectStore::put(std::span<const Object> objects) {
  for (const Object& object : objects) {
    if (!is_object_key(object.key)) return bad_key(object.key);
  }
  MutexLock lock(mutex_);
  for (const Object& object : objects) objects_[object.key] = {object.bytes, clock_.now()};
  return {};
}

Result<std::string> MemoryObjectStore::get(std::string_view key) const {
  if (!is_object_key(key)) return bad_key(key);
  MutexLock lock(mutex_);
  const auto found = objects_.find(key);
  if (found == objects_.end()) return not_found("object " + std::string(key) + " is not there");
  return found->second.bytes;
}

Result<void> MemoryObjectStore::remove(std::string_view key) {
  if (!is_object_key(key)) return bad_key(key);
  MutexLock lock(mutex_);
  if (const auto found = objects_.find(key); found != objects_.end()) objects_.erase(found);
  return {};
}

Result<ObjectPage> MemoryObjectStore::list(std::string_view prefix, std::string_view after,
                                           std::size_t limit) const {
  MutexLock lock(mutex_);
  limit = std::clamp<std::size_t>(limit, 1, 10'000);
  ObjectPage page;
  auto at = after < prefix ? objects_.lower_bound(prefix) : objects_.upper_bound(after);
  for (; at != objects_.end() && at->first.starts_with(prefix); ++at) {
    if (page.objects.size() == limit) {
      page.next = page.objects.back().key;
      break;
    }
    page.objects.push_back({.key = at->first,
                            .size_bytes = static_cast<std::int64_t>(at->second.bytes.size()),
                            .modified_at = at->second.modified_at});
  }
  return page;
}

Result<std::optional<std::int64_t>> MemoryObjectStore::free_bytes() const {
  return std::optional<std::int64_t>();
}

}  // namespace tidings::memory
