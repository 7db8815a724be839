// Headlines of our own, each with the topic that it is about: the folder headlines/.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "huffpost.h"

namespace tidings::training {

// Lines of the first two digits of a top-level topic's code, a tab and the headline.
Result<std::vector<LabeledHeadline>> read_own_headlines(const std::string& path);

}  // namespace tidings::training
