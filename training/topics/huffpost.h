// HuffPost's headlines with their categories, as evidence for IPTC's topics.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace tidings::training {

struct LabeledHeadline {
  std::uint32_t code = 0;  // of a top-level topic
  std::string text;
};

// The records whose category means one topic: "POLITICS" does, "WOMEN" does not.
Result<std::vector<LabeledHeadline>> read_huffpost(const std::string& path);

}  // namespace tidings::training
