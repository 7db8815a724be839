// Sources as JSON: the one shape that the API and `tidings feeds list` share.
#pragma once

#include "core/json_writer.h"
#include "model/source.h"

namespace tidings::serve {

// An object with settings, health and times; absent values are left out.
void write_source(JsonWriter& json, const Source& source);

}  // namespace tidings::serve
