// One number per publisher over all segments of a snapshot, whose own numbers differ.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "search/columns.h"
#include "search/snapshot.h"

namespace tidings::search {

inline constexpr std::uint32_t kNoPublisher = ~0U;  // it is not known

// Borrows from the snapshot.
class PublisherNumbers {
 public:
  explicit PublisherNumbers(const Snapshot& snapshot);

  std::uint32_t of(std::size_t segment, std::uint32_t document) const {
    const OfSegment& here = segments_[segment];
    const std::uint32_t number = here.column->at(document);
    return number < here.numbers.size() ? here.numbers[number] : kNoPublisher;
  }
  std::string_view name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }

 private:
  struct OfSegment {
    const NumberColumn* column = nullptr;
    std::vector<std::uint32_t> numbers;  // by the segment's own
  };
  std::vector<OfSegment> segments_;
  std::vector<std::string_view> names_;
};

}  // namespace tidings::search
