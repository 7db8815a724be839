#include "search/document_changes.h"

#include "core/byte_stream.h"

namespace tidings::search {
namespace {

constexpr std::uint8_t kDead = 1, kStory = 2;

}  // namespace

std::string encode(const std::vector<DocumentChange>& changes) {
  ByteWriter out;
  for (const DocumentChange& one : changes) {
    out.add(one.segment);
    out.add(one.document);
    out.add(static_cast<std::uint8_t>((one.is_dead ? kDead : 0) | (one.has_story ? kStory : 0)));
    if (!one.has_story) continue;
    out.add(one.story);
    out.add(one.story_size);
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
    one.has_story = (flags & kStory) != 0;
    if (one.has_story) {
      one.story = TRY(in.number<std::int64_t>());
      one.story_size = TRY(in.number<std::uint32_t>());
    }
    changes.push_back(one);
  }
  return changes;
}

}  // namespace tidings::search
