// An analysis as JSON: one shape on the command line and in the API.
#pragma once

#include "core/json_writer.h"
#include "model/analysis.h"

namespace tidings {

// The members of an object, which the caller begins and ends: language, topics, sentiment,
// entities, places, countries, keyphrases, summary, quotations, targets, sentences, words,
// reading_time_s. What is not known is left out; lists that may be empty stand there empty.
// Explained, every score has its evidence beside it, as far as the analysis holds it.
void write_analysis(JsonWriter& json, const Analysis& analysis, Explain explain = Explain::No);

}  // namespace tidings
