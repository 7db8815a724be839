// Files of the search index in one folder, read as memory.
#pragma once

#include <memory>
#include <string>

#include "adapters/filesystem/file.h"
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
  explicit FilesystemIndexFiles(File folder) : folder_(std::move(folder)) {}
  File folder_;
};

}  // namespace tidings::filesystem
