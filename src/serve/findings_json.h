// What analyses found, as JSON: the shapes that articles and stories share.
#pragma once

#include <vector>

#include "core/json_writer.h"
#include "model/analysis.h"

namespace tidings::serve {

// Fields of an open object; empty lists are left out.
void write_topics(JsonWriter& json, const std::vector<TopicScore>& topics);  // without evidence
void write_countries(JsonWriter& json, const std::vector<CountryScore>& countries);
void write_evidence(JsonWriter& json, const std::vector<Evidence>& evidence);

}  // namespace tidings::serve
