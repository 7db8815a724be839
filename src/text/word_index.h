// Each different word once, with the bytes it is made of: what a text's forms and stems are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tidings::text {

// Bytes that stay where they are as long as the arena lives, wherever it is moved.
class TextArena {
 public:
  std::string_view keep(std::string_view bytes);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

// A hash with a seed of the process's own, so that nobody can choose words that collide.
std::uint32_t word_hash(std::string_view word);

// Numbers different words 0, 1, 2, … in the order they come. Words are borrowed.
class WordIndex {
 public:
  explicit WordIndex(std::size_t words_expected);

  struct Place {
    std::uint32_t number = 0;
    bool is_new = false;
  };
  // `keep` is called for a word that is not there yet and returns the same bytes where they last.
  template <typename Keep>
  Place find_or_add(std::string_view word, Keep&& keep) {
    if (size_ * 2 >= slots_.size()) grow();
    const std::uint32_t hash = word_hash(word);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].data != nullptr; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == hash && slots_[at].word() == word) return {slots_[at].number, false};
    }
    const std::string_view kept = keep(word);
    slots_[at] = {.data = kept.data(),
                  .size = static_cast<std::uint32_t>(kept.size()),
                  .hash = hash,
                  .number = static_cast<std::uint32_t>(size_)};
    return {static_cast<std::uint32_t>(size_++), true};
  }

 private:
  struct Slot {
    const char* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
    std::uint32_t number = 0;

    std::string_view word() const { return {data, size}; }
  };
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::size_t size_ = 0;
};

}  // namespace tidings::text
