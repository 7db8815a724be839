// Lists that run on within a line: "1. Milk 2. Bread", "a) now b) later".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::text {

// For one thread, from the text's begin to its end.
class ListItems {
 public:
  explicit ListItems(std::string_view text) : text_(text) {}

  // Tells of the first word of a sentence that begins at `sentence_begin`.
  void open_sentence(std::size_t sentence_begin, std::size_t word_begin);
  // Does the list's next item begin at `begin`, where a word or an opening bracket stands?
  bool is_next_item(std::size_t begin) const;

 private:
  enum class Style : std::uint8_t { None, Point, Bracket, PointBracket, Brackets };
  struct Item {
    Style style = Style::None;
    bool is_letter = false;
    std::uint32_t value = 0;
    std::size_t end = 0;  // of the marker
  };
  Item item_at(std::size_t begin) const;

  std::string_view text_;
  Item last_;
};

}  // namespace tidings::text
