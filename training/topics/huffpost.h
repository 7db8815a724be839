// HuffPost's headlines with their categories, as evidence for IPTC's topics.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace tidings::training {

struct LabeledHeadline {
  std::uint32_t code = 0;         // of a top-level topic; 0 where its category means none
  std::uint32_t second_code = 0;  // of one below it; 0 where its category means none
  std::string text;
};

// All records. "POLITICS" means one topic, "WORLD NEWS" does not.
Result<std::vector<LabeledHeadline>> read_huffpost(const std::string& path);

}  // namespace tidings::training
