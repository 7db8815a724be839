// What publishers sent, kept as it came, and what was read of documents beside it.
#pragma once

#include <string_view>

#include "core/ids.h"
#include "core/time.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

// "raw/<source>/<yyyy>/<mm>/<dd>/<sha256>.zst", the day by `now` in UTC.
Object raw_object(SourceId source, std::string_view payload, Time now);

// "processed/<source>/<yyyy>/<mm>/<dd>/<sha256 of the payload>.json.zst": so that a payload and
// what was read of it are found by each other.
Object processed_object(SourceId source, std::string_view payload, std::string_view json, Time now);

}  // namespace tidings::pipeline
