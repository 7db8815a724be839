// How long an article takes to read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::analyze {

// Seconds, rounded up; 0 for nothing. Silent reading of the language by adults (Brysbaert 2019:
// English 238 words a minute; Trauzettel-Klosinski and others 2012 for the ratios to English).
std::int32_t reading_time_s(std::size_t words, std::string_view language);

}  // namespace tidings::analyze
