// Manifests and files of changes that nobody wrote: no crash, and what is read is written so.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "search/document_changes.h"
#include "search/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::search;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // With the checksum that belongs there, else hardly anything would get beyond it.
  const std::uint64_t checksum = seal_of(bytes).checksum;
  std::string sealed(bytes);
  sealed.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  for (const std::string_view one : {bytes, std::string_view(sealed)}) {
    const Result<Manifest> manifest = decode_manifest(one);
    if (!manifest) continue;
    const Result<Manifest> again = decode_manifest(encode(*manifest));
    CHECK(again);
    CHECK(*again == *manifest);
  }
  const auto changes = decode_changes(bytes);
  if (changes) CHECK(*decode_changes(encode(*changes)) == *changes);
  return 0;
}
