// Files of the search index in memory.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/mutex.h"
#include "ports/index_files.h"

namespace tidings::memory {

class MemoryIndexFiles final : public IndexFiles {
 public:
  Result<std::unique_ptr<IndexFileWriter>> create(std::string_view name) override;
  Result<std::unique_ptr<IndexFile>> open(std::string_view name) const override;
  Result<void> replace(std::string_view name, std::string_view bytes) override;
  Result<void> remove(std::string_view name) override;
  Result<std::vector<std::string>> list() const override;

 private:
  void put(const std::string& name, std::shared_ptr<const std::string> bytes);

  class Writer;
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> files_ GUARDED_BY(mutex_);
};

}  // namespace tidings::memory
