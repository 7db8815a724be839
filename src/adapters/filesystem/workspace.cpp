#include "adapters/filesystem/workspace.h"

#include <cerrno>
#include <memory>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "adapters/filesystem/folder.h"

namespace tidings::filesystem {
namespace {

void remove_folder(int drafts, const std::string& name, const File& folder) {
  for (const FolderEntry& file : entries(folder)) unlinkat(folder.get(), file.name.c_str(), 0);
  unlinkat(drafts, name.c_str(), AT_REMOVEDIR);
}

void sweep(const File& drafts) {
  for (const FolderEntry& entry : entries(drafts)) {
    if (!entry.is_folder) continue;
    const File folder(openat(drafts.get(), entry.name.c_str(), kOpenFolder));
    if (folder && flock(folder.get(), LOCK_EX | LOCK_NB) == 0) {
      remove_folder(drafts.get(), entry.name, folder);
    }
  }
}

// Nothing when another process swept the folder before it was locked.
File locked_folder(const File& drafts, const std::string& name) {
  File folder(openat(drafts.get(), name.c_str(), kOpenFolder));
  struct stat status{};
  if (!folder || flock(folder.get(), LOCK_EX | LOCK_NB) != 0) return {};
  if (fstatat(drafts.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return {};
  return folder;
}

}  // namespace

Result<Workspace> Workspace::open(const File& drafts) {
  sweep(drafts);
  constexpr int kTries = 1000;
  for (int i = 0; i < kTries; ++i) {
    const std::string name = std::to_string(getpid()) + "-" + std::to_string(i);
    if (mkdirat(drafts.get(), name.c_str(), 0700) != 0) {
      if (errno == EEXIST) continue;  // of this process, or of one that had this number
      return system_error("make a folder for temporary files");
    }
    if (File folder = locked_folder(drafts, name))
      return Workspace(drafts.get(), name, std::move(folder));
  }
  return unavailable("no free name for a folder of temporary files");
}

Workspace::Workspace(Workspace&& other) noexcept
    : drafts_(other.drafts_),
      name_(std::move(other.name_)),
      folder_(std::move(other.folder_)),
      count_(other.count_.load()) {}

Workspace::~Workspace() {
  if (folder_) remove_folder(drafts_, name_, folder_);
}

}  // namespace tidings::filesystem
