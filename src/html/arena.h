// Memory for a tree: handed out in a row and given back all at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tidings::html {

// Chunks double up to 1 MiB, so that small documents stay small. Throws std::bad_alloc alone.
class Arena {
 public:
  void* allocate(std::size_t size) {
    constexpr std::size_t kAlignment = alignof(void*);
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (size > room_) add_chunk(size);
    std::byte* memory = next_;
    next_ += size;
    room_ -= size;
    return memory;
  }

  // Nothing that is made here is destroyed.
  template <class T>
  T* make() {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(void*));
    return new (allocate(sizeof(T))) T();
  }

  template <class T>
  T* make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(void*));
    T* array = static_cast<T*>(allocate(count * sizeof(T)));
    std::uninitialized_value_construct_n(array, count);
    return array;
  }

  char* make_chars(std::size_t count) { return static_cast<char*>(allocate(count)); }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* chars = make_chars(text.size());
    std::memcpy(chars, text.data(), text.size());
    return {chars, text.size()};
  }

 private:
  void add_chunk(std::size_t size_min) {
    constexpr std::size_t kFirstBytes = 4096;
    constexpr std::size_t kChunkBytesMax = 1024 * 1024;
    chunk_bytes_ = chunks_.empty() ? kFirstBytes : std::min(chunk_bytes_ * 2, kChunkBytesMax);
    const std::size_t size = std::max(size_min, chunk_bytes_);
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    next_ = chunks_.back().get();
    room_ = size;
  }

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* next_ = nullptr;
  std::size_t room_ = 0;
  std::size_t chunk_bytes_ = 0;
};

}  // namespace tidings::html
