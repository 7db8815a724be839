#include "adapters/filesystem/object_file.h"

#include <cstdint>

#include "core/hash.h"

namespace tidings::filesystem {
namespace {

constexpr std::string_view kFrameHead("\x5A\x2A\x4D\x18\x08\x00\x00\x00",
                                      8);  // skippable frame, 8 bytes follow

}  // namespace

std::string trailer_of(std::string_view bytes) {
  std::string trailer(kFrameHead);
  const std::uint64_t checksum = hash64(bytes);
  for (int shift = 0; shift < 64; shift += 8)
    trailer += static_cast<char>(checksum >> shift & 0xFF);
  return trailer;
}

Result<std::string> without_trailer(std::string contents) {
  if (contents.size() < kTrailerBytes) return corrupt("shorter than its checksum");
  const std::string_view bytes(contents.data(), contents.size() - kTrailerBytes);
  if (std::string_view(contents).substr(bytes.size()) != trailer_of(bytes)) {
    return corrupt("its checksum does not fit its bytes");
  }
  contents.resize(bytes.size());
  return contents;
}

}  // namespace tidings::filesystem
