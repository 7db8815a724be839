// What is large and kept between two runs: numbers and texts in blocks, each compressed by itself,
// so that it never lies in memory whole but for its compressed form.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/byte_stream.h"
#include "core/result.h"

namespace tidings {

// What `save` adds, under a name that says what it is and in which form.
std::string pack_stream(std::string_view name, const std::function<void(ByteWriter&)>& save);

// Of what pack_stream made; borrows it.
class PackedBlocks {
 public:
  explicit PackedBlocks(std::string_view bytes) : blocks_(bytes) {}
  // Until the next call; empty at the end. Corrupt: other bytes.
  Result<std::string_view> next();

 private:
  ByteReader blocks_;
  std::string block_;
};

// What `restore` makes of it, a Result of a value. Corrupt where pack_stream did not make the
// bytes, under another name, where they end early or where any are left.
template <class Restore>
std::invoke_result_t<Restore, ByteReader&> unpack_stream(std::string_view bytes,
                                                         std::string_view name, Restore&& restore) {
  PackedBlocks blocks(bytes);
  ByteReader in([&] { return blocks.next(); });
  if (TRY(in.text()) != name) return corrupt("this is no '" + std::string(name) + "'");
  auto restored = TRY(std::forward<Restore>(restore)(in));
  TRY(in.expect_end());
  return restored;
}

}  // namespace tidings
