#include "search/segment_parts.h"

#include <utility>

#include <fmt/format.h>

namespace tidings::search {
namespace {

constexpr std::array<std::string_view, kParts> kNames = {"terms", "postings", "positions",
                                                         "columns"};

}  // namespace

std::string part_name(std::uint64_t segment, Part part) {
  return fmt::format("{}.{}", segment, kNames[static_cast<std::size_t>(part)]);
}

Result<SegmentOutput> SegmentOutput::to_files(IndexFiles& files, std::uint64_t segment) {
  SegmentOutput output;
  for (std::size_t i = 0; i < kParts; ++i) {
    output.writers_[i] = PartWriter(TRY(files.create(part_name(segment, static_cast<Part>(i)))));
  }
  return output;
}

void SegmentOutput::copy(const SegmentBytes& bytes) {
  for (std::size_t i = 0; i < kParts; ++i) writers_[i].append(bytes[static_cast<Part>(i)]);
}

Result<SegmentSeals> SegmentOutput::finish() {
  SegmentSeals seals;
  for (std::size_t i = 0; i < kParts; ++i) seals.parts[i] = TRY(writers_[i].finish());
  return seals;
}

SegmentBytes SegmentBytes::of_memory(SegmentOutput output) {
  SegmentBytes bytes;
  for (std::size_t i = 0; i < kParts; ++i) bytes.texts_[i] = output[static_cast<Part>(i)].take();
  return bytes;
}

Result<SegmentBytes> SegmentBytes::open(const IndexFiles& files, std::uint64_t segment,
                                        const SegmentSeals& seals) {
  SegmentBytes bytes;
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string name = part_name(segment, static_cast<Part>(i));
    bytes.files_[i] = TRY(files.open(name));
    if (seal_of(bytes.files_[i]->bytes()) != seals.parts[i])
      return corrupt(name + ": not the bytes that were written (checksum)");
    bytes.files_[i]->release_pages();  // all were read, few are asked for
  }
  return bytes;
}

std::string_view SegmentBytes::operator[](Part part) const {
  const auto i = static_cast<std::size_t>(part);
  return files_[i] ? files_[i]->bytes() : std::string_view(texts_[i]);
}

std::uint64_t SegmentBytes::size() const {
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < kParts; ++i) size += (*this)[static_cast<Part>(i)].size();
  return size;
}

}  // namespace tidings::search
