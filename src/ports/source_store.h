// Which sources exist, and which is due. Adapters: sqlite, postgres, memory.
// Every adapter passes tests/contract/source_store_contract.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/source.h"

namespace tidings {

struct SourceQuery {
  std::string language, country, topic;  // empty: any; language as in ArticleQuery
  std::optional<bool> enabled;
  std::optional<SourceId> after;  // keyset: ids above this one
  std::size_t limit = 100;        // 1 to 10,000; others are moved there
};

struct SourceAdded {
  SourceId id{};
  bool is_new = true;  // false: the address was known; nothing was changed
};

// Safe to call from many threads. A call that returned success survives a crash. Every change
// writes its event (SourceAdded, SourceChanged, SourceRemoved) in the same commit. Unavailable and
// texts as in ArticleStore.
class SourceStore {
 public:
  virtual ~SourceStore() = default;

  // One commit; one outcome per item, in order. New sources are due at once.
  virtual Result<std::vector<SourceAdded>> add(std::span<const SourceSettings> sources) = 0;

  // NotFound. Conflict when another source has the new address. A new address or another access
  // forgets the validators, the payload hash, the redirect, the ttl, the failures, the problem,
  // "gone" and the record, and is due at once. Settings that are the same are no change.
  virtual Result<void> set(SourceId id, const SourceSettings& settings) = 0;

  // Enables the source and starts it afresh as a new address does, "gone" or not; a change even
  // where it was enabled. NotFound.
  virtual Result<void> revive(SourceId id) = 0;

  // The same access in a new envelope: no event, and nothing is forgotten. False, and nothing done,
  // where the source is gone or its access is not `before` any more.
  virtual Result<bool> reseal_access(SourceId id, const std::string& before,
                                     const std::string& sealed) = 0;

  // Removes the source; its articles stay. NotFound.
  virtual Result<void> remove(SourceId id) = 0;

  virtual Result<Source> get(SourceId id) const = 0;                             // NotFound
  virtual Result<Source> find_by_url(const std::string& url) const = 0;          // NotFound
  virtual Result<std::vector<Source>> find(const SourceQuery& query) const = 0;  // by id, ascending

  // Takes up to `limit` enabled, not gone sources that are due at `now` and not leased, earliest
  // first, and leases them to `owner` until `lease_until`: no other claim returns them before.
  // An ingest of the source ends the lease.
  virtual Result<std::vector<Source>> claim_due(Time now, std::size_t limit,
                                                const std::string& owner, Time lease_until) = 0;
  // Ends every lease of `owner` (at start: what a killed process held).
  virtual Result<void> release(const std::string& owner) = 0;
  // When the next enabled, not gone source falls due that is not leased now. Nothing when there is
  // none.
  virtual Result<std::optional<Time>> next_due() const = 0;
  // Makes them due now, where they were due later (all when `ids` is empty; unknown ids are passed
  // over).
  virtual Result<void> make_due(std::span<const SourceId> ids, Time now) = 0;
};

}  // namespace tidings
