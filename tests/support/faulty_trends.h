// Stores of which that of trends fails when a test says so.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "ports/stores.h"

namespace tidings::tests {

struct TrendFaults {
  std::function<std::optional<Error>()> before_replace;
  std::function<std::optional<Error>()> after_replace;  // it was done, and the answer is lost
};

class FaultyTrendStore final : public TrendStore {
 public:
  FaultyTrendStore(TrendStore& store, TrendFaults faults)
      : store_(store), faults_(std::move(faults)) {}

  Result<TrendList> replace(const TrendStep& step, const CursorMove& move) override {
    if (auto error = faults_.before_replace()) return *std::move(error);
    Result<TrendList> kept = store_.replace(step, move);
    if (auto error = faults_.after_replace()) return *std::move(error);
    return kept;
  }
  Result<TrendList> list() const override { return store_.list(); }
  Result<CurrentTrend> get(TrendId id) const override { return store_.get(id); }
  Result<TrendCheckpoint> checkpoint() const override { return store_.checkpoint(); }
  Result<void> set_checkpoint(const TrendCheckpoint& checkpoint) override {
    return store_.set_checkpoint(checkpoint);
  }

 private:
  TrendStore& store_;
  const TrendFaults faults_;
};

class StoresWithFaultyTrends final : public Stores {
 public:
  StoresWithFaultyTrends(Stores& stores, TrendFaults faults)
      : stores_(stores), trends_(stores.trends(), std::move(faults)) {}

  ArticleStore& articles() override { return stores_.articles(); }
  AnalysisStore& analyses() override { return stores_.analyses(); }
  SourceStore& sources() override { return stores_.sources(); }
  EventLog& events() override { return stores_.events(); }
  RollupStore& rollups() override { return stores_.rollups(); }
  PageStore& pages() override { return stores_.pages(); }
  SecretStore& secrets() override { return stores_.secrets(); }
  PushStore& pushes() override { return stores_.pushes(); }
  StoryStore& stories() override { return stores_.stories(); }
  SavedSearchStore& saved_searches() override { return stores_.saved_searches(); }
  RatingStore& ratings() override { return stores_.ratings(); }
  TrendStore& trends() override { return trends_; }
  Result<void> ping() override { return stores_.ping(); }

 private:
  Stores& stores_;
  FaultyTrendStore trends_;
};

}  // namespace tidings::tests
