// Which documents of a window match: questions are answered window by window, so that what is
// worked on stays in the nearest cache.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace tidings::search {

inline constexpr std::uint32_t kWindowDocuments = 2048;

// Documents [begin, end) of a segment, at most kWindowDocuments.
struct Window {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  // What is not in it gives a number that is too large.
  std::uint32_t place(std::uint32_t document) const { return document - begin; }
  std::uint32_t size() const { return end - begin; }
};

class DocumentSet {
 public:
  // Of a window that is smaller it costs less.
  explicit DocumentSet(Window window) : used_((window.size() + 63) / 64) {
    std::fill_n(words_.begin(), used_, std::uint64_t{0});
  }

  void set_all(std::uint32_t count) { set_range(0, count); }
  void set_range(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end;) {
      const std::uint32_t stop = std::min(end, (at / 64 + 1) * 64);
      const std::uint64_t ones = ~std::uint64_t{0} >> (64 - (stop - at));
      words_[at / 64] |= ones << (at % 64);
      at = stop;
    }
  }
  void set(std::uint32_t place) { words_[place / 64] |= std::uint64_t{1} << (place % 64); }
  void reset(std::uint32_t place) { words_[place / 64] &= ~(std::uint64_t{1} << (place % 64)); }
  bool has(std::uint32_t place) const { return (words_[place / 64] >> (place % 64) & 1) != 0; }

  bool empty() const {
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < used_; ++i) any |= words_[i];
    return any == 0;
  }
  // Cheaper than counting them all.
  bool has_more_than(std::uint32_t limit) const {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < used_; ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        if (++count > limit) return true;
      }
    }
    return false;
  }
  std::uint32_t count() const {
    int count = 0;
    for (std::size_t i = 0; i < used_; ++i) count += std::popcount(words_[i]);
    return static_cast<std::uint32_t>(count);
  }
  DocumentSet& operator&=(const DocumentSet& other) {
    for (std::size_t i = 0; i < used_; ++i) words_[i] &= other.words_[i];
    return *this;
  }
  DocumentSet& operator|=(const DocumentSet& other) {
    for (std::size_t i = 0; i < used_; ++i) words_[i] |= other.words_[i];
    return *this;
  }
  void remove(const DocumentSet& other) {
    for (std::size_t i = 0; i < used_; ++i) words_[i] &= ~other.words_[i];
  }

  // Calls `each` with every place that is set, ascending.
  template <class Each>
  void each(Each&& each) const {
    for (std::size_t i = 0; i < used_; ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        each(static_cast<std::uint32_t>(i * 64) +
             static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }
  std::span<std::uint64_t> words() { return {words_.data(), used_}; }

 private:
  std::array<std::uint64_t, kWindowDocuments / 64> words_;
  std::size_t used_;
};

}  // namespace tidings::search
