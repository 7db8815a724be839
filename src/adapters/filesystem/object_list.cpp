#include "adapters/filesystem/object_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "adapters/filesystem/object_file.h"

namespace tidings::filesystem {
namespace {

namespace fs = std::filesystem;

class Walk {
 public:
  Walk(const fs::path& root, std::string_view prefix, std::string_view after, std::size_t limit)
      : root_(root.string()), prefix_(prefix), after_(after), limit_(limit) {}

  // Takes what is below `folder` ("" or "raw/7/").
  Result<void> take(const std::string& folder) {
    for (const std::string& name : TRY(sorted_names(folder))) {
      if (more_) return {};
      const std::string key = folder + name;
      if (name.ends_with('/')) {
        if (may_hold(key)) TRY(take(key));
      } else if (key > after_ && key.starts_with(prefix_)) {
        TRY(add(key));
      }
    }
    return {};
  }

  ObjectPage page() && {
    if (more_) page_.next = page_.objects.back().key;
    return std::move(page_);
  }

 private:
  // Folders carry their '/', so that they sort as their keys do ("a-b" before "a/b").
  Result<std::vector<std::string>> sorted_names(const std::string& folder) const {
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator entries(root_ + "/" + folder, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      const fs::file_status status = entries->symlink_status(error);
      if (fs::is_directory(status)) names.push_back(entries->path().filename().string() + "/");
      if (fs::is_regular_file(status)) names.push_back(entries->path().filename().string());
    }
    // A folder that was emptied and removed meanwhile holds nothing.
    if (error && error.value() != ENOENT)
      return file_error("list", root_ + "/" + folder, error.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  // Whether a key that begins with `folder` can have the prefix and come after `after`.
  bool may_hold(std::string_view folder) const {
    const std::size_t shared = std::min(folder.size(), prefix_.size());
    if (folder.substr(0, shared) != prefix_.substr(0, shared)) return false;
    return folder > after_.substr(0, folder.size()) || after_.starts_with(folder);
  }

  Result<void> add(const std::string& key) {
    struct stat info{};
    const std::string path = root_ + "/" + key;
    if (::lstat(path.c_str(), &info) != 0) {
      if (errno == ENOENT) return {};
      return file_error("list", path, errno);
    }
    if (!is_object_key(key) || info.st_size < static_cast<off_t>(kTrailerBytes)) return {};
    if (page_.objects.size() == limit_) {
      more_ = true;
      return {};
    }
    const Time modified =
        from_micros(info.st_mtim.tv_sec * 1'000'000 + info.st_mtim.tv_nsec / 1000);
    page_.objects.push_back({.key = key,
                             .size_bytes = info.st_size - static_cast<off_t>(kTrailerBytes),
                             .modified_at = modified});
    return {};
  }

  const std::string root_;
  const std::string_view prefix_;
  const std::string_view after_;
  const std::size_t limit_;
  ObjectPage page_;
  bool more_ = false;
};

}  // namespace

Result<ObjectPage> list_objects(const fs::path& root, std::string_view prefix,
                                std::string_view after, std::size_t limit) {
  Walk walk(root, prefix, after, limit);
  TRY(walk.take(""));
  return std::move(walk).page();
}

}  // namespace tidings::filesystem
