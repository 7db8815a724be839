#include "search/snapshot.h"

namespace tidings::search {
namespace {

// What nobody else holds, to be changed.
template <class Value>
Value& owned(std::shared_ptr<const Value>& held) {
  if (!held) {
    held = std::make_shared<Value>();
  } else if (held.use_count() > 1) {
    held = std::make_shared<Value>(*held);
  }
  return const_cast<Value&>(*held);  // made as one that may change
}

}  // namespace

void StoryChanges::set(std::uint32_t document, StoryPlace place) {
  const std::size_t number = document / kChunk;
  if (number >= chunks_.size()) chunks_.resize(number + 1);
  std::shared_ptr<Chunk>& chunk = chunks_[number];
  if (!chunk) {
    chunk = std::make_shared<Chunk>();
  } else if (chunk.use_count() > 1) {
    chunk = std::make_shared<Chunk>(*chunk);
  }
  (*chunk)[document % kChunk] = {.place = place, .is_set = true};
}

void SegmentView::kill(std::uint32_t document) {
  DeadDocuments& now = owned(dead);
  now.words.resize((documents() + 63) / 64);
  std::uint64_t& word = now.words[document / 64];
  const std::uint64_t bit = std::uint64_t{1} << (document % 64);
  now.count += (word & bit) == 0 ? 1 : 0;
  word |= bit;
}

void SegmentView::set_story(std::uint32_t document, StoryPlace place) {
  owned(stories).set(document, place);
}

}  // namespace tidings::search
