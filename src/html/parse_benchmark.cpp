// Budget: extracting an article from a page may take as long as reading the page at 60 MB/s, the
// tree included; the tree may take a quarter of that: 240 MB/s. A page of 384 KB then costs 1.6 ms.
// Gumbo builds its own tree of the same pages in the same run; the pages are those of
// ../shared/data/extraction where they are, else one of our own.
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <gumbo.h>

#include "html/arena.h"
#include "html/document.h"
#include "html/sample_pages.h"
#include "html/selector.h"

namespace tidings::html {
namespace {

std::string own_page() {
  std::string page = "<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>";
  for (int i = 0; i < 1000; ++i) {
    page +=
        "<div class=\"story wide\"><p>Officials said on Monday that the "
        "<a href=\"https://example.com/a?x=1&amp;y=2\" target=\"_blank\">new rules</a> would apply "
        "from next year, &#8220;without exception&#8221;.</p>\n"
        "<ul><li>One</li><li><strong>Two</strong></li></ul><script>if (a < b && c) { d(); "
        "}</script>"
        "</div>\n";
  }
  return page;
}

const std::vector<SamplePage>& pages() {
  static const std::vector<SamplePage> loaded = [] {
    std::vector<SamplePage> found = sample_pages();
    if (found.empty()) found.push_back({"own", own_page()});
    return found;
  }();
  return loaded;
}

void count_bytes(benchmark::State& state) {
  const std::int64_t bytes =
      std::accumulate(pages().begin(), pages().end(), std::int64_t{0},
                      [](std::int64_t sum, const SamplePage& page) {
                        return sum + static_cast<std::int64_t>(page.html.size());
                      });
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["pages"] = static_cast<double>(pages().size());
}

void BM_Parse(benchmark::State& state) {
  for (auto _ : state) {
    for (const SamplePage& page : pages()) benchmark::DoNotOptimize(Document::parse(page.html));
  }
  count_bytes(state);
}
BENCHMARK(BM_Parse)->Unit(benchmark::kMillisecond);

// Its own tree alone, in an arena: the best that it can do.
void BM_Gumbo(benchmark::State& state) {
  for (auto _ : state) {
    for (const SamplePage& page : pages()) {
      Arena arena;
      GumboOptions options = kGumboDefaultOptions;
      options.allocator = [](void* memory, std::size_t size) {
        return static_cast<Arena*>(memory)->allocate(size);
      };
      options.deallocator = [](void*, void*) {};
      options.userdata = &arena;
      options.max_errors = 0;
      benchmark::DoNotOptimize(
          gumbo_parse_with_options(&options, page.html.data(), page.html.size()));
    }
  }
  count_bytes(state);
}
BENCHMARK(BM_Gumbo)->Unit(benchmark::kMillisecond);

// A rule that a person would write, on the trees of all pages.
void BM_Select(benchmark::State& state) {
  std::vector<Document> documents;
  for (const SamplePage& page : pages()) documents.push_back(Document::parse(page.html));
  const Selector selector = *Selector::parse(
      "article .content > p:not(.ad), main p, div[class*=body] > p:nth-child(n+2)");
  for (auto _ : state) {
    for (const Document& document : documents)
      benchmark::DoNotOptimize(selector.find_all(document));
  }
  count_bytes(state);
}
BENCHMARK(BM_Select)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::html
