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
// Files up to there wait for the replace() that they are to count with: one commit of the file
// system's journal then has them all.
constexpr std::uint64_t kSyncedLaterBytes = std::uint64_t{1} << 20;

class MappedFile final : public IndexFile {
 public:
  MappedFile(void* begin, std::size_t size) : begin_(begin), size_(size) {}
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() override {
    if (begin_ != nullptr) munmap(begin_, size_);
  }
  std::string_view bytes() const override { return {static_cast<const char*>(begin_), size_}; }
  void release_pages() const override {
    if (begin_ != nullptr) madvise(begin_, size_, MADV_DONTNEED);  // the system's cache has them
  }

 private:
  void* begin_;
  std::size_t size_;
};

}  // namespace

class FilesystemIndexFiles::Writer final : public IndexFileWriter {
 public:
  Writer(FilesystemIndexFiles& files, File file, std::string name)
      : files_(files), file_(std::move(file)), name_(std::move(name)) {}

  Result<void> append(std::string_view bytes) override {
    size_bytes_ += bytes.size();
    return with_context(write_all(file_, bytes, {}), name_);
  }
  Result<void> finish() override {
    if (size_bytes_ <= kSyncedLaterBytes) {
      files_.sync_later({.name = name_, .file = std::move(file_)});
    } else if (fdatasync(file_.get()) != 0) {
      return system_error(name_);
    }
    return {};
  }

 private:
  FilesystemIndexFiles& files_;
  File file_;
  std::string name_;
  std::uint64_t size_bytes_ = 0;
};

Result<std::unique_ptr<FilesystemIndexFiles>> FilesystemIndexFiles::open(
    const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return unavailable(folder + ": " + error.message());
  File opened(::open(folder.c_str(), kOpenFolder));
  if (!opened) return system_error(folder);
  return std::unique_ptr<FilesystemIndexFiles>(new FilesystemIndexFiles(std::move(opened)));
}

// Never the file that was there, cut to nothing: who has it mapped would fall into the hole.
Result<File> FilesystemIndexFiles::new_file(const std::string& path) {
  TRY(remove(path));
  File file(openat(folder_.get(), path.c_str(), kNewFile, kFileMode));
  if (!file) return system_error(path);
  return file;
}

void FilesystemIndexFiles::sync_later(Unsynced file) {
  // Begun already: what the journal has to wait for is less then.
  sync_file_range(file.file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  const MutexLock lock(mutex_);
  unsynced_.push_back(std::move(file));
}

void FilesystemIndexFiles::forget(std::string_view name) {
  const MutexLock lock(mutex_);
  std::erase_if(unsynced_, [&](const Unsynced& one) { return one.name == name; });
}

// One that lost bytes stays until it is removed: until then nothing is replaced, for it might be
// what the new bytes name.
Result<void> FilesystemIndexFiles::sync_all() {
  const MutexLock lock(mutex_);
  Result<void> synced;
  for (Unsynced& one : unsynced_) {
    if (!one.failure && fdatasync(one.file.get()) != 0) one.failure = system_error(one.name);
    if (one.failure) synced = *one.failure;
  }
  std::erase_if(unsynced_, [](const Unsynced& one) { return !one.failure; });
  return synced;
}

Result<std::unique_ptr<IndexFileWriter>> FilesystemIndexFiles::create(std::string_view name) {
  std::string path(name);
  File file = TRY(new_file(path));
  return std::unique_ptr<IndexFileWriter>(
      std::make_unique<Writer>(*this, std::move(file), std::move(path)));
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
  const File file = TRY(new_file(fresh));
  TRY(with_context(write_all(file, bytes, {}), fresh));
  if (fdatasync(file.get()) != 0) return system_error(fresh);
  TRY(sync_all());
  // What was finished before has its name before the new bytes, which may speak of it, have theirs.
  if (fsync(folder_.get()) != 0) return system_error(path);
  if (renameat(folder_.get(), fresh.c_str(), folder_.get(), path.c_str()) != 0)
    return system_error(path);
  if (fsync(folder_.get()) != 0) return system_error(path);
  return {};
}

Result<void> FilesystemIndexFiles::remove(std::string_view name) {
  forget(name);
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
