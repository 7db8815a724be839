// The [fields] of a connector file: where in an answer the parts of an entry stand.
#pragma once

#include "connectors/connector.h"
#include "connectors/toml_table.h"

namespace tidings::connectors {

FieldRules read_fields(TomlTable table);

}  // namespace tidings::connectors
