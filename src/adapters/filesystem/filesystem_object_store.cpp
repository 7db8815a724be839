#include "adapters/filesystem/filesystem_object_store.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "adapters/filesystem/file.h"
#include "adapters/filesystem/folder.h"
#include "adapters/filesystem/object_file.h"
#include "adapters/filesystem/workspace.h"

namespace tidings::filesystem {
namespace {

// Up to here one fsync each is cheaper than one for the whole file system.
constexpr std::size_t kSyncedSinglyMax = 16;

Error bad_key(std::string_view key) {
  return invalid_input("'" + std::string(key) + "' is no object key");
}

Error missing(std::string_view key) {
  return not_found("object " + std::string(key) + " is not there");
}

// What was written under a temporary name, and is removed unless it gets its own.
class TemporaryFiles {
 public:
  explicit TemporaryFiles(Workspace& workspace) : workspace_(workspace) {}
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;
  ~TemporaryFiles() {
    for (std::size_t i = named_; i < names_.size(); ++i) {
      unlinkat(workspace_.folder(), names_[i].c_str(), 0);
    }
  }

  Result<void> write(std::string_view bytes, bool sync) {
    const std::string& name = names_.emplace_back(workspace_.new_name());
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const File file(openat(workspace_.folder(), name.c_str(), kFlags, 0644));
    if (!file) return system_error("make a temporary file");
    TRY(write_all(file, bytes, trailer_of(bytes)));
    if (sync && fdatasync(file.get()) != 0) return system_error("write an object to disk");
    return {};
  }

  // The next one, in the order in which they were written. False when the folder is gone meanwhile.
  Result<bool> name_next(const File& folder, const std::string& name, std::string_view key) {
    if (renameat(workspace_.folder(), names_[named_].c_str(), folder.get(), name.c_str()) == 0) {
      ++named_;
      return true;
    }
    if (errno == ENOENT) return false;
    if (errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST) {
      return invalid_input("'" + std::string(key) + "' is the folder of other objects");
    }
    return system_error("name the object " + std::string(key));
  }

 private:
  Workspace& workspace_;
  std::vector<std::string> names_;
  std::size_t named_ = 0;
};

// Walks the folders in the order of the keys and stops when it has enough.
class Listing {
 public:
  Listing(std::string_view prefix, std::string_view after, std::size_t limit)
      : prefix_(prefix), after_(after), limit_(limit) {}

  void walk(const File& folder, const std::string& path) {
    std::vector<FolderEntry> found = entries(folder);
    for (FolderEntry& entry : found) {
      if (entry.is_folder) entry.name += '/';  // as its keys have it: "a/" comes after "a-"
    }
    std::ranges::sort(found, {}, &FolderEntry::name);
    for (const FolderEntry& entry : found) {
      if (objects_.size() >= limit_) return;
      const std::string key = path + entry.name;
      if (entry.is_folder) {
        if (may_hold_wanted(key))
          walk(File(openat(folder.get(), entry.name.c_str(), kOpenFolder)), key);
      } else if (key > after_ && key.starts_with(prefix_) && is_object_key(key)) {
        add(folder, entry.name, key);
      }
    }
  }

  std::vector<ObjectInfo>& objects() { return objects_; }

 private:
  // All keys below begin with `folder`.
  bool may_hold_wanted(const std::string& folder) const {
    const bool fits = folder.starts_with(prefix_) || prefix_.starts_with(folder);
    return fits && (folder > after_ || after_.starts_with(folder));
  }

  void add(const File& folder, const std::string& name, const std::string& key) {
    struct stat status{};
    if (fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone
    const auto size = status.st_size - static_cast<std::int64_t>(kTrailerBytes);
    const auto modified = std::chrono::seconds(status.st_mtim.tv_sec) +
                          std::chrono::nanoseconds(status.st_mtim.tv_nsec);
    objects_.push_back({.key = key,
                        .size_bytes = std::max<std::int64_t>(size, 0),
                        .modified_at = Time(std::chrono::floor<Duration>(modified))});
  }

  std::string_view prefix_, after_;
  std::size_t limit_;
  std::vector<ObjectInfo> objects_;
};

class FilesystemObjectStore final : public ObjectStore {
 public:
  FilesystemObjectStore(File objects, File drafts, Workspace workspace)
      : objects_(std::move(objects)),
        drafts_(std::move(drafts)),
        workspace_(std::move(workspace)) {}

  Result<void> put(std::span<const Object> objects) override {
    for (const Object& object : objects) {
      if (!is_object_key(object.key)) return bad_key(object.key);
    }
    if (objects.empty()) return {};
    // The bytes are on disk before a name points to them.
    const bool sync_singly = objects.size() <= kSyncedSinglyMax;
    TemporaryFiles files(workspace_);
    for (const Object& object : objects) TRY(files.write(object.bytes, sync_singly));
    if (!sync_singly) TRY(sync_everything());
    std::vector<std::string> changed;
    for (const Object& object : objects) TRY(give_name(object.key, files, changed));
    return sync_folders(std::move(changed));
  }

  Result<std::string> get(std::string_view key) const override {
    if (!is_object_key(key)) return bad_key(key);
    const KeyPlace place = place_of(key);
    const File folder = open_folder(objects_, place.folder);
    if (!folder) return missing(key);
    const std::string name(place.name);
    const File file(
        openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status{};
    if (!file && errno != ENOENT && errno != ELOOP) return system_error("open " + std::string(key));
    if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return missing(key);
    return with_context(without_trailer(TRY(with_context(read_all(file), key))), key);
  }

  Result<void> remove(std::string_view key) override {
    if (!is_object_key(key)) return bad_key(key);
    const KeyPlace place = place_of(key);
    const File folder = open_folder(objects_, place.folder);
    if (!folder) return {};
    const int status = unlinkat(folder.get(), std::string(place.name).c_str(), 0);
    if (status != 0 && errno != ENOENT && errno != EISDIR) {
      return system_error("remove " + std::string(key));
    }
    remove_empty_folders(place.folder);
    return {};
  }

  Result<ObjectPage> list(std::string_view prefix, std::string_view after,
                          std::size_t limit) const override {
    limit = std::clamp<std::size_t>(limit, 1, 10'000);
    Listing listing(prefix, after, limit + 1);  // one more tells whether there is a next page
    listing.walk(objects_, "");
    ObjectPage page{.objects = std::move(listing.objects()), .next = {}};
    if (page.objects.size() > limit) {
      page.objects.pop_back();
      page.next = page.objects.back().key;
    }
    return page;
  }

  Result<std::optional<std::int64_t>> free_bytes() const override {
    struct statvfs status{};
    if (fstatvfs(objects_.get(), &status) != 0) return system_error("ask for the free space");
    return std::optional(static_cast<std::int64_t>(status.f_bavail * status.f_frsize));
  }

 private:
  Result<void> give_name(const std::string& key, TemporaryFiles& files,
                         std::vector<std::string>& changed) {
    const KeyPlace place = place_of(key);
    constexpr int kTries = 10;  // each lost against a removal that took the folder as empty
    for (int i = 0; i < kTries; ++i) {
      const File folder = TRY(make_folder(objects_, place.folder, changed));
      if (folder && TRY(files.name_next(folder, std::string(place.name), key))) {
        changed.emplace_back(place.folder);
        return {};
      }
    }
    return unavailable("the folder of " + key + " is being removed again and again");
  }

  Result<void> sync_everything() const {
    if (syncfs(objects_.get()) != 0) return system_error("write objects to disk");
    return {};
  }

  Result<void> sync_folders(std::vector<std::string> changed) const {
    std::ranges::sort(changed);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    if (changed.size() > kSyncedSinglyMax) return sync_everything();
    for (const std::string& path : changed) {
      const File folder = open_folder(objects_, path);
      if (folder && fsync(folder.get()) != 0) return system_error("write a folder to disk");
    }
    return {};
  }

  // A folder per source and day would stay behind for ever.
  void remove_empty_folders(std::string_view path) const {
    while (!path.empty()) {
      const KeyPlace place = place_of(path);
      const File parent = open_folder(objects_, place.folder);
      if (!parent) return;
      if (unlinkat(parent.get(), std::string(place.name).c_str(), AT_REMOVEDIR) != 0) return;
      path = place.folder;
    }
  }

  File objects_;
  File drafts_;
  Workspace workspace_;
};

Result<File> open_or_make(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  File folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return system_error("open the folder " + path.string());
  return folder;
}

}  // namespace

Result<std::unique_ptr<ObjectStore>> open_object_store(const std::filesystem::path& folder) {
  File objects = TRY(open_or_make(folder / "objects"));
  File drafts = TRY(open_or_make(folder / "drafts"));
  Workspace workspace = TRY(with_context(Workspace::open(drafts), folder.string()));
  return std::unique_ptr<ObjectStore>(std::make_unique<FilesystemObjectStore>(
      std::move(objects), std::move(drafts), std::move(workspace)));
}

}  // namespace tidings::filesystem
