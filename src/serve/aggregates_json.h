// Counts by what articles have, as JSON.
#pragma once

#include <string_view>
#include <vector>

#include "core/json_writer.h"
#include "core/result.h"
#include "ports/search_index.h"
#include "serve/parameters.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// "topic,language": at most six. InvalidInput names those that there are.
Result<std::vector<Dimension>> dimensions_asked(const Parameters& parameters,
                                                std::string_view name);

// A name as people know it: of a topic its label, of a source its title.
Result<std::string> label_of(Dimension dimension, const NamedCounts& counts,
                             SourceDirectory& sources);

// "Sport" of "medtop:15000000"; empty for what is no topic.
std::string topic_label(std::string_view code);

// articles, and tone where there is one: the fields of an open object.
void write_bucket_fields(JsonWriter& json, const Bucket& bucket);

// "facets": {"topic": [{"name","label","articles","tone"}, …], …}.
Result<void> write_facets(JsonWriter& json, const Aggregates& aggregates, SourceDirectory& sources);

}  // namespace tidings::serve
