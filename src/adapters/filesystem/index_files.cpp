#include "adapters/filesystem/index_files.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "adapters/filesystem/folder.h"

namespace tidings::filesystem {
namespace {

constexpr int kNewFile = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
constexpr int kOldFile = O_RDONLY | O_NOFOLLOW | O_CLOEXEC;
constexpr mode_t kFileMode = 0600;

class MappedFile final : public IndexFile {
 public:
  MappedFile(void* begin, std::size_t size) : begin_(begin), size_(size) {}
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() override {
    if (begin_ != nullptr) munmap(begin_, size_);
  }
  std::string_view bytes() const override { return {static_cast<const char*>(begin_), size_}; }

 private:
  void* begin_;
  std::size_t size_;
};

class WrittenFile final : public IndexFileWriter {
 public:
  WrittenFile(File file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  Result<void> append(std::string_view bytes) override {
    return with_context(write_all(file_, bytes, {}), name_);
  }
  Result<void> finish() override {
    if (fdatasync(file_.get()) != 0) return system_error(name_);
    return {};
  }

 private:
  File file_;
  std::string name_;
};

// Never the file that was there, cut to nothing: who has it mapped would fall into the hole.
Result<File> new_file(const File& folder, const std::string& path) {
  if (unlinkat(folder.get(), path.c_str(), 0) != 0 && errno != ENOENT) return system_error(path);
  File file(openat(folder.get(), path.c_str(), kNewFile, kFileMode));
  if (!file) return system_error(path);
  return file;
}

}  // namespace

Result<std::unique_ptr<FilesystemIndexFiles>> FilesystemIndexFiles::open(
    const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return unavailable(folder + ": " + error.message());
  File opened(::open(folder.c_str(), kOpenFolder));
  if (!opened) return system_error(folder);
  return std::unique_ptr<FilesystemIndexFiles>(new FilesystemIndexFiles(std::move(opened)));
}

Result<std::unique_ptr<IndexFileWriter>> FilesystemIndexFiles::create(std::string_view name) {
  std::string path(name);
  File file = TRY(new_file(folder_, path));
  return std::unique_ptr<IndexFileWriter>(
      std::make_unique<WrittenFile>(std::move(file), std::move(path)));
}

Result<std::unique_ptr<IndexFile>> FilesystemIndexFiles::open(std::string_view name) const {
  const std::string path(name);
  const File file(openat(folder_.get(), path.c_str(), kOldFile));
  if (!file && errno == ENOENT) return not_found(path + ": no such file of the index");
  struct stat status{};
  if (!file || fstat(file.get(), &status) != 0) return system_error(path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return std::unique_ptr<IndexFile>(std::make_unique<MappedFile>(nullptr, 0));
  void* begin = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (begin == MAP_FAILED) return system_error(path);
  return std::unique_ptr<IndexFile>(std::make_unique<MappedFile>(begin, size));
}

Result<void> FilesystemIndexFiles::replace(std::string_view name, std::string_view bytes) {
  const std::string path(name), fresh = path + ".new";
  const File file = TRY(new_file(folder_, fresh));
  TRY(with_context(write_all(file, bytes, {}), fresh));
  if (fdatasync(file.get()) != 0) return system_error(fresh);
  if (renameat(folder_.get(), fresh.c_str(), folder_.get(), path.c_str()) != 0)
    return system_error(path);
  if (fsync(folder_.get()) != 0) return system_error(path);  // with what was finished before
  return {};
}

Result<void> FilesystemIndexFiles::remove(std::string_view name) {
  const std::string path(name);
  if (unlinkat(folder_.get(), path.c_str(), 0) != 0 && errno != ENOENT) return system_error(path);
  return {};
}

Result<std::vector<std::string>> FilesystemIndexFiles::list() const {
  std::vector<std::string> names;
  for (FolderEntry& entry : entries(folder_)) {
    if (!entry.is_folder) names.push_back(std::move(entry.name));
  }
  return names;
}

}  // namespace tidings::filesystem
