// Where the corpora lie, and their files.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace tidings::corpus {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Every file below `folder`, by path.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The development data, which is no part of the tree; empty when it is not there.
inline std::filesystem::path shared_feeds() {
  const char* set = std::getenv("TIDINGS_DATA");
  const std::filesystem::path data = set != nullptr
                                         ? std::filesystem::path(set)
                                         : std::filesystem::path(TIDINGS_TREE) / "../shared/data";
  return std::filesystem::is_directory(data / "feeds") ? data / "feeds" : std::filesystem::path();
}

}  // namespace tidings::corpus
