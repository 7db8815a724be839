// One object as one file: its bytes, then a checksum, written so that readers see all of it or
// nothing.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::filesystem {

// The checksum (XXH3-64, little-endian) is a zstd skippable frame (RFC 8878 §3.1.2), so that `zstd
// -d` reads a stored .zst file as it stands.
inline constexpr std::size_t kTrailerBytes = 16;

std::string trailer_of(std::string_view bytes);

// The bytes without the trailer. Corrupt when the trailer is missing or does not fit.
Result<std::string> without_trailer(std::string contents);

}  // namespace tidings::filesystem
