#include "adapters/memory/memory_index_files.h"

#include <utility>

namespace tidings::memory {
namespace {

class HeldFile final : public IndexFile {
 public:
  explicit HeldFile(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
  std::string_view bytes() const override { return *bytes_; }

 private:
  std::shared_ptr<const std::string> bytes_;
};

}  // namespace

class MemoryIndexFiles::Writer final : public IndexFileWriter {
 public:
  Writer(MemoryIndexFiles& files, std::string name) : files_(files), name_(std::move(name)) {}
  Result<void> append(std::string_view bytes) override {
    bytes_.append(bytes);
    return {};
  }
  Result<void> finish() override {
    files_.put(name_, std::make_shared<const std::string>(std::move(bytes_)));
    return {};
  }

 private:
  MemoryIndexFiles& files_;
  std::string name_, bytes_;
};

void MemoryIndexFiles::put(const std::string& name, std::shared_ptr<const std::string> bytes) {
  const MutexLock lock(mutex_);
  files_[name] = std::move(bytes);
}

Result<std::unique_ptr<IndexFileWriter>> MemoryIndexFiles::create(std::string_view name) {
  return std::unique_ptr<IndexFileWriter>(std::make_unique<Writer>(*this, std::string(name)));
}

Result<std::unique_ptr<IndexFile>> MemoryIndexFiles::open(std::string_view name) const {
  const MutexLock lock(mutex_);
  const auto found = files_.find(name);
  if (found == files_.end()) return not_found(std::string(name) + ": no such file of the index");
  return std::unique_ptr<IndexFile>(std::make_unique<HeldFile>(found->second));
}

Result<void> MemoryIndexFiles::replace(std::string_view name, std::string_view bytes) {
  put(std::string(name), std::make_shared<const std::string>(bytes));
  return {};
}

Result<void> MemoryIndexFiles::remove(std::string_view name) {
  const MutexLock lock(mutex_);
  const auto found = files_.find(name);
  if (found != files_.end()) files_.erase(found);
  return {};
}

Result<std::vector<std::string>> MemoryIndexFiles::list() const {
  const MutexLock lock(mutex_);
  std::vector<std::string> names;
  names.reserve(files_.size());
  for (const auto& [name, bytes] : files_) names.push_back(name);
  return names;
}

}  // namespace tidings::memory
