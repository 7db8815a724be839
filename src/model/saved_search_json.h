// A saved search as JSON: one shape for the API and the command line.
#pragma once

#include "core/json_writer.h"
#include "model/saved_search.h"

namespace tidings {

// An object; absent values are left out.
void write_saved_search(JsonWriter& json, const SavedSearch& search);

}  // namespace tidings
