// One item of an API's list as an entry, by the rules of its connector.
#pragma once

#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/json_values.h"
#include "model/feed.h"

namespace tidings::connectors {

// A field that cannot be read is left out, and `problems` says why: it costs only itself.
Entry read_entry(const Connector& connector, JsonValue item, std::vector<std::string>& problems);

}  // namespace tidings::connectors
