// Budget: a list of 10,000 feeds is imported in 5 s with the stores' work; reading and writing it
// may take 2 % of that, 100 ms each. The peer in the same run is pugixml alone on the same bytes.
#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include <string>
#include <vector>

#include "sources/opml.h"

namespace tidings::sources {
namespace {

constexpr int kFeeds = 10'000;

std::vector<Source> feeds() {
  std::vector<Source> all;
  for (int i = 0; i < kFeeds; ++i) {
    const std::string number = std::to_string(i);
    all.push_back({.settings = {.url = "https://site" + number + ".example.com/feed/rss.xml",
                                .title = "The Daily Number " + number + " & More",
                                .site_url = "https://site" + number + ".example.com/",
                                .language = "en",
                                .country = "GB",
                                .topics = {"world", "politics"},
                                .folder = {"News", "Folder " + std::to_string(i % 100)}}});
  }
  return all;
}

void WriteOpml(benchmark::State& state) {
  const std::vector<Source> all = feeds();
  for (auto _ : state) benchmark::DoNotOptimize(write_opml(all, Time{}));
}
BENCHMARK(WriteOpml)->Unit(benchmark::kMillisecond);

void ReadOpml(benchmark::State& state) {
  const std::string bytes = write_opml(feeds(), Time{});
  for (auto _ : state) {
    const Result<OpmlImport> imported = read_opml(bytes);
    if (!imported || imported->sources.size() != kFeeds) state.SkipWithError("feeds were lost");
  }
}
BENCHMARK(ReadOpml)->Unit(benchmark::kMillisecond);

void PugixmlAlone(benchmark::State& state) {
  const std::string bytes = write_opml(feeds(), Time{});
  for (auto _ : state) {
    pugi::xml_document document;
    benchmark::DoNotOptimize(document.load_buffer(bytes.data(), bytes.size()));
  }
}
BENCHMARK(PugixmlAlone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::sources
