// The options that every command with stores takes: --config, --data, --database, --port, --roles
// and --set.
#pragma once

#include "app/command_line.h"
#include "app/settings.h"

namespace tidings::app {

// A usage error where load_settings fails, and for a --set that is not KEY=VALUE.
Result<Settings> settings_from(const Arguments& arguments);

}  // namespace tidings::app
