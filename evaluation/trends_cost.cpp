// What trends cost beside counting: trends_cost ARTICLES FOLDER < FILE (trend_news.h). Keeps and
// restores the counts of 200,000 keys, and asks an index of ARTICLES articles of a year, made in
// FOLDER, what rose in March and in a year. Writes one JSON object; seconds are of the processor.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "adapters/filesystem/index_files.h"
#include "analytics/trend_facts.h"
#include "analytics/trends.h"
#include "analytics/what_rose.h"
#include "bench/must.h"
#include "core/json_writer.h"
#include "core/packed_stream.h"
#include "evaluation/trend_news.h"
#include "query/values.h"
#include "search/embedded_index.h"
#include "search/index.h"
#include "text/search_words.h"

namespace {

using namespace tidings;
using bench::must;
using evaluation::NewsArticle;
using std::chrono::hours;

constexpr std::size_t kNear = 2'000;  // articles that came about then
constexpr std::size_t kStepArticles = 20'000;
constexpr int kPublishers = 60;
const Time kYear = *parse_rfc3339("2026-01-01T00:00:00Z");
constexpr double kYearMicros = 365 * 24 * 3.6e9;

template <class Run>
double seconds_of(Run&& run) {
  const std::clock_t begin = std::clock();
  run();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// What the news spoke of about then, each again under an id of its own.
class Year {
 public:
  explicit Year(const std::vector<NewsArticle>& news) : news_(news) {}

  SearchDocument article(double at) {
    const std::size_t first = evaluation::first_about(news_, at, kNear);
    SearchDocument document = news_[first + below(kNear)].document;
    document.id = ArticleId(++last_);
    document.published = kYear + Duration(static_cast<std::int64_t>(at * kYearMicros));
    document.publisher = "publisher" + std::to_string(below(kPublishers));
    document.source_id = SourceId(1);
    return document;
  }
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(chance_);
  }

 private:
  const std::vector<NewsArticle>& news_;
  std::mt19937 chance_{1};
  std::int64_t last_ = 0;
};

// Four weeks of 500 articles an hour; every second one is of something that some come of within
// hours and none later, until there are as many keys as may be.
void fill(analytics::Trends& trends, const std::vector<NewsArticle>& news) {
  Year year(news);
  constexpr double kHours = 24 * 28, kRate = 500;
  for (double at = 0; at < kHours; at += 1 / kRate) {
    SearchDocument document = year.article(at / (365 * 24));
    analytics::TrendArticle article = analytics::trend_article(document);
    article.came = article.published;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto recent = static_cast<std::size_t>(at * kRate / 3);
      article.keys.push_back({.kind = TrendKind::Term,
                              .key = "en:name" + std::to_string(4 * recent + year.below(16)),
                              .label = ""});
    }
    trends.add(article);
  }
}

void write_checkpoint(JsonWriter& json, const std::vector<NewsArticle>& news) {
  analytics::Trends trends;
  fill(trends, news);
  std::string bytes;
  const double save_seconds = seconds_of(
      [&] { bytes = pack_stream("trends", [&](ByteWriter& out) { trends.save(out); }); });
  ByteWriter plain;
  trends.save(plain);
  const double restore_seconds = seconds_of([&] {
    must(unpack_stream(bytes, "trends",
                       [](ByteReader& in) { return analytics::Trends::restore(in); }));
  });
  json.key("checkpoint");
  json.begin_object();
  json.field("keys", trends.counts().keys());
  json.field("bytes", bytes.size());
  json.field("plain_bytes", plain.take().size());
  json.field("save_seconds", save_seconds);
  json.field("restore_seconds", restore_seconds);
  json.end_object();
}

void build(search::Index& index, const std::vector<NewsArticle>& news, std::size_t articles) {
  Year year(news);
  search::IndexStep step;
  for (std::size_t i = 0; i < articles; ++i) {
    search::IndexedArticle article{
        .document = year.article(static_cast<double>(i) / static_cast<double>(articles))};
    article.words = text::search_words(article.document.title, "", "en");
    article.values = query::value_terms(article.document);
    step.articles.push_back(std::move(article));
    if (step.articles.size() < kStepArticles && i + 1 < articles) continue;
    step.cursor = EventSequence(static_cast<std::int64_t>(i + 1));
    index.apply(std::exchange(step, {}));
  }
  must(index.flush());
}

void write_question(JsonWriter& json, const char* name, const SearchIndex& index, Time since,
                    Time until) {
  analytics::PastTrends found;
  const double seconds = seconds_of([&] {
    found = must(analytics::what_rose(
        index, {.since = since,
                .until = until,
                .kinds = {analytics::kPastKinds.begin(), analytics::kPastKinds.end()}}));
  });
  json.key(name);
  json.begin_object();
  json.field("articles", found.articles);
  json.field("names", found.names);
  json.field("trends", found.trends.size());
  json.field("seconds", seconds);
  json.end_object();
}

void write_past(JsonWriter& json, const std::vector<NewsArticle>& news, std::size_t articles,
                const std::string& folder) {
  const auto files = must(filesystem::FilesystemIndexFiles::open(folder));
  const auto index = must(search::Index::open(*files));
  json.field("build_seconds", seconds_of([&] { build(*index, news, articles); }));
  const search::EmbeddedIndex answers(*index);
  json.field("articles", must(answers.statistics()).articles);
  const Time march = *parse_rfc3339("2026-03-01T00:00:00Z");
  write_question(json, "march", answers, march, march + hours(31 * 24));
  write_question(json, "march_again", answers, march, march + hours(31 * 24));
  write_question(json, "year", answers, kYear, kYear + hours(365 * 24));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "trends_cost ARTICLES FOLDER < FILE\n";
    return 2;
  }
  const std::vector<NewsArticle> news = evaluation::read_news(std::cin);
  if (news.size() <= kNear) {
    std::cerr << "too few articles\n";
    return 1;
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_checkpoint(json, news);
  write_past(json, news, static_cast<std::size_t>(std::atoll(arguments[1])), arguments[2]);
  json.end_object();
  std::cout << out << '\n';
}
