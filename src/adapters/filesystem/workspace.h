// Where a process writes files before they get their names.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "adapters/filesystem/file.h"
#include "core/result.h"

namespace tidings::filesystem {

// A folder of this process below `drafts`, locked for as long as the process lives: what is not
// locked was left behind by one that was killed. Safe to call from many threads.
class Workspace {
 public:
  // Sweeps what others left behind and makes a new one.
  static Result<Workspace> open(const File& drafts);
  Workspace(Workspace&& other) noexcept;
  Workspace& operator=(Workspace&&) = delete;
  ~Workspace();

  int folder() const { return folder_.get(); }
  std::string new_name() { return std::to_string(++count_); }

 private:
  Workspace(int drafts, std::string name, File folder)
      : drafts_(drafts), name_(std::move(name)), folder_(std::move(folder)) {}

  int drafts_;  // borrowed
  std::string name_;
  File folder_;
  std::atomic<std::int64_t> count_ = 0;
};

}  // namespace tidings::filesystem
