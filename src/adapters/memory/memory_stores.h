// Every port of the stores in memory: what tests run the whole product on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/mutex.h"
#include "core/time.h"
#include "ports/object_store.h"
#include "ports/stores.h"

namespace tidings::memory {

struct State;

// Keeps nothing beyond its own life. Never Unavailable.
class MemoryStores final : public Stores {
 public:
  explicit MemoryStores(const Clock& clock);
  ~MemoryStores() override;

  ArticleStore& articles() override { return *articles_; }
  AnalysisStore& analyses() override { return *analyses_; }
  SourceStore& sources() override { return *sources_; }
  EventLog& events() override { return *events_; }
  RollupStore& rollups() override { return *rollups_; }
  PageStore& pages() override { return *pages_; }
  SecretStore& secrets() override { return *secrets_; }
  PushStore& pushes() override { return *pushes_; }
  StoryStore& stories() override { return *stories_; }
  SavedSearchStore& saved_searches() override { return *saved_searches_; }
  RatingStore& ratings() override { return *ratings_; }
  TrendStore& trends() override { return *trends_; }
  Result<void> ping() override { return {}; }

 private:
  std::unique_ptr<State> state_;
  std::unique_ptr<ArticleStore> articles_;
  std::unique_ptr<AnalysisStore> analyses_;
  std::unique_ptr<SourceStore> sources_;
  std::unique_ptr<EventLog> events_;
  std::unique_ptr<RollupStore> rollups_;
  std::unique_ptr<PageStore> pages_;
  std::unique_ptr<SecretStore> secrets_;
  std::unique_ptr<PushStore> pushes_;
  std::unique_ptr<StoryStore> stories_;
  std::unique_ptr<SavedSearchStore> saved_searches_;
  std::unique_ptr<RatingStore> ratings_;
  std::unique_ptr<TrendStore> trends_;
};

class MemoryObjectStore final : public ObjectStore {
 public:
  explicit MemoryObjectStore(const Clock& clock) : clock_(clock) {}

  Result<void> put(std::span<const Object> objects) override;
  Result<std::string> get(std::string_view key) const override;
  Result<void> remove(std::string_view key) override;
  Result<ObjectPage> list(std::string_view prefix, std::string_view after,
                          std::size_t limit) const override;
  Result<std::optional<std::int64_t>> free_bytes() const override;

 private:
  struct Stored {
    std::string bytes;
    Time modified_at;
  };

  const Clock& clock_;
  mutable Mutex mutex_;
  std::map<std::string, Stored, std::less<>> objects_ GUARDED_BY(mutex_);
};

}  // namespace tidings::memory
