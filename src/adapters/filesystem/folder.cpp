#include "adapters/filesystem/folder.h"

#include <cerrno>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

#include "core/strings.h"

namespace tidings::filesystem {
namespace {

// A descriptor of its own, since reading a folder moves the position that descriptors share.
File reopened(const File& folder) {
  return File(openat(folder.get(), ".", kOpenFolder));
}

std::vector<std::string_view> segments_of(std::string_view path) {
  if (path.empty()) return {};
  return split(path, '/');
}

}  // namespace

std::vector<FolderEntry> entries(const File& folder) {
  std::vector<FolderEntry> found;
  const int descriptor = openat(folder.get(), ".", kOpenFolder);
  if (descriptor < 0) return found;
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(descriptor), closedir);
  if (!stream) return found;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    unsigned char type = entry->d_type;
    if (type == DT_UNKNOWN) {
      struct stat status{};
      if (fstatat(folder.get(), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
      type = S_ISDIR(status.st_mode) ? DT_DIR : S_ISREG(status.st_mode) ? DT_REG : DT_UNKNOWN;
    }
    if (type != DT_DIR && type != DT_REG) continue;
    found.push_back({.name = std::string(name), .is_folder = type == DT_DIR});
  }
  return found;
}

KeyPlace place_of(std::string_view key) {
  const std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos) return {.folder = {}, .name = key};
  return {.folder = key.substr(0, slash), .name = key.substr(slash + 1)};
}

File open_folder(const File& root, std::string_view path) {
  File folder = reopened(root);
  for (const std::string_view segment : segments_of(path)) {
    if (!folder) break;
    folder = File(openat(folder.get(), std::string(segment).c_str(), kOpenFolder));
  }
  return folder;
}

Result<File> make_folder(const File& root, std::string_view path,
                         std::vector<std::string>& changed) {
  File folder = reopened(root);
  for (const std::string_view segment : segments_of(path)) {
    const std::string name(segment);
    File next(openat(folder.get(), name.c_str(), kOpenFolder));
    if (!next && errno == ENOENT) {
      if (mkdirat(folder.get(), name.c_str(), 0755) != 0 && errno != EEXIST) {
        return system_error("make the folder " + std::string(path));
      }
      changed.emplace_back(
          segment.data() == path.data()
              ? std::string_view()
              : path.substr(0, static_cast<std::size_t>(segment.data() - path.data()) - 1));
      next = File(openat(folder.get(), name.c_str(), kOpenFolder));
    }
    if (!next && errno == ENOTDIR) {
      return invalid_input("'" + std::string(path) +
                           "' cannot be a folder: an object has that key");
    }
    if (!next && errno == ENOENT) return File();
    if (!next) return system_error("open the folder " + std::string(path));
    folder = std::move(next);
  }
  return folder;
}

}  // namespace tidings::filesystem
