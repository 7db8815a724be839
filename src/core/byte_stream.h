// Numbers and texts one after the other, for what is kept between two runs: little-endian, fixed
// width, texts after their length (u32).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/result.h"

namespace tidings {

// With a sink it hands on what was added in blocks of about so many bytes, parted between two
// additions: what is large never lies in memory whole.
class ByteWriter {
 public:
  using Sink = std::function<void(std::string_view block)>;

  ByteWriter() = default;
  ByteWriter(Sink sink, std::size_t block_bytes)
      : sink_(std::move(sink)), block_bytes_(block_bytes) {}

  template <class Number>
    requires std::is_arithmetic_v<Number>
  void add(Number number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    if (bytes_.size() >= block_bytes_) flush();
  }
  void add(std::string_view text) {
    add(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
    if (bytes_.size() >= block_bytes_) flush();
  }
  // At the end, where there is a sink.
  void flush() {
    if (!bytes_.empty()) sink_(bytes_);
    bytes_.clear();
  }
  std::string take() { return std::move(bytes_); }

 private:
  Sink sink_;
  std::size_t block_bytes_ = std::numeric_limits<std::size_t>::max();
  std::string bytes_;
};

// Borrows the bytes, or each block until it asks for the next one. Corrupt where they end early.
class ByteReader {
 public:
  using Source = std::function<Result<std::string_view>()>;  // the next block; empty: the end

  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  explicit ByteReader(Source source) : source_(std::move(source)) {}

  template <class Number>
    requires std::is_arithmetic_v<Number>
  Result<Number> number() {
    std::array<char, sizeof(Number)> bytes;
    std::ranges::copy(TRY(take(bytes.size())), bytes.begin());
    return std::bit_cast<Number>(bytes);
  }
  Result<std::string> text() { return std::string(TRY(take(TRY(number<std::uint32_t>())))); }
  // Corrupt where anything is left.
  Result<void> expect_end() {
    TRY(refill());
    if (!rest_.empty()) return corrupt("more was kept than belongs there");
    return {};
  }
  // Of these bytes, or of this block.
  std::size_t left() const { return rest_.size(); }

 private:
  Result<void> refill() {
    if (rest_.empty() && source_) rest_ = TRY(source_());
    return {};
  }
  Result<std::string_view> take(std::size_t size) {
    if (size > 0) TRY(refill());
    if (size > rest_.size()) return corrupt("what was kept ends early");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  Source source_;
  std::string_view rest_;
};

}  // namespace tidings
