// Budget: a refresh of 15 MB of feeds may take 0.7 s on two cores, for everything. Sanitizing must
// stay below a tenth of that, 150 MB/s; gumbo alone gives 20 to 40. Both ways run here on the same
// entries, the real ones of
// ../shared/data/feeds where they are, else a page of our own.
#include "normalize/sanitize.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "normalize/html_fast.h"
#include "normalize/html_tree.h"
#include "normalize/normalize.h"
#include "text/html_entities.h"

namespace tidings::normalize {
namespace {

constexpr std::string_view kBase = "https://example.com/";

std::string own_page() {
  std::string page;
  for (int i = 0; i < 12; ++i) {
    page +=
        "<p>Officials said on Monday that the <a href=\"https://example.com/a?x=1&amp;y=2\" "
        "target=\"_blank\">new "
        "rules</a> would apply from next year, &#8220;without exception&#8221;.</p>\n"
        "<figure class=\"wp-block-image\"><img src=\"https://example.com/i.jpg\" alt=\"A street\" "
        "width=\"800\" />"
        "<figcaption>A street &mdash; <em>archive</em></figcaption></figure>\n"
        "<ul><li>One</li><li><strong>Two</strong></li></ul>\n";
  }
  return page;
}

// What stands between the marks, wherever they occur.
void collect(std::string_view file, std::string_view begin_mark, std::string_view end_mark,
             bool is_escaped, std::vector<std::string>& pieces) {
  constexpr std::size_t kBytesMin = 200;
  for (std::size_t at = file.find(begin_mark); at != std::string_view::npos;
       at = file.find(begin_mark, at)) {
    at = file.find_first_of(is_escaped ? ">" : "[", at + begin_mark.size() - 1);
    if (at == std::string_view::npos) return;
    const std::size_t end = file.find(end_mark, ++at);
    if (end == std::string_view::npos) return;
    const std::string_view piece = file.substr(at, end - at);
    if (piece.size() >= kBytesMin &&
        (!is_escaped || piece.find("&lt;") != std::string_view::npos)) {
      pieces.push_back(is_escaped ? text::decode_entities(piece) : std::string(piece));
    }
    at = end;
  }
}

std::vector<std::string> load_entries() {
  std::vector<std::string> entries;
  const char* named = std::getenv("TIDINGS_DATA");
  const std::filesystem::path folder =
      std::filesystem::path(named != nullptr ? named : "../shared/data") / "feeds";
  if (std::filesystem::exists(folder)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string file(std::istreambuf_iterator<char>(stream), {});
      collect(file, "<![CDATA[", "]]>", false, entries);
      collect(file, "<description", "</description>", true, entries);
      collect(file, "<content", "</content", true, entries);
      collect(file, "<summary", "</summary>", true, entries);
    }
  }
  if (entries.empty()) entries.push_back(own_page());
  return entries;
}

const std::vector<std::string>& entries() {
  static const std::vector<std::string> loaded = load_entries();
  return loaded;
}

template <class Sanitize>
void run(benchmark::State& state, const Sanitize& sanitize_one) {
  std::int64_t bytes = 0, taken = 0;
  for (auto _ : state) {
    bytes = taken = 0;
    for (const std::string& entry : entries()) {
      bytes += static_cast<std::int64_t>(entry.size());
      if (sanitize_one(entry)) taken += static_cast<std::int64_t>(entry.size());
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["entries"] = static_cast<double>(entries().size());
  state.counters["taken"] =
      static_cast<double>(taken) / static_cast<double>(bytes);  // share of the bytes
}

void BM_Sanitize(benchmark::State& state) {
  run(state, [](const std::string& entry) { return !sanitize(entry, kBase).html.empty(); });
}
BENCHMARK(BM_Sanitize)->Unit(benchmark::kMillisecond);

void BM_OnePass(benchmark::State& state) {
  run(state,
      [](const std::string& entry) { return sanitize_in_one_pass(entry, kBase).has_value(); });
}
BENCHMARK(BM_OnePass)->Unit(benchmark::kMillisecond);

void BM_Tree(benchmark::State& state) {
  run(state, [](const std::string& entry) { return sanitize_by_tree(entry, kBase).has_value(); });
}
BENCHMARK(BM_Tree)->Unit(benchmark::kMillisecond);

void BM_NormalizeFeed(benchmark::State& state) {
  Feed feed;
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < entries().size(); ++i) {
    const std::string number = std::to_string(i);
    feed.entries.push_back({.id = number,
                            .url = "https://example.com/news/" + number,
                            .title = "Title of article " + number,
                            .content_html = entries()[i]});
    bytes += static_cast<std::int64_t>(entries()[i].size());
  }
  const Source source{.id = SourceId(1), .settings = {.url = "https://example.com/feed"}};
  for (auto _ : state)
    benchmark::DoNotOptimize(normalize_feed(feed, source, from_micros(1'800'000'000'000'000)));
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(BM_NormalizeFeed)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::normalize
