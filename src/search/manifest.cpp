#include "search/manifest.h"

#include <cstring>

#include "core/byte_stream.h"

namespace tidings::search {
namespace {

constexpr std::uint32_t kMagic = 0x58444954;  // "TIDX"
// Of the files, and of what decides which terms a text has: others are made anew.
constexpr std::uint32_t kIndexVersion = 3;

void add(ByteWriter& out, const PartSeal& seal) {
  out.add(seal.size_bytes);
  out.add(seal.checksum);
}

Result<PartSeal> read_seal(ByteReader& in) {
  PartSeal seal;
  seal.size_bytes = TRY(in.number<std::uint64_t>());
  seal.checksum = TRY(in.number<std::uint64_t>());
  return seal;
}

Result<Manifest> read_manifest(ByteReader& in) {
  Manifest manifest;
  manifest.cursor = EventSequence(TRY(in.number<std::int64_t>()));
  const auto filled_to = TRY(in.number<std::int64_t>());
  manifest.filled_to = filled_to < 0 ? std::nullopt : std::optional(ArticleId(filled_to));
  manifest.next_number = TRY(in.number<std::uint64_t>());
  const auto segments = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < segments; ++i) {
    SegmentEntry entry;
    entry.number = TRY(in.number<std::uint64_t>());
    entry.documents = TRY(in.number<std::uint32_t>());
    for (PartSeal& seal : entry.seals.parts) seal = TRY(read_seal(in));
    manifest.segments.push_back(entry);
  }
  const auto changes = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < changes; ++i) {
    ChangesEntry entry;
    entry.number = TRY(in.number<std::uint64_t>());
    entry.seal = TRY(read_seal(in));
    manifest.changes.push_back(entry);
  }
  TRY(in.expect_end());
  return manifest;
}

}  // namespace

std::string encode(const Manifest& manifest) {
  ByteWriter out;
  out.add(kMagic);
  out.add(kIndexVersion);
  out.add(to_int(manifest.cursor));
  out.add(manifest.filled_to ? to_int(*manifest.filled_to) : std::int64_t{-1});
  out.add(manifest.next_number);
  out.add(static_cast<std::uint32_t>(manifest.segments.size()));
  for (const SegmentEntry& entry : manifest.segments) {
    out.add(entry.number);
    out.add(entry.documents);
    for (const PartSeal& seal : entry.seals.parts) add(out, seal);
  }
  out.add(static_cast<std::uint32_t>(manifest.changes.size()));
  for (const ChangesEntry& entry : manifest.changes) {
    out.add(entry.number);
    add(out, entry.seal);
  }
  std::string bytes = out.take();
  const std::uint64_t checksum = seal_of(bytes).checksum;
  return bytes.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
}

Result<Manifest> decode_manifest(std::string_view bytes) {
  std::uint64_t checksum = 0;
  if (bytes.size() < sizeof checksum) return corrupt("manifest of the index: ends early");
  const std::string_view content = bytes.substr(0, bytes.size() - sizeof checksum);
  std::memcpy(&checksum, bytes.data() + content.size(), sizeof checksum);
  if (seal_of(content).checksum != checksum)
    return corrupt("manifest of the index: not the bytes that were written (checksum)");
  ByteReader in(content);
  const auto magic = TRY(in.number<std::uint32_t>());
  const auto version = TRY(in.number<std::uint32_t>());
  if (magic != kMagic || version != kIndexVersion)
    return Error{ErrorKind::InvalidInput, "another version of the program made the index",
                 "index_version"};
  return with_context(read_manifest(in), "manifest of the index");
}

}  // namespace tidings::search
