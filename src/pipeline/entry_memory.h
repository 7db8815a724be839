// What each source's last stored document held, so that entries that are still as they were need
// not be made safe and looked up again: most of every document that changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "core/mutex.h"
#include "model/feed.h"

namespace tidings::pipeline {

// A number for each entry, by all that decides which article it is and what that says.
std::vector<std::uint64_t> entry_hashes(const Feed& feed);

// Safe to use from many threads. A cache: what it forgets costs time alone. It holds up to
// `entries_max` numbers, and forgets any source's when there are more.
class EntryMemory {
 public:
  using Hashes = std::shared_ptr<const std::vector<std::uint64_t>>;  // shared: see keep()

  explicit EntryMemory(std::size_t entries_max = 2'000'000) : entries_max_(entries_max) {}

  // The entries of the document whose payload hash the store has for the source (null: unknown). So
  // what was never stored, or was stored for another address, is never taken for known.
  Hashes of(SourceId source, std::uint64_t payload_hash) const EXCLUDES(mutex_);
  // Readers keep what they got.
  void keep(SourceId source, std::uint64_t payload_hash, std::vector<std::uint64_t> hashes)
      EXCLUDES(mutex_);

 private:
  struct Document {
    std::uint64_t payload_hash = 0;
    Hashes hashes;
  };

  const std::size_t entries_max_;
  mutable Mutex mutex_;
  std::unordered_map<SourceId, Document> documents_ GUARDED_BY(mutex_);
  std::size_t entries_ GUARDED_BY(mutex_) = 0;
};

}  // namespace tidings::pipeline
