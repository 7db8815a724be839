// How fast are articles found on real pages, and how much of that is building the tree?
//
// Budget: five times readability-lxml (bench/extraction.py measures it in the same run), and what
// comes after the tree well below what the tree costs.
//
// The pages of ../shared/data/extraction (or $TIDINGS_DATA), unpacked, are read in turns by
// Document::parse alone and by extract_page. Prints one JSON line.
#include <time.h>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "extract/extract.h"
#include "html/document.h"

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 3;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string read_gzip(const fs::path& path) {
  std::string bytes;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char buffer[1 << 16];
  for (int size = 0; (size = gzread(file, buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  return bytes;
}

}  // namespace

int main() {
  const char* set = std::getenv("TIDINGS_DATA");
  const fs::path folder = fs::path(set != nullptr ? set : "../shared/data") / "extraction/html";
  if (!fs::is_directory(folder)) {
    std::fprintf(stderr, "%s is not there: set TIDINGS_DATA\n", folder.c_str());
    return 1;
  }
  std::vector<std::string> pages;
  for (const auto& entry : fs::directory_iterator(folder)) pages.push_back(read_gzip(entry.path()));
  std::size_t bytes = 0, nodes = 0, text = 0;
  double parse_seconds = 0, extract_seconds = 0;
  for (int round = 0; round < kRounds; ++round) {
    for (const std::string& page : pages) {
      const double start = cpu_seconds();
      nodes += tidings::html::Document::parse(page).size();
      const double middle = cpu_seconds();
      const auto found =
          tidings::extract::extract_page({.bytes = page, .url = "https://news.example/a/b"});
      if (found) text += found->text.size();
      extract_seconds += cpu_seconds() - middle;
      parse_seconds += middle - start;
      bytes += page.size();
    }
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  fmt::print(
      "{{\"name\":\"extraction_speed\",\"pages\":{},\"megabytes\":{:.1f},\"nodes\":{},\"text_"
      "bytes\":{},"
      "\"parse_mb_per_second\":{:.1f},\"extract_mb_per_second\":{:.1f},\"extract_seconds_a_round\":"
      "{:.3f}}}\n",
      pages.size(), megabytes, nodes, text, megabytes / parse_seconds, megabytes / extract_seconds,
      extract_seconds / kRounds);
  return 0;
}
