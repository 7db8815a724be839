// Secrets as they are typed: never in an argument, where every process of the machine can read
// them.
#pragma once

#include <string_view>

#include "core/result.h"
#include "core/secret_text.h"

namespace tidings::app {

// From standard input: a line that is asked for without echo where that is a terminal, else
// everything there is, without the line's end. InvalidInput for nothing, for more than 64 kB, and
// for a terminal that cannot be kept from showing it.
Result<SecretText> read_secret(std::string_view prompt);

}  // namespace tidings::app
