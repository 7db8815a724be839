// Budget: a refresh of 15 MB of feeds may take 0.7 s on two cores, for everything. Sanitizing must
// stay below a tenth of that, 150 MB/s; gumbo alone gives 20 to 40. Both ways run here on the same
// entries, the real ones of
// ../shared/data/feeds where they are, else a page of our own.
//
// The bench row `sanitize` asks for at least 0.7 of the speed at which gumbo does nothing but parse
// the same bytes: over the entries, and over the whole pages of ../shared/data/extraction, which
// nearly all need the tree.
#include "normalize/sanitize.h"

#include <gumbo.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/compression.h"
#include "normalize/clean_text.h"
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

std::filesystem::path data_folder() {
  const char* named = std::getenv("TIDINGS_DATA");
  return named != nullptr ? named : "../shared/data";
}

std::vector<std::string> load_entries() {
  std::vector<std::string> entries;
  const std::filesystem::path folder = data_folder() / "feeds";
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

// Those that the quick way takes: both ways are timed on the same bytes.
const std::vector<std::string>& simple_entries() {
  static const std::vector<std::string> simple = [] {
    std::vector<std::string> taken;
    std::copy_if(
        entries().begin(), entries().end(), std::back_inserter(taken),
        [](const std::string& entry) { return sanitize_in_one_pass(entry, kBase).has_value(); });
    return taken;
  }();
  return simple;
}

std::int64_t bytes_of(const std::vector<std::string>& some) {
  return std::accumulate(some.begin(), some.end(), std::int64_t{0},
                         [](std::int64_t sum, const std::string& entry) {
                           return sum + static_cast<std::int64_t>(entry.size());
                         });
}

template <class Sanitize>
void run(benchmark::State& state, const std::vector<std::string>& some,
         const Sanitize& sanitize_one) {
  for (auto _ : state) {
    for (const std::string& entry : some) benchmark::DoNotOptimize(sanitize_one(entry));
  }
  state.SetBytesProcessed(state.iterations() * bytes_of(some));
  state.counters["entries"] = static_cast<double>(some.size());
  state.counters["bytes"] = static_cast<double>(bytes_of(some));
}

void BM_Sanitize(benchmark::State& state) {
  run(state, entries(), [](const std::string& entry) { return sanitize(entry, kBase); });
}
BENCHMARK(BM_Sanitize)->Unit(benchmark::kMillisecond);

void BM_OnePass(benchmark::State& state) {
  run(state, simple_entries(),
      [](const std::string& entry) { return sanitize_in_one_pass(entry, kBase); });
}
BENCHMARK(BM_OnePass)->Unit(benchmark::kMillisecond);

void BM_Tree(benchmark::State& state) {
  run(state, simple_entries(),
      [](const std::string& entry) { return sanitize_by_tree(entry, kBase); });
}
BENCHMARK(BM_Tree)->Unit(benchmark::kMillisecond);

void BM_NormalizeFeed(benchmark::State& state) {
  Feed feed;
  for (std::size_t i = 0; i < simple_entries().size(); ++i) {
    const std::string number = std::to_string(i);
    feed.entries.push_back({.id = number,
                            .url = "https://example.com/news/" + number,
                            .title = "Title of article " + number,
                            .content_html = simple_entries()[i]});
  }
  const Source source{.id = SourceId(1), .settings = {.url = "https://example.com/feed"}};
  for (auto _ : state)
    benchmark::DoNotOptimize(normalize_feed(feed, source, from_micros(1'800'000'000'000'000)));
  state.SetBytesProcessed(state.iterations() * bytes_of(simple_entries()));
}
BENCHMARK(BM_NormalizeFeed)->Unit(benchmark::kMillisecond);

std::vector<std::string> load_pages() {
  constexpr std::size_t kPageBytesMax = 20'000'000;
  std::vector<std::string> pages;
  const std::filesystem::path folder = data_folder() / "extraction/html";
  if (std::filesystem::exists(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string file(std::istreambuf_iterator<char>(stream), {});
      Result<std::string> page = decompress(file, Compression::Gzip, kPageBytesMax);
      if (page) pages.push_back(page->substr(0, kSanitizeInputBytesMax));
    }
  }
  if (pages.empty()) pages.push_back(own_page());
  return pages;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void parse_alone(const std::string& html) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
  benchmark::DoNotOptimize(output);
  gumbo_destroy_output(&options, output);
}

// Piece by piece in turns, so that a noisy neighbor meets both.
void against_gumbo(benchmark::State& state, const std::vector<std::string>& some) {
  double gumbo_seconds = 0, our_seconds = 0;
  for (auto _ : state) {
    for (const std::string& html : some) {
      const double start = cpu_seconds();
      parse_alone(html);
      const double middle = cpu_seconds();
      benchmark::DoNotOptimize(sanitize(html, kBase));
      our_seconds += cpu_seconds() - middle;
      gumbo_seconds += middle - start;
    }
  }
  std::int64_t slow_bytes = 0, slow_pieces = 0;
  for (const std::string& html : some) {
    if (sanitize_in_one_pass(cleaned(html), kBase)) continue;
    slow_bytes += static_cast<std::int64_t>(html.size());
    ++slow_pieces;
  }
  const double bytes = static_cast<double>(bytes_of(some));
  const double megabytes = static_cast<double>(state.iterations()) * bytes / 1e6;
  state.counters["pieces"] = static_cast<double>(some.size());
  state.counters["bytes"] = bytes;
  state.counters["gumbo_mb_per_second"] = megabytes / gumbo_seconds;
  state.counters["sanitize_mb_per_second"] = megabytes / our_seconds;
  state.counters["ratio"] = gumbo_seconds / our_seconds;
  state.counters["by_tree_pieces"] = static_cast<double>(slow_pieces);
  state.counters["by_tree_bytes_share"] = static_cast<double>(slow_bytes) / bytes;
}

void BM_EntriesAgainstGumbo(benchmark::State& state) {
  against_gumbo(state, entries());
}
BENCHMARK(BM_EntriesAgainstGumbo)->Unit(benchmark::kMillisecond);

void BM_PagesAgainstGumbo(benchmark::State& state) {
  static const std::vector<std::string> pages = load_pages();
  against_gumbo(state, pages);
}
BENCHMARK(BM_PagesAgainstGumbo)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::normalize
