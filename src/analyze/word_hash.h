// One number for a word.
#pragma once

#include <cstdint>
#include <string_view>

namespace tidings::analyze {

// FNV-1a of a lower-cased word. A name of several words has the hash that grows word by word:
// joined_hash(word_hash("new"), word_hash("york")).
constexpr std::uint32_t word_hash(std::string_view lower) {
  std::uint32_t hash = 0x811c9dc5;
  for (const char c : lower) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

constexpr std::uint32_t joined_hash(std::uint32_t before, std::uint32_t word) {
  const std::uint32_t hash = (before ^ (word * 0x9E3779B1U)) * 0x85EBCA6BU;
  return hash ^ (hash >> 15U);
}

}  // namespace tidings::analyze
