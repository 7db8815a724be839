// A segment is four parts: its terms, their postings, positions, and the columns.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "ports/index_files.h"
#include "search/part_writer.h"

namespace tidings::search {

enum class Part : std::uint8_t { Terms, Postings, Positions, Columns };
inline constexpr std::size_t kParts = 4;

struct SegmentSeals {
  std::array<PartSeal, kParts> parts;
  friend bool operator==(const SegmentSeals&, const SegmentSeals&) = default;
};

// "7.terms"
std::string part_name(std::uint64_t segment, Part part);

class SegmentBytes;

// The parts of a segment that is being written.
class SegmentOutput {
 public:
  static SegmentOutput in_memory() { return {}; }
  static Result<SegmentOutput> to_files(IndexFiles& files, std::uint64_t segment);

  // All of it, as it is.
  void copy(const SegmentBytes& bytes);
  PartWriter& operator[](Part part) { return writers_[static_cast<std::size_t>(part)]; }
  Result<SegmentSeals> finish();

 private:
  std::array<PartWriter, kParts> writers_;
};

// The bytes of a segment that is there, and who keeps them.
class SegmentBytes {
 public:
  static SegmentBytes of_memory(SegmentOutput output);
  // Corrupt where a part is not what its seal says: reads them whole.
  static Result<SegmentBytes> open(const IndexFiles& files, std::uint64_t segment,
                                   const SegmentSeals& seals);

  std::string_view operator[](Part part) const;
  std::uint64_t size() const;
  bool is_in_memory() const { return files_[0] == nullptr; }

 private:
  std::array<std::unique_ptr<IndexFile>, kParts> files_;
  std::array<std::string, kParts> texts_;
};

}  // namespace tidings::search
