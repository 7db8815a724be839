// The index at one moment: segments, which of their documents are gone, and which story each of
// them is in.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

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

using StoryOfDocument = std::vector<std::int64_t>;                   // 0: none
using StorySizes = std::unordered_map<std::int64_t, std::uint32_t>;  // living documents of each

struct SegmentView {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const DeadDocuments> dead;       // null: none
  std::shared_ptr<const StoryOfDocument> stories;  // null: in none
  std::uint64_t number = 0;                        // names its files; 0 in memory

  std::uint32_t documents() const { return segment->documents(); }
  bool is_dead(std::uint32_t document) const { return dead && dead->has(document); }
  std::int64_t story(std::uint32_t document) const { return stories ? (*stories)[document] : 0; }
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
  std::shared_ptr<const StorySizes> story_sizes;
  std::uint64_t documents = 0;  // that are there
  double mean_words = 1;

  std::uint32_t story_size(std::int64_t story) const {
    if (story == 0 || !story_sizes) return 0;
    const auto found = story_sizes->find(story);
    return found == story_sizes->end() ? 0 : found->second;
  }
};

}  // namespace tidings::search
