// Files that people put onto this machine for us: documents and mailboxes. Adapter: filesystem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace tidings {

struct LocalFile {
  std::string name;  // its path below the folder, with '/'
  std::int64_t size_bytes = 0;
  Time changed_at{};   // when it came here or was last written: its own times may be older
  Time modified_at{};  // when its content was last written, as its maker says
};

// Safe to call from many threads. Symbolic links are never followed out of the folder that is
// named.
class LocalFiles {
 public:
  virtual ~LocalFiles() = default;

  // Regular files in the folder and below, at most eight folders deep, that changed after `after`,
  // those that changed first first; of more than `limit` the first ones. Names that begin with '.'
  // or end with "~", ".part", ".tmp" or ".crdownload" are still being written or nobody's, and are
  // passed over. NotFound; Unavailable with the reason.
  virtual Result<std::vector<LocalFile>> list(const std::string& folder, Time after,
                                              std::size_t limit) const = 0;

  // One file, `name` below `folder`. NotFound; Unavailable.
  virtual Result<LocalFile> look_at(const std::string& folder, const std::string& name) const = 0;

  // At most `bytes_max` bytes of `name` below `folder`, from `offset` on. NotFound; Unavailable.
  virtual Result<std::string> read(const std::string& folder, const std::string& name,
                                   std::int64_t offset, std::size_t bytes_max) const = 0;
};

}  // namespace tidings
