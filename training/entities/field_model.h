// Two trained fields as the file that src/analyze/entity_tagger.h reads.
#pragma once

#include <string>
#include <string_view>

#include "entities/field.h"

namespace tidings::training {

// `lexicon` is LexiconWriter::blocks. Weights become eighths of a byte's range; features that then
// weigh nothing are left out. The same fields give the same bytes.
std::string write_model(const Field& first, const Field& second, std::string_view lexicon);

}  // namespace tidings::training
