// What rollups cost: articles with given analyses, so many a day, counted by the consumer in
// SQLite, or in PostgreSQL where DATABASE is its address.
//
//   tidings analyze < TEXTS | bench_rollups DATABASE ARTICLES ARTICLES_PER_DAY
//
// Gives the processor time of the thread that counts, and the time that went by: a server has
// others. Analyses are taken in turns. From the second turn on, entities and places that at most
// three of them have are given new names: the tail of real news goes on growing.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <time.h>
#include <nlohmann/json.hpp>

#include "adapters/postgres/postgres_stores.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/metrics.h"
#include "pipeline/consumer.h"
#include "pipeline/hourly_counts.h"

namespace tidings {
namespace {

constexpr int kSources = 400;
constexpr int kRareMax = 3;
constexpr int kBatch = 200;  // articles that come and are analyzed between two steps

double seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

Analysis analysis_of(const nlohmann::json& line) {
  Analysis analysis;
  for (const auto& one : line["topics"]) analysis.topics.push_back({.code = one["code"]});
  for (const auto& one : line["entities"])
    analysis.entities.push_back(
        {.id = one["id"], .text = one["text"], .salience = one["salience"]});
  for (const auto& one : line["places"]) analysis.places.push_back({.name = one["name"]});
  for (const auto& one : line["countries"]) analysis.countries.push_back({.code = one["code"]});
  if (line.contains("sentiment") && line["sentiment"].is_object())
    analysis.sentiment = Sentiment{.score = line["sentiment"]["score"]};
  analysis.language.code = "en";
  return analysis;
}

class News {
 public:
  News() {
    for (std::string line; std::getline(std::cin, line);) {
      const nlohmann::json parsed = nlohmann::json::parse(line);
      analyses_.push_back(analysis_of(parsed.contains("analysis") ? parsed["analysis"] : parsed));
    }
    for (const Analysis& analysis : analyses_) {
      for (const Entity& one : analysis.entities) ++uses_[one.id];
      for (const Place& one : analysis.places) ++uses_[one.name];
    }
  }
  Analysis of(int number) const {
    const auto turns = static_cast<std::size_t>(number) / analyses_.size();
    Analysis analysis = analyses_[static_cast<std::size_t>(number) % analyses_.size()];
    if (turns == 0) return analysis;
    for (Entity& one : analysis.entities) {
      if (uses_.at(one.id) <= kRareMax) one.id = fmt::format("{:016x}", hash64(one.id) + turns);
    }
    for (Place& one : analysis.places) {
      if (uses_.at(one.name) <= kRareMax) one.name += fmt::format(" {}", turns);
    }
    return analysis;
  }

 private:
  std::vector<Analysis> analyses_;
  std::map<std::string, int> uses_;
};

const Time kBegin = *parse_rfc3339("2026-01-01T00:00:00Z");

// A few publish much, most little.
IngestBatch fresh_article(int number, int per_day, const std::vector<SourceId>& sources) {
  const std::string name = std::to_string(number);
  const std::uint64_t one = hash64(name) % kSources, other = hash64(name + "x") % kSources;
  const std::size_t source = one * other / kSources;
  NewArticle article;
  article.identity = hash128(name);
  ArticleSummary& summary = article.article.summary;
  summary.title = name;
  summary.url = fmt::format("https://paper{}.example/{}", source, number);
  summary.language = "en";
  summary.country = std::string(1, static_cast<char>('A' + source % 20)) + "X";
  summary.published =
      kBegin + std::chrono::microseconds(std::int64_t{number} * 86'400'000'000 / per_day);
  IngestBatch batch{.source_id = sources[source]};
  batch.articles.push_back(std::move(article));
  return batch;
}

std::unique_ptr<Stores> open(const std::string& database, const Clock& clock) {
  return database.starts_with("postgres")
             ? postgres::open_postgres({.url = database}, clock).value()
             : sqlite::open_sqlite({.path = database}, clock).value();
}

int run(const std::string& path, int articles, int per_day) {
  log::set_level(log::Level::Error);
  const News news;
  ManualClock clock(kBegin);
  const auto stores = open(path, clock);
  std::vector<SourceId> sources;
  for (int i = 0; i < kSources; ++i) {
    const SourceSettings settings{.url = fmt::format("https://paper{}.example/feed", i)};
    sources.push_back(stores->sources().add({&settings, 1}).value()[0].id);
  }
  const auto families = stories::PublisherFamilies::shipped();
  pipeline::HourlyCounts counts(*stores, families);
  Metrics metrics;
  pipeline::ConsumerRunner runner(counts, stores->events(), metrics);
  while (counts.fill_step().value()) {
  }
  double cpu_s = 0, passed_s = 0;
  const auto follow = [&] {
    const double cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID), began = seconds_of(CLOCK_MONOTONIC);
    while (runner.step().value() == pipeline::ConsumerRunner::Step::Worked) {
    }
    cpu_s += seconds_of(CLOCK_THREAD_CPUTIME_ID) - cpu;
    passed_s += seconds_of(CLOCK_MONOTONIC) - began;
  };
  for (int first = 0; first < articles; first += kBatch) {
    const int last = std::min(articles, first + kBatch);
    clock.set(kBegin + std::chrono::microseconds(std::int64_t{last} * 86'400'000'000 / per_day));
    std::vector<IngestBatch> batches;
    for (int at = first; at < last; ++at) batches.push_back(fresh_article(at, per_day, sources));
    const std::vector<IngestOutcome> outcomes = stores->articles().ingest(batches).value();
    std::vector<AnalyzedArticle> analyzed;
    for (int at = first; at < last; ++at)
      analyzed.push_back({.article_id = outcomes[static_cast<std::size_t>(at - first)].added.at(0),
                          .revision = 1,
                          .analyzers = 1,
                          .analysis = news.of(at)});
    follow();  // as they are, then as they were analyzed
    CHECK(stores->analyses().save(analyzed, nullptr));
    follow();
  }
  fmt::print(R"({{"articles":{},"cpu_us_per_article":{:.1f},"us_per_article":{:.1f}}})"
             "\n",
             articles, cpu_s * 1e6 / articles, passed_s * 1e6 / articles);
  return 0;
}

}  // namespace
}  // namespace tidings

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "bench_rollups DATABASE ARTICLES ARTICLES_PER_DAY\n";
    return 2;
  }
  return tidings::run(argv[1], std::atoi(argv[2]), std::atoi(argv[3]));
}
