// The UCI News Aggregator's headlines with their four categories.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "huffpost.h"

namespace tidings::training {

// b is business, t science and technology, e entertainment, m health. Thirty stories make all of
// the headlines: one of every few is read, so that no story's names become a topic's.
Result<std::vector<LabeledHeadline>> read_headline_stream(const std::string& path);

}  // namespace tidings::training
