// Bytes by name: raw payloads, later documents, exports and backups. Adapters: filesystem, memory.
// Every adapter passes tests/contract/object_store_contract.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace tidings {

struct Object {
  std::string
      key;  // "raw/7/2026/11/23/<sha256>.zst": segments of 1 to 200 of [A-Za-z0-9._-], not "." or
            // "..", at most 512 bytes. No key may be a folder of another ("a", "a/b").
  std::string bytes;
};

// Whether the key is as Object says.
bool is_object_key(std::string_view key);

struct ObjectInfo {
  std::string key;
  std::int64_t size_bytes = 0;
  Time modified_at{};
};

struct ObjectPage {
  std::vector<ObjectInfo> objects;
  std::string next;  // pass as `after`; empty on the last page
};

// Safe to call from many threads. A put that returned success survives a crash; readers see the
// whole object or none.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  // A bad key is InvalidInput everywhere.

  // Stores all of them, durably, cheaper than one by one; a key that was there is replaced, and of
  // two with one key the later counts. On failure some may be stored: repeating is harmless.
  // Unavailable (code "disk_full" where it is) when it cannot write.
  virtual Result<void> put(std::span<const Object> objects) = 0;

  // NotFound; Corrupt when the checksum fails.
  virtual Result<std::string> get(std::string_view key) const = 0;

  // Success when it was not there.
  virtual Result<void> remove(std::string_view key) = 0;

  // Objects whose key begins with `prefix` (any text) and comes after `after`, in the order of
  // their keys' bytes. `limit` is 1 to 10,000; others are moved there.
  virtual Result<ObjectPage> list(std::string_view prefix, std::string_view after,
                                  std::size_t limit) const = 0;

  // Room left, in bytes; nothing when the store has no bound that it knows of.
  virtual Result<std::optional<std::int64_t>> free_bytes() const = 0;
};

}  // namespace tidings
