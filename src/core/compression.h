// gzip, brotli and zstd, each way, never growing past a stated size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings {

enum class Compression { Gzip, Brotli, Zstd };

// Whether bytes begin as a gzip file does (RFC 1952 §2.3.1).
bool is_gzip(std::string_view bytes);

// `level` is the codec's own scale. Cannot fail on valid levels.
std::string compress(std::string_view bytes, Compression codec, int level);

// InvalidInput (code "too_large") when the result would pass `size_max`; Corrupt when the bytes are
// not of the codec.
Result<std::string> decompress(std::string_view bytes, Compression codec, std::size_t size_max);

}  // namespace tidings
