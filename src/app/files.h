// Whole files and the standard streams as strings, with errors that name the file.
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

// To standard error. Where that cannot be written there is nobody left to tell, and nothing
// happens.
void write_error(std::string_view text);

// A standard stream that was closed at the start fails when it is used, and its number is never
// given to a file of ours: an error message would land in the database.
void hold_standard_streams();

}  // namespace tidings::app
