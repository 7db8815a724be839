// Files below a folder of this machine.
#pragma once

#include "ports/local_files.h"

namespace tidings::filesystem {

class FilesystemLocalFiles final : public LocalFiles {
 public:
  Result<std::vector<LocalFile>> list(const std::string& folder, Time after,
                                      std::size_t limit) const override;
  Result<LocalFile> look_at(const std::string& folder, const std::string& name) const override;
  Result<std::string> read(const std::string& folder, const std::string& name, std::int64_t offset,
                           std::size_t bytes_max) const override;
};

}  // namespace tidings::filesystem
