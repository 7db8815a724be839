// Queries in a file, a line each, as `tidings match` takes them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "search/standing.h"

namespace tidings::app {

// The lines of one file, as standing queries whose ids are places in `names_json`.
struct QueryLines {
  search::StandingQueries standing;
  std::vector<std::string> names_json;  // a text or a number
  std::size_t faults = 0;               // lines that could not be used, which were told
};

// A line is a name, a tab and a query; a query that is its own name; or {"id","query"}. Names are
// each once. `now` is what times such as 7d count from. Lines that cannot be read are told on
// standard error with their number, and cost only themselves. InvalidInput where the file cannot be
// read.
Result<QueryLines> read_query_lines(const std::string& path, Time now);

}  // namespace tidings::app
