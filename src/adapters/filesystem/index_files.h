// Files of the search index in one folder, read as memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/filesystem/file.h"
#include "core/mutex.h"
#include "ports/index_files.h"

namespace tidings::filesystem {

class FilesystemIndexFiles final : public IndexFiles {
 public:
  // Makes the folder where it is missing. Unavailable when it cannot.
  static Result<std::unique_ptr<FilesystemIndexFiles>> open(const std::string& folder);

  Result<std::unique_ptr<IndexFileWriter>> create(std::string_view name) override;
  Result<std::unique_ptr<IndexFile>> open(std::string_view name) const override;
  Result<void> replace(std::string_view name, std::string_view bytes) override;
  Result<void> remove(std::string_view name) override;
  Result<std::vector<std::string>> list() const override;

 private:
  class Writer;
  // A finished file that the disk may not have yet.
  struct Unsynced {
    std::string name;
    File file;
    std::optional<Error> failure;  // the system does not tell of it twice
  };
  explicit FilesystemIndexFiles(File folder) : folder_(std::move(folder)) {}

  void sync_later(Unsynced file) EXCLUDES(mutex_);
  void forget(std::string_view name) EXCLUDES(mutex_);
  Result<void> sync_all() EXCLUDES(mutex_);
  Result<File> new_file(const std::string& path);

  const File folder_;
  Mutex mutex_;
  std::vector<Unsynced> unsynced_ GUARDED_BY(mutex_);
};

}  // namespace tidings::filesystem
