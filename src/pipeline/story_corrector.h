// What people say of stories, done to the grouping and to what is stored.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "pipeline/story_changes.h"
#include "ports/stores.h"
#include "stories/publishers.h"
#include "stories/story_engine.h"

namespace tidings::pipeline {

// One thread; for one correction.
class StoryCorrector {
 public:
  StoryCorrector(Stores& stores, const stories::PublisherFamilies& families,
                 stories::StoryEngine& engine, StoryChanges& changes)
      : stores_(stores), families_(families), engine_(engine), changes_(changes) {}

  // A story that merged meanwhile is the one that it became; an article that is not in the story
  // any more stays where it is. Stories that ended are corrected as well: only the grouping has
  // forgotten them. NotFound, InvalidInput: it cannot be so. Unavailable as the stores.
  Result<void> correct(const StoryCorrection& correction);

  // What the grouping was told.
  std::vector<stories::JournalEntry> take_inputs() { return std::move(inputs_); }

 private:
  Result<StoryId> present(StoryId id) const;
  Result<void> merge(StoryId first, StoryId second);
  Result<void> split(StoryId story, std::span<const ArticleId> articles);
  Result<void> part(StoryId story, std::span<const ArticleId> articles);
  Result<std::vector<stories::StoryInput>> leaving(StoryId story,
                                                   std::span<const ArticleId> articles) const;
  Result<std::int64_t> tell(stories::CorrectionInput correction);

  Stores& stores_;
  const stories::PublisherFamilies& families_;
  stories::StoryEngine& engine_;
  StoryChanges& changes_;
  std::vector<stories::JournalEntry> inputs_;
};

}  // namespace tidings::pipeline
