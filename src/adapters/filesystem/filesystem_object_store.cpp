#include "adapters/filesystem/filesystem_object_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "adapters/filesystem/object_file.h"
#include "adapters/filesystem/object_list.h"
#include "core/mutex.h"

namespace tidings::filesystem {
namespace {

namespace fs = std::filesystem;

// Up to this many files are synced one by one; above, the whole file system once, which costs as
// much as some twenty.
constexpr std::size_t kSyncedOneByOneMax = 16;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }

 private:
  int number_;
};

Result<void> write_all(int file, std::string_view bytes, std::string_view trailer,
                       const std::string& path) {
  while (!bytes.empty() || !trailer.empty()) {
    std::array<iovec, 2> parts = {{{const_cast<char*>(bytes.data()), bytes.size()},
                                   {const_cast<char*>(trailer.data()), trailer.size()}}};
    const ssize_t written = ::writev(file, parts.data(), static_cast<int>(parts.size()));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("write", path, errno);
    const auto of_bytes = std::min(bytes.size(), static_cast<std::size_t>(written));
    bytes.remove_prefix(of_bytes);
    trailer.remove_prefix(static_cast<std::size_t>(written) - of_bytes);
  }
  return {};
}

Result<std::string> read_all(int file, const std::string& path) {
  struct stat info{};
  if (::fstat(file, &info) != 0) return file_error("read", path, errno);
  if (!S_ISREG(info.st_mode)) return not_found(fmt::format("{} is not an object", path));
  std::string contents(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t filled = 0;
  while (filled < contents.size()) {
    const ssize_t count = ::pread(file, contents.data() + filled, contents.size() - filled,
                                  static_cast<off_t>(filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  contents.resize(filled);
  return contents;
}

Error bad_key(std::string_view key) {
  return invalid_input(fmt::format("'{}' cannot be the key of an object", key));
}

class FilesystemObjectStore final : public ObjectStore {
 public:
  FilesystemObjectStore(fs::path objects, fs::path drafts, Descriptor root)
      : objects_(std::move(objects)), drafts_(std::move(drafts)), root_(std::move(root)) {}

  Result<void> put(std::span<const Object> objects) override {
    for (const Object& object : objects) {
      if (!is_object_key(object.key)) return bad_key(object.key);
    }
    std::vector<Draft> drafts;
    Result<void> outcome = put_drafts(objects, drafts);
    if (!outcome) {
      for (const Draft& draft : drafts) ::unlink(draft.path.c_str());
    }
    return outcome;
  }

  Result<std::string> get(std::string_view key) const override {
    if (!is_object_key(key)) return bad_key(key);
    const std::string path = path_of(key);
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) {
      if (errno == ENOENT || errno == ENOTDIR)
        return not_found(fmt::format("there is no object {}", key));
      return file_error("read", path, errno);
    }
    return with_context(without_trailer(TRY(read_all(file.get(), path))), path);
  }

  Result<void> remove(std::string_view key) override {
    if (!is_object_key(key)) return bad_key(key);
    fs::path path = path_of(key);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      return file_error("remove", path.string(), errno);
    }
    // Folders that this emptied go too; a put that wants one of them again makes it again.
    MutexLock lock(mutex_);
    for (path = path.parent_path(); path != objects_ && ::rmdir(path.c_str()) == 0;
         path = path.parent_path()) {
      known_folders_.erase(path.string());
    }
    return {};
  }

  Result<ObjectPage> list(std::string_view prefix, std::string_view after,
                          std::size_t limit) const override {
    return list_objects(objects_, prefix, after, std::clamp<std::size_t>(limit, 1, 10'000));
  }

  Result<std::optional<std::int64_t>> free_bytes() const override {
    struct statvfs info{};
    if (::statvfs(objects_.c_str(), &info) != 0)
      return file_error("look at", objects_.string(), errno);
    return std::optional(static_cast<std::int64_t>(info.f_bavail) *
                         static_cast<std::int64_t>(info.f_frsize));
  }

 private:
  struct Draft {
    std::string path;
    std::string target;
  };

  std::string path_of(std::string_view key) const {
    return objects_.string() + "/" + std::string(key);
  }

  // Bytes to the disk first, then names, then the folders that hold the names: a name never shows
  // before its bytes are safe, and success means that the name is, too.
  Result<void> put_drafts(std::span<const Object> objects, std::vector<Draft>& drafts) {
    const bool one_by_one = objects.size() <= kSyncedOneByOneMax;
    for (const Object& object : objects) {
      drafts.push_back(
          {fmt::format("{}/{}", drafts_.string(), next_draft_++), path_of(object.key)});
      TRY(write_draft(drafts.back().path, object.bytes, one_by_one));
    }
    if (!one_by_one) TRY(sync_everything());
    std::set<std::string> folders;
    for (const Draft& draft : drafts) TRY(publish(draft, folders));
    if (!one_by_one) return sync_everything();
    for (const std::string& folder : folders) TRY(sync_folder(folder));
    return {};
  }

  static Result<void> write_draft(const std::string& path, std::string_view bytes, bool sync) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (file.get() < 0) return file_error("write", path, errno);
    TRY(write_all(file.get(), bytes, trailer_of(bytes), path));
    if (sync && ::fdatasync(file.get()) != 0) return file_error("write", path, errno);
    return {};
  }

  // Adds the folders whose entries changed to `changed`.
  Result<void> publish(const Draft& draft, std::set<std::string>& changed) {
    const std::string folder = draft.target.substr(0, draft.target.rfind('/'));
    MutexLock lock(mutex_);  // against remove(), which takes empty folders away
    TRY(make_folders(folder, changed));
    if (::rename(draft.path.c_str(), draft.target.c_str()) != 0) {
      return file_error("write", draft.target, errno);
    }
    changed.insert(folder);
    return {};
  }

  Result<void> make_folders(const std::string& folder, std::set<std::string>& changed)
      REQUIRES(mutex_) {
    if (folder.size() <= objects_.string().size() || known_folders_.contains(folder)) return {};
    const std::string parent = folder.substr(0, folder.rfind('/'));
    TRY(make_folders(parent, changed));
    if (::mkdir(folder.c_str(), 0750) == 0) {
      changed.insert(parent);
    } else if (errno != EEXIST) {
      return file_error("make folder", folder, errno);
    }
    if (known_folders_.size() >= kKnownFoldersMax) known_folders_.clear();
    known_folders_.insert(folder);
    return {};
  }

  static Result<void> sync_folder(const std::string& folder) {
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.get() < 0 || ::fsync(file.get()) != 0) return file_error("write", folder, errno);
    return {};
  }

  Result<void> sync_everything() const {
    if (::syncfs(root_.get()) != 0) return file_error("write", objects_.string(), errno);
    return {};
  }

  static constexpr std::size_t kKnownFoldersMax = 100'000;

  const fs::path objects_;
  const fs::path drafts_;
  const Descriptor root_;
  std::atomic<std::uint64_t> next_draft_ = 0;
  Mutex mutex_;
  std::unordered_set<std::string> known_folders_ GUARDED_BY(mutex_);
};

}  // namespace

Result<std::unique_ptr<ObjectStore>> open_object_store(const fs::path& folder) {
  const fs::path root = fs::absolute(folder).lexically_normal();
  const fs::path objects = root / "objects";
  const fs::path drafts = root / "drafts";
  std::error_code error;
  fs::remove_all(drafts, error);
  if (!error) fs::create_directories(drafts, error);
  if (!error) fs::create_directories(objects, error);
  if (error) return file_error("prepare", root.string(), error.value());
  Descriptor descriptor(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0) return file_error("open", root.string(), errno);
  return std::unique_ptr<ObjectStore>(
      std::make_unique<FilesystemObjectStore>(objects, drafts, std::move(descriptor)));
}

}  // namespace tidings::filesystem
