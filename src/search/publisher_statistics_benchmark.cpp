// What publishers' statistics cost over a million articles, beside a facet by publisher over the
// same matches.
//
// Budget: a look at every article's publisher, story and original is three arrays in order, some 5
// ns an article while they come from memory: 5 ms a million. What costs more are stories of
// matches, found by hash once for each article that is in any story (50 ns), and originals of
// copies by id (a binary search in each segment, 300 ns, only where the original can match): all of
// a million articles, two thirds of them in stories and a tenth copies, is allowed 300 ms; a
// hundredth of them 50 ms.
#include <cstdint>
#include <memory>
#include <random>
#include <string>

#include <benchmark/benchmark.h>

#include "adapters/memory/memory_index_files.h"
#include "core/check.h"
#include "search/aggregate.h"
#include "search/index.h"
#include "search/publisher_statistics.h"
#include "search/test_articles.h"

namespace tidings::search {
namespace {

constexpr std::int64_t kArticles = 1'000'000;
constexpr std::int64_t kStep = 20'000;
constexpr unsigned kPublishers = 2'000;
constexpr unsigned kStoriesOfStep = 4'000;  // stories end: their articles are near each other

class World {
 public:
  World() {
    auto opened = Index::open(files_, {.merged_at_once = 1'000});
    CHECK(opened);
    index_ = *std::move(opened);
    for (std::int64_t first = 1; first < kArticles; first += kStep) {
      index_->apply(step(first));
      if (first / kStep % 10 == 9) CHECK(index_->flush());
    }
  }
  const Snapshot& snapshot() {
    held_ = index_->snapshot();
    return *held_;
  }

 private:
  IndexStep step(std::int64_t first) {
    IndexStep step{.cursor = EventSequence(first), .filled_to = std::nullopt};
    for (std::int64_t id = first; id < first + kStep; ++id) {
      IndexedArticle article =
          test_article(id, 60 * id, random_() % 100 == 0 ? "rare common" : "common", "");
      SearchDocument& document = article.document;
      // A few write most.
      document.publisher = "p" + std::to_string(random_() % (1 + random_() % kPublishers));
      document.topics = {"medtop:" + std::to_string(random_() % 100)};
      document.sentiment = static_cast<std::int8_t>(random_() % 100);
      if (random_() % 3 != 0) {
        document.story = StoryId(first + static_cast<std::int64_t>(random_() % kStoriesOfStep));
        document.story_size = 4;
        if (random_() % 7 == 0)
          document.copy_of = ArticleId(first + static_cast<std::int64_t>(random_() % kStep));
      }
      step.articles.push_back(std::move(article));
    }
    return step;
  }

  std::mt19937 random_{1};
  memory::MemoryIndexFiles files_;
  std::unique_ptr<Index> index_;
  std::shared_ptr<const Snapshot> held_;
};

const Snapshot& million() {
  static World world;
  return world.snapshot();
}

void statistics(benchmark::State& state, const std::string& word) {
  const Snapshot& snapshot = million();
  std::uint64_t articles = 0;
  for (auto _ : state)
    articles = publisher_statistics(snapshot, {.query = word_query(word)}).total.articles;
  state.counters["articles"] = static_cast<double>(articles);
}
BENCHMARK_CAPTURE(statistics, all, "common")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(statistics, hundredth, "rare")->Unit(benchmark::kMillisecond);

void facet(benchmark::State& state, const std::string& word) {
  const Snapshot& snapshot = million();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        aggregate(snapshot, {.query = word_query(word), .dimensions = {Dimension::Publisher}}));
}
BENCHMARK_CAPTURE(facet, all, "common")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(facet, hundredth, "rare")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tidings::search
