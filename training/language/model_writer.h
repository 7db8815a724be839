// Makes the shipped model of what was learned: the weights that matter most, rounded, and the
// confidence fitted.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus.h"
#include "learner.h"

namespace tidings::training::language {

struct WriterSettings {
  std::size_t buckets = std::size_t{1} << 15U;  // of 64 bytes
};

// The bytes of the file that analyze::LanguageModel opens. Weights that find no place in their
// bucket are the least important.
std::string write_model(std::vector<std::vector<Weight>> weights_by_script, const Corpus& corpus,
                        const WriterSettings& settings);

}  // namespace tidings::training::language
