// Labeled texts as people keep them: one JSON object {"text","label"} a line.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::app {

// Gives each line's text and label to `take`, in order; blank lines are passed over, other fields
// ignored. A label may be a number or a boolean too. `path` "-" is standard input. InvalidInput
// that names the line and what to change, for the first line that is no such object, whose label is
// missing, that is longer than 16 MB, or that `take` refuses; the file's name alone where it cannot
// be read or has no line. Memory: one line.
Result<void> read_labeled_lines(
    const std::string& path,
    const std::function<Result<void>(std::string_view text, std::string_view label)>& take);

}  // namespace tidings::app
