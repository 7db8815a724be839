// What one answer of a publisher means for our stores: a pure function, so that everything about it
// can be tested.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "fetch/fetcher.h"
#include "model/source.h"
#include "pipeline/local_source.h"
#include "ports/article_store.h"
#include "ports/object_store.h"
#include "sources/schedule.h"

namespace tidings::pipeline {

enum class RefreshKind {
  NotModified,  // 304
  Unchanged,    // the same bytes as last time: not parsed again
  Parsed,
  Postponed,  // its domain asked us to stay away
  Failed,     // no answer, an error, or not a feed
};
std::string_view to_string(RefreshKind kind);

struct Refreshed {
  RefreshKind kind = RefreshKind::Failed;
  IngestBatch batch;    // articles (if any) and the source's next state; always to be stored
  std::string payload;  // as in a pack, or empty; this and the objects are to be stored first
  std::vector<Object> objects;  // of documents, each by itself
  std::size_t entries_rejected = 0;
  std::size_t entries_unchanged = 0;   // stored as they are, and no part of the batch
  std::vector<std::uint64_t> entries;  // of a document that was parsed: see entry_memory.h
};

struct RefreshRules {
  sources::ScheduleSettings schedule;
  bool keep_raw = true;  // false: no payload is packed, which costs as much as reading it
};

// fetch → parse → normalize → what to store. `seed` varies the jitter of the next due time.
// `stored` are the entries of the last document, which need not be stored again.
Refreshed refresh(const Source& source, const fetch::FetchResult& fetched, Time now,
                  std::uint64_t seed, const RefreshRules& rules = {},
                  std::span<const std::uint64_t> stored = {});

// What a hub delivered for the source: its articles alone. What we know of the source's own answers
// stays as it is. An error when it is no feed.
Result<Refreshed> refresh_pushed(const Source& source, const fetch::Page& page, Time now,
                                 const RefreshRules& rules = {});

// What was read of a source that is not one document: a news API, page by page.
struct Reading {
  std::optional<Feed> feed;
  std::string payload;                   // that it was read from
  std::optional<SourceProblem> problem;  // why there is no feed, or not all of it; `since` is unset
  fetch::CacheHints hints;
  std::optional<std::chrono::seconds> interval;  // unless a person fixed another
};
Refreshed refresh(const Source& source, Reading reading, Time now, std::uint64_t seed,
                  const RefreshRules& rules);

// What came at a source on this machine. Looked at again in 15 seconds (a person's interval
// counts), at once while there is more, and ever later while it cannot be read.
Refreshed refresh(const Source& source, Result<LocalNews> news, Time now);

}  // namespace tidings::pipeline
