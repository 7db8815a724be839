#include "core/ids.h"

#include <algorithm>

namespace tidings {

std::int64_t next_id_after(std::int64_t last, std::int64_t now_unix_ms) {
  constexpr std::int64_t kEpochMs = 1577836800000;  // 2020-01-01
  constexpr int kSequenceBits = 12;
  const std::int64_t from_clock = std::max<std::int64_t>(now_unix_ms - kEpochMs, 0)
                                  << kSequenceBits;
  return std::max(last + 1, from_clock);
}

}  // namespace tidings
