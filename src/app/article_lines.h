// Articles in a file or on standard input, a line of JSON each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyze/article_line.h"
#include "core/result.h"

namespace tidings::app {

// Calls `use` for each article, in order; what it appends to `out` is printed once enough of it has
// gathered or the input pauses, and what it returns are faults of that line. A line that cannot be
// read is one too: faults are told on standard error with the line's number, and cost only
// themselves. InvalidInput at the end if there was one, or where the file cannot be read.
using UseArticleLine =
    std::function<std::vector<std::string>(const analyze::ArticleLine& line, std::string& out)>;
Result<void> use_article_lines(const UseArticleLine& use, const std::string& path = "-");

}  // namespace tidings::app
