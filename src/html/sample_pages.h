// The news pages of the development data, for tests and benchmarks.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/compression.h"
#include "core/utf8.h"

namespace tidings::html {

// Where the data lies, or would lie.
inline std::filesystem::path sample_data() {
  const char* named = std::getenv("TIDINGS_DATA");
  return named != nullptr ? named : "../shared/data";
}

struct SamplePage {
  std::string name;
  std::string html;  // valid UTF-8
};

// Sorted by name; none when the data is not there.
inline std::vector<SamplePage> sample_pages() {
  constexpr std::size_t kPageBytesMax = 32 * 1024 * 1024;
  std::vector<SamplePage> pages;
  const std::filesystem::path folder = sample_data() / "extraction" / "html";
  if (!std::filesystem::is_directory(folder)) return pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string packed(std::istreambuf_iterator<char>(file), {});
    const auto page = decompress(packed, Compression::Gzip, kPageBytesMax);
    if (page) pages.push_back({entry.path().filename().string(), repaired_utf8(*page)});
  }
  std::sort(pages.begin(), pages.end(),
            [](const SamplePage& a, const SamplePage& b) { return a.name < b.name; });
  return pages;
}

}  // namespace tidings::html
