// Which articles tell one story: follows what was analyzed, in the order of the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics.h"
#include "core/time.h"
#include "pipeline/consumer.h"
#include "pipeline/story_changes.h"
#include "ports/object_store.h"
#include "ports/stores.h"
#include "stories/publishers.h"
#include "stories/story_engine.h"

namespace tidings::pipeline {

struct StorySettings {
  stories::PublisherFamilies families = stories::PublisherFamilies::shipped();
  stories::TopicWeights topic_weights;
  std::string owner = "local";  // who takes the steps of a backfill: this process, by name
  // A checkpoint is written once the journal has so much, or half of the last checkpoint.
  std::int64_t journal_bytes_max = 4'000'000;
  std::int64_t journal_articles_max = 20'000;
};

// The code of an Unavailable: another process makes the stories anew.
inline constexpr std::string_view kBackfillElsewhere = "backfill_elsewhere";

// Groups articles once each; one that was analyzed again changes what its story says, not which it
// is. What the grouping knows lies in memory: each step stores what it was given in the commit of
// its results, and after a restart it is given the same again. See docs/decisions/story_state.md.
class StoriesConsumer final : public Consumer {
 public:
  StoriesConsumer(Stores& stores, ObjectStore& objects, Metrics& metrics, const Clock& clock,
                  StorySettings settings = {});
  const std::string& name() const override { return name_; }

  // Before anything was grouped, and while stories are made anew, a step of that instead: Conflict
  // then, since the events wait where they are. Unavailable while another process makes them anew.
  // A correction is a step of its own, and so are the events before it: the step may end before
  // `move` does, and the rest is given again.
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

  // A step of making stories anew, if they are: false when nothing is left to do. Unavailable while
  // another process does it.
  Result<bool> backfill_step();
  // Articles that the backfill has grouped up to now, by this process.
  std::int64_t backfilled() const { return backfilled_; }

  // Makes all stories anew from the articles that are stored, in the order of their arrival.
  Result<void> begin_rebuild();

  // So that the next start has little to read; at a clean stop.
  Result<void> checkpoint();

 private:
  // What events ask for.
  struct Asked {
    std::vector<ArticleId> analyzed;  // in order, each once
    std::vector<ArticleId> deleted;
  };
  static Asked asked(std::span<const Event> events);
  Result<void> take_articles(std::span<const Event> events, const CursorMove& move);
  Result<void> take_correction(const Event& event, const CursorMove& move);

  Result<void> load();
  Result<void> restore(const StoryState& state);
  Result<void> begin(std::int64_t version);
  Result<bool> backfill();
  Result<void> group(std::span<const ArticleId> ids, StoryChanges& changes);
  Result<void> refresh(std::span<const StoryPlacement> placements, StoryChanges& changes);
  void group_one(ReadArticle article, StoryChanges& changes);
  Result<void> correct(const StoryCorrection& correction, StoryChanges& changes);
  Result<void> correct_all();
  Result<void> commit(StoryChanges& changes, StoryStep step, const CursorMove* move);
  Result<void> write_checkpoint();
  bool needs_checkpoint() const;
  void forget();

  const std::string name_{kConsumerNames[2]};
  Stores& stores_;
  ObjectStore& objects_;
  const Clock& clock_;
  const StorySettings settings_;
  Counter& joined_;
  Counter& opened_;
  Counter& copies_;
  Counter& checkpoints_;
  Gauge& live_;

  std::optional<stories::StoryEngine> engine_;  // none: to be restored
  StoryState state_;                            // what the engine is at
  std::vector<stories::JournalEntry> inputs_;   // of the step that is being made
  std::int64_t checkpoint_bytes_ = 0;
  std::int64_t backfilled_ = 0;
};

}  // namespace tidings::pipeline
