// The lists of this folder: the topics, the terms that speak for them, and the names that feeds
// give them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace tidings::training {

struct ListedTopic {
  std::uint32_t code = 0;
  std::uint32_t parent = 0;  // its own code for a top-level topic
  std::string label;
};

struct ListedTerm {
  std::uint32_t code = 0;
  std::string term;
  bool is_hint = false;  // it is said of other things too: written with a ~ in front
};

// topics.tsv: code, parent's code or nothing, label.
Result<std::vector<ListedTopic>> read_topics(const std::string& path);

// Lines of a code, a tab and terms with commas between them.
Result<std::vector<ListedTerm>> read_terms(const std::string& path);

}  // namespace tidings::training
