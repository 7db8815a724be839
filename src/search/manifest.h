// What the index is made of, as of its last step to disk: the one file that makes others count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "search/segment_parts.h"

namespace tidings::search {

struct SegmentEntry {
  std::uint64_t number = 0;
  std::uint32_t documents = 0;
  SegmentSeals seals;
  friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

// A file of what changed in segments after they were written (document_changes.h).
struct ChangesEntry {
  std::uint64_t number = 0;
  PartSeal seal;
  friend bool operator==(const ChangesEntry&, const ChangesEntry&) = default;
};

struct Manifest {
  EventSequence cursor{};  // all events up to there have taken effect, none after it
  // Articles up to there are in it; the others are still to be read from the store. Absent: all.
  std::optional<ArticleId> filled_to = ArticleId{};
  std::uint64_t next_number = 1;
  std::vector<SegmentEntry> segments;
  std::vector<ChangesEntry> changes;  // in order
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

inline constexpr std::string_view kManifestName = "manifest";

std::string encode(const Manifest& manifest);
// Corrupt where a bit differs from what was written; InvalidInput (code "index_version") where
// another version of the program wrote it.
Result<Manifest> decode_manifest(std::string_view bytes);

}  // namespace tidings::search
