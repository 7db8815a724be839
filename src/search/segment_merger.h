// One segment out of several, without what is dead.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/result.h"
#include "search/segment_parts.h"
#include "search/snapshot.h"

namespace tidings::search {

// For each input, the number that each of its documents has in the output; kNoDocument: none.
using DocumentMaps = std::vector<std::vector<std::uint32_t>>;

// Asks `is_stopped` now and then: the output is of no use where it was. Holds the maps, and the
// postings of one term, in memory.
DocumentMaps merge_segments(std::span<const SegmentView> inputs, SegmentOutput& output,
                            const std::function<bool()>& is_stopped);

}  // namespace tidings::search
