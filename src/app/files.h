// Whole files and standard input as strings, with errors that name the file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::app {

// `path` "-" is standard input. InvalidInput when it cannot be read or is larger than `bytes_max`.
Result<std::string> read_input(const std::string& path, std::size_t bytes_max);

// To standard output. Unavailable when it cannot be written (the reader went away, the disk is
// full).
Result<void> write_output(std::string_view text);

}  // namespace tidings::app
