// Folders of the object store, opened step by step so that no symbolic link leads out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>

#include "adapters/filesystem/file.h"
#include "core/result.h"

namespace tidings::filesystem {

inline constexpr int kOpenFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct FolderEntry {
  std::string name;
  bool is_folder = false;  // else a regular file; there is nothing else among the entries
};

// Files and folders in no order; other things are passed over. Empty when it cannot be read.
std::vector<FolderEntry> entries(const File& folder);

// A key's folder ("" for the root itself) and its last segment.
struct KeyPlace {
  std::string_view folder;
  std::string_view name;
};
KeyPlace place_of(std::string_view key);

// The folder `path` below `root`; a File that is none when it is not there.
File open_folder(const File& root, std::string_view path);

// The same, made where it is missing; a File that is none when another removed it meanwhile. The
// paths of folders that got a new entry are added to `changed`.
Result<File> make_folder(const File& root, std::string_view path,
                         std::vector<std::string>& changed);

}  // namespace tidings::filesystem
