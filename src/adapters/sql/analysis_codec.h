// How an analysis is kept in one column.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "model/analysis.h"

namespace tidings::sql {

// A zstd frame. Scores and coordinates keep seven digits, texts become storable.
std::string encode_analysis(const Analysis& analysis);

// Corrupt when these bytes are none.
Result<Analysis> decode_analysis(std::string_view bytes);

}  // namespace tidings::sql
