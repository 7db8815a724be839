// What articles show of their source, kept in memory so that a list does not ask for each.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "core/mutex.h"
#include "model/event.h"
#include "ports/source_store.h"

namespace tidings::serve {

struct SourceLabel {
  std::string title;
  std::string site_url;
  std::string country;
};

// Filled on demand, forgotten by events. Safe to call from many threads. At most kEntriesMax
// sources are kept: beyond, it begins anew.
class SourceDirectory {
 public:
  static constexpr std::size_t kEntriesMax = 50'000;

  explicit SourceDirectory(const SourceStore& sources) : sources_(sources) {}

  // Empty for a source that was removed. Unavailable as the store.
  Result<SourceLabel> label(SourceId id) EXCLUDES(mutex_);
  Result<std::string> country(SourceId id) EXCLUDES(mutex_);

  void on_event(const Event& event) EXCLUDES(mutex_);
  void forget_all() EXCLUDES(mutex_);

 private:
  struct Entry {
    SourceLabel label;
    bool title_is_learned = false;  // the feed's own: it may come or change with a refresh
    bool title_is_stale = false;
  };

  Result<SourceLabel> load(SourceId id, std::uint64_t forgotten_before) EXCLUDES(mutex_);

  const SourceStore& sources_;
  Mutex mutex_;
  std::unordered_map<std::int64_t, Entry> entries_ GUARDED_BY(mutex_);
  std::uint64_t forgotten_ GUARDED_BY(mutex_) = 0;  // how often something was
};

}  // namespace tidings::serve
