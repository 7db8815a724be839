// What changed in a segment after it was written: documents that died, stories they are in now.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::search {

// How a document of a segment is from now on.
struct DocumentChange {
  std::uint64_t segment = 0;  // its number
  std::uint32_t document = 0;
  std::uint32_t story_size = 0;
  std::int64_t story = 0;
  bool is_dead = false;
  bool has_story = false;  // else as it was
  friend bool operator==(const DocumentChange&, const DocumentChange&) = default;
};

std::string encode(const std::vector<DocumentChange>& changes);
Result<std::vector<DocumentChange>> decode_changes(std::string_view bytes);  // Corrupt

}  // namespace tidings::search
