// Why a hit scores as it does, as JSON.
#pragma once

#include "core/json_writer.h"
#include "ports/search_index.h"

namespace tidings::serve {

// "explanation": {"parts": [{"term", "frequency", "rarity", "weight", "score"}, …], "recency",
// "words", "mean_words"}, into an open object.
void write_explanation(JsonWriter& json, const ScoreExplanation& explanation);

}  // namespace tidings::serve
