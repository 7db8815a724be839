// How words of names are written, and what stands between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::analyze {

// What parts a word from the one before it.
enum class Gap : std::uint8_t {
  Start,  // the first word of a sentence
  Space,
  Hyphen,
  Ampersand,
  Point,  // "J. Edgar"
  Comma,
  Opening,  // a bracket
  Closing,
  Quote,
  Other,
  Elision,  // "l'Italie"
};

// Of the text between two words.
Gap gap_of(std::string_view between);

// Bytes of "'s", of "’s" or of the apostrophe of "Jones'" at the end of a word.
std::size_t possessive_bytes(std::string_view written);

// "Aa", "A", "0", "." and "-" in their order, repetitions once: "McDonald" is "AaAa", "F-16" is two
// words.
std::uint32_t shape_of(std::string_view written);

}  // namespace tidings::analyze
