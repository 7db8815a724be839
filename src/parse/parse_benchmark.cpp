// How much slower than an XML parser with nothing to do is a feed parser with everything to do?
//
// Budget: at least 0.8 of expat's speed. Expat with empty handlers takes 1.1 to 2.9 ns a byte here;
// the scanner of our own that reads plain XML takes less, and dates, entities, addresses and every
// copy of text must fit into what it leaves.
//
// Both read the same bytes: the well-formed XML feeds above 20 KB of ../shared/data/feeds (or
// $TIDINGS_DATA), repeated to 100 MB, in turns of a few MB, so that a noisy neighbor meets
// both. Prints one JSON line.
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <expat.h>
#include <fmt/format.h>

#include "parse/parse.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMin = 20'000;
constexpr std::size_t kTotalBytes = 100'000'000;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void on_start(void*, const char*, const char**) {}
void on_end(void*, const char*) {}
void on_text(void*, const char*, int) {}

bool read_with_empty_handlers(const std::string& bytes) {
  const XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetElementHandler(parser, on_start, on_end);
  XML_SetCharacterDataHandler(parser, on_text);
  const bool is_well_formed =
      XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), XML_TRUE) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return is_well_formed;
}

std::vector<std::string> load_feeds(const fs::path& folder) {
  std::vector<std::string> feeds;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() < kFileBytesMin) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const bool is_xml_feed =
        read_with_empty_handlers(bytes) && tidings::parse::parse_feed({.bytes = bytes});
    if (is_xml_feed) feeds.push_back(std::move(bytes));
  }
  return feeds;
}

}  // namespace

int main() {
  const char* set = std::getenv("TIDINGS_DATA");
  const fs::path folder = fs::path(set != nullptr ? set : "../shared/data") / "feeds";
  if (!fs::is_directory(folder)) {
    std::fprintf(stderr, "%s is not there: set TIDINGS_DATA\n", folder.c_str());
    return 1;
  }
  const std::vector<std::string> feeds = load_feeds(folder);
  std::size_t bytes_of_all = 0, bytes = 0, entries = 0;
  for (const std::string& feed : feeds) bytes_of_all += feed.size();
  if (feeds.empty()) return 1;

  double expat_seconds = 0, parse_seconds = 0;
  while (bytes < kTotalBytes) {
    const double start = cpu_seconds();
    for (const std::string& feed : feeds) read_with_empty_handlers(feed);
    const double middle = cpu_seconds();
    for (const std::string& feed : feeds) {
      const auto document =
          tidings::parse::parse_feed({.bytes = feed, .url = "https://example.org/feed"});
      if (document) entries += document->feed.entries.size();
    }
    parse_seconds += cpu_seconds() - middle;
    expat_seconds += middle - start;
    bytes += bytes_of_all;
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  fmt::print(
      "{{\"name\":\"parse\",\"files\":{},\"megabytes\":{:.1f},\"entries\":{},\"expat_mb_per_"
      "second\":{:.0f},"
      "\"parse_mb_per_second\":{:.0f},\"ratio\":{:.3f},\"reach\":0.8}}\n",
      feeds.size(), megabytes, entries, megabytes / expat_seconds, megabytes / parse_seconds,
      expat_seconds / parse_seconds);
  return 0;
}
