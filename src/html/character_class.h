// What a byte may mean to the tokenizer, looked up and not asked for one by one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::html {

enum CharacterClass : std::uint8_t {
  kSpaceChar = 1,          // tab, line feed, form feed, carriage return, space
  kEndsTagName = 2,        // a space, '/' or '>'
  kEndsAttributeName = 4,  // a space, '/', '>' or '='
  kNeedsLowering = 8,      // a capital, or NUL
  kNeedsDecoding = 16,     // '&', a carriage return, or NUL
  kEndsBareValue = 32,     // a space or '>'
};

inline constexpr std::array<std::uint8_t, 256> kCharacterClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto add = [&classes](std::string_view characters, int flags) {
    for (const char c : characters)
      classes[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(flags);
  };
  add("\t\n\f\r ", kSpaceChar | kEndsTagName | kEndsAttributeName | kEndsBareValue);
  add("/", kEndsTagName | kEndsAttributeName);
  add(">", kEndsTagName | kEndsAttributeName | kEndsBareValue);
  add("=", kEndsAttributeName);
  add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", kNeedsLowering);
  add(std::string_view("\0", 1), kNeedsLowering | kNeedsDecoding);
  add("&\r", kNeedsDecoding);
  return classes;
}();

constexpr bool has_class(char c, int flags) {
  return (kCharacterClasses[static_cast<unsigned char>(c)] & flags) != 0;
}

// Where one of these next stands; the size of the text when none does.
inline std::size_t find_class(std::string_view text, int flags, std::size_t from = 0) {
  while (from < text.size() && !has_class(text[from], flags)) ++from;
  return from;
}

}  // namespace tidings::html
