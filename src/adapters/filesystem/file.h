// File descriptors with an owner, and the system's errors as ours.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "core/result.h"

namespace tidings::filesystem {

class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  explicit operator bool() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// From errno: Unavailable, with the code "disk_full" or "io_error".
Error system_error(std::string_view what);

// All of it, whatever the system takes at a time.
Result<void> write_all(const File& file, std::string_view first, std::string_view second);

Result<std::string> read_all(const File& file);

}  // namespace tidings::filesystem
