#include "adapters/filesystem/local_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <sys/stat.h>

#include "adapters/filesystem/file.h"
#include "adapters/filesystem/folder.h"

namespace tidings::filesystem {
namespace {

constexpr int kDepthMax = 8;
constexpr std::size_t kFilesSeenMax = 200'000;  // of one folder, per look

Error file_error(const std::string& path) {
  if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
    return not_found(path + " is not there, or is no ordinary file or folder");
  return system_error("read " + path);
}

Time time_of(const timespec& time) {
  return Time(std::chrono::duration_cast<Duration>(std::chrono::seconds(time.tv_sec) +
                                                   std::chrono::nanoseconds(time.tv_nsec)));
}

bool is_unfinished(std::string_view name) {
  constexpr std::array<std::string_view, 4> kEndings = {"~", ".part", ".tmp", ".crdownload"};
  return name.starts_with('.') || std::ranges::any_of(kEndings, [name](std::string_view ending) {
           return name.ends_with(ending);
         });
}

LocalFile described(std::string name, const struct stat& status) {
  return {.name = std::move(name),
          .size_bytes = status.st_size,
          .changed_at = time_of(status.st_ctim),
          .modified_at = time_of(status.st_mtim)};
}

class Lister {
 public:
  Lister(Time after, std::size_t limit) : after_(after), limit_(limit) {}

  void look(const File& folder, const std::string& prefix, int depth) {
    for (const FolderEntry& entry : entries(folder)) {
      if (++seen_ > kFilesSeenMax) return;
      if (is_unfinished(entry.name)) continue;
      const std::string name = prefix + entry.name;
      if (entry.is_folder) {
        const File below(openat(folder.get(), entry.name.c_str(), kOpenFolder));
        if (below && depth < kDepthMax) look(below, name + "/", depth + 1);
        continue;
      }
      struct stat status{};
      if (fstatat(folder.get(), entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (S_ISREG(status.st_mode) && time_of(status.st_ctim) > after_)
        files_.push_back(described(name, status));
    }
  }

  std::vector<LocalFile> first_ones() && {
    const auto earlier = [](const LocalFile& a, const LocalFile& b) {
      return std::pair(a.changed_at, std::string_view(a.name)) <
             std::pair(b.changed_at, std::string_view(b.name));
    };
    std::ranges::sort(files_, earlier);
    if (files_.size() > limit_) files_.resize(limit_);
    return std::move(files_);
  }

 private:
  const Time after_;
  const std::size_t limit_;
  std::size_t seen_ = 0;
  std::vector<LocalFile> files_;
};

// The folder that a person named may be a link; nothing below it is followed.
Result<File> open_root(const std::string& folder) {
  File root(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return file_error(folder);
  return root;
}

Result<File> open_file(const std::string& folder, const std::string& name) {
  const File root = TRY(open_root(folder));
  const KeyPlace place = place_of(name);
  const File parent = open_folder(root, place.folder);
  // Not waiting for a writer, should it be a pipe.
  File file(parent ? openat(parent.get(), std::string(place.name).c_str(),
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                   : -1);
  if (!file) return file_error(folder + "/" + name);
  struct stat status{};
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return not_found(folder + "/" + name + " is no ordinary file");
  return file;
}

}  // namespace

Result<std::vector<LocalFile>> FilesystemLocalFiles::list(const std::string& folder, Time after,
                                                          std::size_t limit) const {
  const File root = TRY(open_root(folder));
  Lister lister(after, limit);
  lister.look(root, "", 0);
  return std::move(lister).first_ones();
}

Result<LocalFile> FilesystemLocalFiles::look_at(const std::string& folder,
                                                const std::string& name) const {
  const File file = TRY(open_file(folder, name));
  struct stat status{};
  if (fstat(file.get(), &status) != 0) return file_error(folder + "/" + name);
  return described(name, status);
}

Result<std::string> FilesystemLocalFiles::read(const std::string& folder, const std::string& name,
                                               std::int64_t offset, std::size_t bytes_max) const {
  const File file = TRY(open_file(folder, name));
  struct stat status{};
  if (fstat(file.get(), &status) != 0) return file_error(folder + "/" + name);
  const std::string path = folder + "/" + name;
  const auto left = static_cast<std::size_t>(std::max<std::int64_t>(status.st_size - offset, 0));
  std::string bytes(std::min(left, bytes_max), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = pread(file.get(), &bytes[done], bytes.size() - done,
                                offset + static_cast<std::int64_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error(path);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace tidings::filesystem
