#include "tests/support/publisher/pieces.h"

#include <algorithm>
#include <utility>

namespace tidings::publisher {
namespace {

// A send per repetition of a few bytes would be slow.
constexpr std::uint64_t kRepeatedBytes = 16 * 1024;

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  std::uint64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? Piece::kEndless : result;
}

}  // namespace

Pieces::Pieces(const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) {
    if (piece.bytes.empty() || piece.times == 0) continue;
    Part part{.bytes = piece.bytes, .size = product(piece.bytes.size(), piece.times)};
    while (part.bytes.size() < kRepeatedBytes && part.bytes.size() < part.size)
      part.bytes += piece.bytes;
    parts_.push_back(std::move(part));
  }
}

std::string_view Pieces::at(std::uint64_t offset) const {
  for (const Part& part : parts_) {
    if (offset < part.size) {
      const std::string_view rest =
          std::string_view(part.bytes).substr(static_cast<std::size_t>(offset % part.bytes.size()));
      return rest.substr(
          0, static_cast<std::size_t>(std::min<std::uint64_t>(rest.size(), part.size - offset)));
    }
    offset -= part.size;
  }
  return {};
}

}  // namespace tidings::publisher
