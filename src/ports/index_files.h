// Where the files of a search index lie. Adapters: filesystem (memory-mapped), memory, faulty.
// Every adapter passes tests/contract/index_files_contract.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings {

// A file that is there, whole. The bytes stay where they are as long as this lives, also when the
// file is removed meanwhile.
class IndexFile {
 public:
  virtual ~IndexFile() = default;
  virtual std::string_view bytes() const = 0;
  // What was read of it so far need not stay in this process's memory; it can be read again.
  virtual void release_pages() const {}
};

// A file that is being written. After a crash it may be gone, or be there in part, unless a
// replace() of any file came after finish().
class IndexFileWriter {
 public:
  virtual ~IndexFileWriter() = default;
  virtual Result<void> append(std::string_view bytes) = 0;
  virtual Result<void> finish() = 0;
};

// Names are of [a-z0-9.-], at most 64 bytes. Unavailable (code "disk_full" where it is) when it
// cannot write. Safe to call from many threads, for different files.
class IndexFiles {
 public:
  virtual ~IndexFiles() = default;

  // Anew: who has the file open that was there keeps its bytes.
  virtual Result<std::unique_ptr<IndexFileWriter>> create(std::string_view name) = 0;
  virtual Result<std::unique_ptr<IndexFile>> open(std::string_view name) const = 0;  // NotFound
  // Whoever opens it finds the old bytes or the new ones, also after a crash; the new ones once
  // this returned success. After a failure either may be there.
  virtual Result<void> replace(std::string_view name, std::string_view bytes) = 0;
  virtual Result<void> remove(std::string_view name) = 0;  // success when it was not there
  virtual Result<std::vector<std::string>> list() const = 0;
};

}  // namespace tidings
