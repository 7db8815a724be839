// Digests: SHA-256 where content is named by it, XXH3 where a key only has to be short.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tidings {

// 64 lower-case hexadecimal digits (FIPS 180-4).
std::string sha256_hex(std::string_view bytes);

std::uint64_t hash64(std::string_view bytes);

// 16 bytes, big-endian XXH3-128. Not for secrets or against adversaries that gain by colliding.
using Hash128 = std::array<std::uint8_t, 16>;
Hash128 hash128(std::string_view bytes);

}  // namespace tidings
