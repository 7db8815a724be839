// Whose news is pushed so reliably that asking for it often would only be a burden.
#pragma once

#include <unordered_set>
#include <utility>

#include "core/ids.h"
#include "core/mutex.h"

namespace tidings::pipeline {

// Safe to use from many threads.
class PushTrust {
 public:
  bool contains(SourceId id) const EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return trusted_.contains(id);
  }

  // Returns who was trusted before.
  std::unordered_set<SourceId> exchange(std::unordered_set<SourceId> trusted) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return std::exchange(trusted_, std::move(trusted));
  }

 private:
  mutable Mutex mutex_;
  std::unordered_set<SourceId> trusted_ GUARDED_BY(mutex_);
};

}  // namespace tidings::pipeline
