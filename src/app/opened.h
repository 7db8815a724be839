// The stores of an installation as commands open them, and how feeds are found in them by what was
// typed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/settings.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::app {

struct Opened {
  Settings settings;
  SystemClock clock;
  std::unique_ptr<Stores> stores;
};

enum class Installation { MustExist, MadeWhenAbsent };

Result<std::unique_ptr<Opened>> open(const Arguments& arguments, Installation installation);

// By its id, or its address. NotFound says how to see those that are there.
Result<Source> find_source(const SourceStore& sources, const std::string& name);

// All that the query selects, whatever its limit.
Result<std::vector<Source>> all_sources(const SourceStore& store, SourceQuery query);

}  // namespace tidings::app
