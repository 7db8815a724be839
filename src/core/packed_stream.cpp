#include "core/packed_stream.h"

#include <cstddef>

#include "core/compression.h"

namespace tidings {
namespace {

constexpr std::size_t kBlockBytes = 1'000'000;  // before they are compressed
constexpr int kZstdLevel = 1;

}  // namespace

std::string pack_stream(std::string_view name, const std::function<void(ByteWriter&)>& save) {
  ByteWriter blocks;
  ByteWriter out(
      [&](std::string_view block) {
        blocks.add(std::string_view(compress(block, Compression::Zstd, kZstdLevel)));
      },
      kBlockBytes);
  out.add(name);
  save(out);
  out.flush();
  return blocks.take();
}

// A block passes its size by one addition.
Result<std::string_view> PackedBlocks::next() {
  if (blocks_.left() == 0) return std::string_view();
  block_ = TRY(decompress(TRY(blocks_.text()), Compression::Zstd, 2 * kBlockBytes));
  return std::string_view(block_);
}

}  // namespace tidings
