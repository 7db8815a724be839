#include "search/document_changes.h"

#include "core/byte_stream.h"

namespace tidings::search {
namespace {

constexpr std::uint8_t kDead = 1, kStory = 2;

}  // namespace

DocumentChange change_of(const SegmentView& view, std::uint32_t document) {
  DocumentChange change{
      .segment = view.number, .document = document, .is_dead = view.is_dead(document)};
  const StoryPlace* place = view.stories ? view.stories->find(document) : nullptr;
  if (place == nullptr) return change;
  change.place = *place;
  change.has_place = true;
  return change;
}

std::string encode(const std::vector<DocumentChange>& changes) {
  ByteWriter out;
  for (const DocumentChange& one : changes) {
    out.add(one.segment);
    out.add(one.document);
    out.add(static_cast<std::uint8_t>((one.is_dead ? kDead : 0) | (one.has_place ? kStory : 0)));
    if (!one.has_place) continue;
    out.add(one.place.story);
    out.add(one.place.size);
    out.add(one.place.copy_of);
  }
  return out.take();
}

Result<std::vector<DocumentChange>> decode_changes(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<DocumentChange> changes;
  while (in.left() > 0) {
    DocumentChange one;
    one.segment = TRY(in.number<std::uint64_t>());
    one.document = TRY(in.number<std::uint32_t>());
    const auto flags = TRY(in.number<std::uint8_t>());
    one.is_dead = (flags & kDead) != 0;
    one.has_place = (flags & kStory) != 0;
    if (one.has_place) {
      one.place.story = TRY(in.number<std::int64_t>());
      one.place.size = TRY(in.number<std::uint32_t>());
      one.place.copy_of = TRY(in.number<std::int64_t>());
    }
    changes.push_back(one);
  }
  return changes;
}

}  // namespace tidings::search
