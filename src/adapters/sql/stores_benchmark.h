// What a database costs: storing articles, and listing them when there are 200,000. Each adapter
// with a database includes this after it has said what a BenchmarkDatabase is: open(clock) gives
// its stores, bytes() what it takes on disk.
//
// Budget: 25,000 new articles a second in batches of a few hundred leave four fifths of a core to
// fetching and parsing at the 5,000 a second that a first refresh must reach; a page of 50 in 150
// µs leaves a filtered list uncached within three times a cached one. The limit in the same run is
// the bare zstd compression of the same bodies.
#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/check.h"
#include "core/compression.h"
#include "core/log.h"
#include "ports/stores.h"

namespace tidings::sql {
namespace {

constexpr int kSources = 2'000;
constexpr int kArticlesPerSource = 100;

// Words of a small vocabulary, the frequent ones often: compresses about as news prose does.
class Prose {
 public:
  std::string text(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
      if (!text.empty()) text += ' ';
      text += word();
    }
    return text;
  }

 private:
  std::string word() {
    const std::uint64_t roll = next();
    const std::uint64_t rank = std::min(roll % 4000, (roll >> 20) % 4000) * ((roll >> 40) % 8) / 4;
    std::uint64_t letters = (rank + 1) * 0x9E3779B97F4A7C15U;
    std::string word;
    for (std::uint64_t i = 0; i < 2 + letters % 9; ++i) {
      word += "etaoinshrdlucmfw"[(letters >> (4 * i + 8)) & 15];
    }
    return word;
  }
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::uint64_t state_ = 88172645463325252;
};

struct Corpus {
  Prose prose;
  int made = 0;

  // 75 KB for 30 items, as a common feed has it.
  NewArticle article(Time now) {
    NewArticle article;
    const int n = made++;
    ArticleSummary& summary = article.article.summary;
    summary.title = prose.text(70);
    summary.url = "https://www.example.org/news/" + std::to_string(n) + "/" + prose.text(8);
    summary.summary = prose.text(300);
    summary.authors = {{.name = prose.text(14)}};
    summary.categories = {prose.text(8), prose.text(8)};
    summary.image = "https://images.example.org/" + std::to_string(n) + ".jpg";
    constexpr const char* kLanguages[] = {"en", "en", "es", "pt-BR", "de", "fr", "ar", "en-GB"};
    constexpr const char* kCountries[] = {"US", "GB", "ES", "BR", "DE",
                                          "FR", "EG", "IN", "IS", "NG"};
    summary.language = kLanguages[n % 8];
    summary.country = kCountries[n % 10];
    summary.published = now - std::chrono::seconds(n * 7919LL % 2'600'000);
    article.article.body.text = prose.text(1'100);
    article.article.body.content_html = "<p>" + article.article.body.text + "</p>";
    article.identity = hash128(std::to_string(n));
    article.aliases = {hash128(summary.url)};
    article.content_hash = hash64(article.article.body.text);
    return article;
  }
};

std::vector<SourceId> add_sources(Stores& stores, int count) {
  std::vector<SourceSettings> settings;
  for (int i = 0; i < count; ++i) {
    settings.push_back({.url = "https://" + std::to_string(i) + ".example/feed"});
  }
  std::vector<SourceId> ids;
  const auto added = stores.sources().add(settings);
  for (const SourceAdded& source : *added) ids.push_back(source.id);
  return ids;
}

std::vector<IngestBatch> make_batches(Corpus& corpus, std::span<const SourceId> sources, Time now,
                                      int articles_each) {
  std::vector<IngestBatch> batches;
  for (const SourceId source : sources) {
    IngestBatch& batch = batches.emplace_back(IngestBatch{.source_id = source});
    for (int i = 0; i < articles_each; ++i) batch.articles.push_back(corpus.article(now));
    batch.state = {.etag = "\"abc\"", .due_at = now, .last_fetched_at = now};
  }
  return batches;
}

double resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// 200,000 articles of 2,000 sources, made once.
struct Filled {
  BenchmarkDatabase database;
  SystemClock clock;
  std::vector<SourceId> sources;
  std::unique_ptr<Stores> stores;

  Filled() {
    log::set_level(log::Level::Warn);
    {
      auto filling = database.open(clock);
      sources = add_sources(*filling, kSources);
      Corpus corpus;
      for (int round = 0; round < kArticlesPerSource / 10; ++round) {
        for (std::size_t at = 0; at < sources.size(); at += 50) {
          const auto some = std::span(sources).subspan(at, 50);
          CHECK(filling->articles().ingest(make_batches(corpus, some, clock.now(), 10)));
        }
      }
    }
    stores = database.open(clock);
  }
};
Filled& filled() {
  static Filled filled;
  return filled;
}

// Stores with sources and nothing else.
struct Followed {
  BenchmarkDatabase database;
  SystemClock clock;
  std::unique_ptr<Stores> stores;
  std::vector<SourceId> sources;
  Corpus corpus;

  explicit Followed(int source_count) {
    log::set_level(log::Level::Warn);
    stores = database.open(clock);
    sources = add_sources(*stores, source_count);
  }
  std::vector<IngestBatch> batches(int articles_each) {
    return make_batches(corpus, sources, clock.now(), articles_each);
  }
};

void BM_Ingest(benchmark::State& state) {
  Followed followed(10);
  for (auto _ : state) {
    state.PauseTiming();
    const auto batches = followed.batches(static_cast<int>(state.range(0)) / 10);
    state.ResumeTiming();
    CHECK(followed.stores->articles().ingest(batches));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes_per_article"] = followed.database.bytes() / followed.corpus.made;
}
BENCHMARK(BM_Ingest)->Arg(100)->Arg(300)->Arg(1000)->UseRealTime()->Unit(benchmark::kMillisecond);

// The same batches again and again: after the first time all of it is known.
void ingest_known(benchmark::State& state, int source_count, int articles_each) {
  Followed followed(source_count);
  const auto batches = followed.batches(articles_each);
  for (auto _ : state) CHECK(followed.stores->articles().ingest(batches));
  state.SetItemsProcessed(state.iterations() * 300);
}

void BM_IngestKnown(benchmark::State& state) {
  ingest_known(state, 10, 30);
}
BENCHMARK(BM_IngestKnown)->UseRealTime();

// Refreshes that brought nothing: 300 states in a commit.
void BM_IngestStates(benchmark::State& state) {
  ingest_known(state, 300, 0);
}
BENCHMARK(BM_IngestStates)->UseRealTime();

void BM_CompressBodies(benchmark::State& state) {
  Corpus corpus;
  const NewArticle article = corpus.article(Time{});
  const std::string body = article.article.body.content_html + article.article.body.text;
  std::size_t bytes = 0;
  for (auto _ : state) bytes = compress(body, Compression::Zstd, 1).size();
  state.SetItemsProcessed(state.iterations());
  state.counters["ratio"] = static_cast<double>(body.size()) / static_cast<double>(bytes);
}
BENCHMARK(BM_CompressBodies);

void find(benchmark::State& state, ArticleQuery query) {
  Filled& data = filled();
  std::size_t found = 0;
  for (auto _ : state) found = data.stores->articles().find(query).value().articles.size();
  state.counters["found"] = static_cast<double>(found);
  state.counters["resident_mb"] = resident_megabytes();
}
Time days_ago(int days) {
  return SystemClock().now() - std::chrono::hours(24 * days);
}

BENCHMARK_CAPTURE(find, newest, ArticleQuery{})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, window, ArticleQuery{.since = days_ago(20), .until = days_ago(10)})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, language, ArticleQuery{.language = "pt"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, region, ArticleQuery{.language = "en-GB"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, country, ArticleQuery{.country = "IS", .until = days_ago(15)})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, country_and_language, ArticleQuery{.language = "de", .country = "BR"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find, nothing, ArticleQuery{.language = "xx", .country = "BR"})
    ->Unit(benchmark::kMicrosecond);

void BM_FindBySource(benchmark::State& state) {
  Filled& data = filled();
  std::size_t at = 0;
  for (auto _ : state) {
    const ArticleQuery query{.source_id = data.sources[at++ * 7 % data.sources.size()]};
    CHECK(data.stores->articles().find(query));
  }
}
BENCHMARK(BM_FindBySource)->Unit(benchmark::kMicrosecond);

void BM_Get(benchmark::State& state) {
  Filled& data = filled();
  const auto page = data.stores->articles().find({.limit = 500}).value();
  std::size_t at = 0;
  for (auto _ : state) {
    CHECK(data.stores->articles().get(page.articles[at++ % page.articles.size()].id));
  }
}
BENCHMARK(BM_Get)->Unit(benchmark::kMicrosecond);

void BM_Open(benchmark::State& state) {
  Filled& data = filled();
  for (auto _ : state) CHECK(data.database.open(data.clock)->articles().find({}));
}
BENCHMARK(BM_Open)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::sql
