// Which blocks of a page repeat a text that is known to be the article's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::extract {

// Letters and digits of a text (ASCII in lower case), so that quotes and spaces do not matter.
std::string essence_of(std::string_view text);

// Made of the text that a page's metadata give for its article. Looks a block up by pieces of
// kPieceBytes of its essence: linear time, however the two differ.
class Evidence {
 public:
  static constexpr std::size_t kPieceBytes = 24;
  static constexpr std::size_t kBytesMax = 400'000;  // more of the known text is not looked at

  explicit Evidence(std::string_view known_text);

  // Too short a text proves nothing.
  bool is_usable() const { return essence_bytes_ >= 200; }
  std::size_t essence_bytes() const { return essence_bytes_; }

  // Bytes of the block's essence that stand in the known text as well; a block shorter than a
  // piece has none.
  std::size_t confirmed_bytes(std::string_view block_essence) const;

 private:
  std::vector<std::uint64_t> hashes_;  // of every piece, sorted
  std::size_t essence_bytes_ = 0;
};

}  // namespace tidings::extract
