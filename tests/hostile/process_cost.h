// What this process holds: memory and file descriptors.
#pragma once

#include <cstddef>

namespace tidings::hostile {

std::size_t resident_bytes();
std::size_t open_descriptors();

// What is held beyond what was there at its beginning, at the most. Of the whole process: for one
// thing at a time.
class CostWatch {
 public:
  CostWatch();

  // Often: descriptors are counted when this is called, memory is by the kernel, all the time.
  void look();
  std::size_t resident_growth() const { return resident_growth_; }
  std::size_t descriptors_growth() const { return descriptors_growth_; }

 private:
  std::size_t resident_before_, descriptors_before_;
  std::size_t resident_growth_ = 0, descriptors_growth_ = 0;
};

}  // namespace tidings::hostile
