// What changed in a segment after it was written: documents that died, and where in which story
// they are now.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "search/snapshot.h"

namespace tidings::search {

// How a document of a segment is from now on.
struct DocumentChange {
  std::uint64_t segment = 0;  // its number
  std::uint32_t document = 0;
  StoryPlace place;
  bool is_dead = false;
  bool has_place = false;  // else as it was
  friend bool operator==(const DocumentChange&, const DocumentChange&) = default;
};
DocumentChange change_of(const SegmentView& view, std::uint32_t document);

std::string encode(const std::vector<DocumentChange>& changes);
Result<std::vector<DocumentChange>> decode_changes(std::string_view bytes);  // Corrupt

}  // namespace tidings::search
