// The index at one moment: segments, which of their documents are gone, and which story each of
// them is in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/ids.h"
#include "search/document_set.h"
#include "search/segment.h"

namespace tidings::search {

// A bit a document that is not there any more.
struct DeadDocuments {
  std::vector<std::uint64_t> words;
  std::uint32_t count = 0;

  bool has(std::uint32_t document) const {
    return (words[document / 64] >> (document % 64) & 1) != 0;
  }
};

// Which story documents are in and what they are copies of, where that changed since their segment
// was written.
struct StoryPlace {
  std::int64_t story = 0;    // 0: none
  std::uint32_t size = 0;    // articles of it
  std::int64_t copy_of = 0;  // an article; 0: an original
  friend bool operator==(const StoryPlace&, const StoryPlace&) = default;
};
class StoryChanges {
 public:
  const StoryPlace* find(std::uint32_t document) const {
    const std::size_t chunk = document / kChunk;
    if (chunk >= chunks_.size() || !chunks_[chunk]) return nullptr;
    const Entry& entry = (*chunks_[chunk])[document % kChunk];
    return entry.is_set ? &entry.place : nullptr;
  }
  void set(std::uint32_t document, StoryPlace place);  // copies what others hold too

 private:
  static constexpr std::size_t kChunk = 256;
  struct Entry {
    StoryPlace place;
    bool is_set = false;
  };
  using Chunk = std::array<Entry, kChunk>;
  std::vector<std::shared_ptr<Chunk>> chunks_;
};

struct SegmentView {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const DeadDocuments> dead;    // null: none
  std::shared_ptr<const StoryChanges> stories;  // null: none
  std::uint64_t number = 0;                     // names its files; 0 in memory

  std::uint32_t documents() const { return segment->documents(); }
  bool is_dead(std::uint32_t document) const { return dead && dead->has(document); }
  StoryPlace story(std::uint32_t document) const {
    const StoryPlace* changed = stories ? stories->find(document) : nullptr;
    if (changed != nullptr) return *changed;
    const Columns& columns = segment->columns();
    return {columns.story(document), columns.story_size(document), columns.copy_of(document)};
  }
  // Snapshots that others hold stay as they are.
  void kill(std::uint32_t document);
  void set_story(std::uint32_t document, StoryPlace place);

  std::uint32_t living() const { return documents() - (dead ? dead->count : 0); }
  void remove_dead(Window window, DocumentSet& set) const {
    if (!dead) return;
    for (std::uint32_t at = 0; at < window.size(); at += 64)
      set.words()[at / 64] &= ~dead->words[(window.begin + at) / 64];
  }
};

// Never changes. Safe to use from many threads.
struct Snapshot {
  std::vector<SegmentView> segments;  // the one with the newest document first
  std::uint64_t documents = 0;        // that are there
  double mean_words = 1;
  EventSequence cursor{};  // all events up to there have taken effect
};

}  // namespace tidings::search
