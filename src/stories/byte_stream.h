// Numbers and texts one after the other, for what is kept between two runs: little-endian, fixed
// width, texts after their length (u32).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/result.h"

namespace tidings::stories {

class ByteWriter {
 public:
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void add(Number number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void add(std::string_view text) {
    add(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Borrows the bytes. Corrupt where they end early.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class Number>
    requires std::is_arithmetic_v<Number>
  Result<Number> number() {
    std::array<char, sizeof(Number)> bytes;
    std::ranges::copy(TRY(take(bytes.size())), bytes.begin());
    return std::bit_cast<Number>(bytes);
  }
  Result<std::string_view> text() { return take(TRY(number<std::uint32_t>())); }
  bool is_at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  Result<std::string_view> take(std::size_t size) {
    if (size > rest_.size()) return corrupt("what was kept of stories ends early");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace tidings::stories
