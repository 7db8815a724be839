// What a batch of articles does to the stories that are stored: gathered, then made into one step.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "core/result.h"
#include "pipeline/story_reader.h"
#include "ports/story_store.h"
#include "stories/ranking.h"

namespace tidings::pipeline {

// One thread; for one batch.
class StoryChanges {
 public:
  StoryChanges(const StoryStore& store, const stories::TopicWeights& weights)
      : store_(store), weights_(weights) {}

  // In the order in which they happened.
  void place(ReadArticle article);
  void merge(StoryId from, StoryId into);
  void move(ArticleId article, StoryId into);
  void link(StoryId story, std::vector<StoryLink> links);  // all that it has now
  void refresh(StoryArticle place);                        // it was analyzed again
  void remove(const StoryArticle& place);

  // Reads the stories that are touched, and says what they are now. `step` gets all but its
  // version, its journal and what belongs to a backfill.
  Result<void> finish(StoryStep& step);

 private:
  struct Member {
    StoryMember member;
    bool is_written = false;  // its place is new, or changed
  };
  struct Members {
    std::vector<Member> members;
    std::int64_t articles = 0;
  };
  struct Change {
    enum class Kind : std::uint8_t { Place, Merge, Move, Refresh, Remove } kind = Kind::Place;
    StoryMember member;  // Place, Refresh, Remove, Move
    StoryId from{}, into{};
  };

  Result<void> load();
  void apply(Change& change);
  void apply_merge(StoryId from, StoryId into);
  void apply_move(const Change& change);
  std::vector<LinksOfStory> links_of(const StoryStep& step);
  Story story_of(StoryId id, Members& found, StoryStep& step) const;

  const StoryStore& store_;
  const stories::TopicWeights& weights_;
  std::vector<Change> changes_;
  std::vector<StoryMerge> merges_;
  std::map<StoryId, std::vector<StoryLink>> links_;
  std::set<StoryId> touched_;
  std::map<StoryId, Members> stories_;
};

}  // namespace tidings::pipeline
