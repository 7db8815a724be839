// A stream of bytes that may be longer than memory: parts that repeat.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::publisher {

struct Piece {
  static constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();
  std::string bytes;
  std::uint64_t times = 1;
};

class Pieces {
 public:
  Pieces() = default;
  explicit Pieces(const std::vector<Piece>& pieces);

  bool empty() const { return parts_.empty(); }
  // Bytes that stand at `offset`, up to the end of a repetition; empty beyond the last one.
  std::string_view at(std::uint64_t offset) const;

 private:
  struct Part {
    std::string bytes;       // several repetitions where the piece is short
    std::uint64_t size = 0;  // of all repetitions, saturating
  };
  std::vector<Part> parts_;
};

}  // namespace tidings::publisher
