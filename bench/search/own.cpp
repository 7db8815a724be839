// Our index under the workload of its peers (README.md): the same words, plain BM25.
//
//   search_own index|query|add|series|facets CORPUS INDEX [SEGMENTS] [CLASS,…]
//   INDEX/5 has the articles in five segments, INDEX/1 in one
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "adapters/filesystem/index_files.h"
#include "bench/must.h"
#include "bench/search/peer.h"
#include "query/values.h"
#include "search/aggregate.h"
#include "search/count.h"
#include "search/index.h"
#include "search/ranking.h"

namespace tidings::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSegments = 5;
constexpr std::size_t kStepDocuments = 20'000;  // as the server takes them from its store

struct OwnIndex {
  explicit OwnIndex(const fs::path& folder, search::IndexSettings settings = {})
      : files(must(filesystem::FilesystemIndexFiles::open(folder.string()))),
        index(must(search::Index::open(*files, settings))) {}

  std::unique_ptr<filesystem::FilesystemIndexFiles> files;
  std::unique_ptr<search::Index> index;
};

// A document of the corpus as the product's stages would hand it over.
search::IndexedArticle article_of(std::int64_t number, std::string_view line,
                                  std::string_view meta) {
  search::IndexedArticle article;
  article.document.id = ArticleId(number + 1);
  const std::vector<std::string_view> columns = split(meta, '\t');
  if (columns.size() > 7) {
    article.document.published = from_micros(std::stoll(std::string(columns[0])) * 1'000'000);
    article.document.source_id = SourceId(std::stoll(std::string(columns[1])) + 1);
    article.document.publisher = columns[2];
    article.document.language = columns[3];
    article.document.country = columns[4];
    for (const std::string_view topic : split(columns[5], ',')) {
      if (!topic.empty()) article.document.topics.emplace_back(topic);
    }
    article.document.sentiment = static_cast<std::int8_t>(std::stod(std::string(columns[6])) * 100);
    article.document.story = StoryId(std::stoll(std::string(columns[7])) + 1);
    article.document.story_size = 1;
  } else {
    article.document.published = from_micros(number * 1'000'000);
  }
  text::WordIndex words(64);
  for (const std::string_view word : split(line, ' ')) {
    if (word.empty()) continue;
    const auto keep = [&](std::string_view one) {
      return article.words.forms.emplace_back(article.words.arena.keep(one));
    };
    article.words.form_at.push_back(words.find_or_add(word, keep).number);
  }
  article.words.words = static_cast<std::uint32_t>(article.words.form_at.size());
  // What filters ask for, as terms.
  article.values = {query::value_term(QueryField::Language, article.document.language),
                    query::value_term(QueryField::Source, to_text(article.document.source_id))};
  return article;
}

std::uintmax_t add_all(const fs::path& corpus, search::Index& index) {
  std::uintmax_t bytes = 0;
  std::int64_t number = 0;
  std::size_t documents = 0;
  each_line(corpus / "corpus.txt", [&](std::string_view) { ++documents; });
  const std::size_t per_segment = (documents + kSegments - 1) / kSegments;
  std::ifstream meta(corpus / "meta.tsv");
  search::IndexStep step;
  std::size_t in_segment = 0;
  const auto apply = [&] {
    step.cursor = EventSequence(number);
    step.filled_to = std::nullopt;
    index.apply(std::exchange(step, {}));
  };
  each_line(corpus / "corpus.txt", [&](std::string_view line) {
    std::string facts;
    std::getline(meta, facts);
    bytes += line.size() + 1;
    step.articles.push_back(article_of(number++, line, facts));
    const bool is_last = ++in_segment == per_segment;
    if (!is_last && step.articles.size() < kStepDocuments) return;
    apply();
    if (!is_last) return;
    must(index.flush());
    in_segment = 0;
  });
  apply();
  must(index.flush());
  return bytes;
}

void build(const fs::path& corpus, const fs::path& folder) {
  fs::remove_all(folder);
  const double start = process_cpu_s();
  std::uintmax_t bytes = 0;
  {
    OwnIndex five(folder / "5", {.merged_at_once = 1'000});
    bytes = add_all(corpus, *five.index);
  }
  const double built = process_cpu_s() - start;
  fs::copy(folder / "5", folder / "1", fs::copy_options::recursive);
  const double before = process_cpu_s();
  OwnIndex one(folder / "1", {.merged_at_once = 2, .small_documents = 1U << 31});
  must(one.index->merge([] { return false; }));
  const double merged = built + process_cpu_s() - before;
  report_index("ours", bytes, built, merged, size_of(folder / "1"));
}

Query word_of(const std::string& text) {
  return {.kind = QueryKind::Word, .exact = true, .text = text};
}

Query all_of(std::vector<Query> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = QueryKind::And, .parts = std::move(parts)};
}

Query any_of(const std::vector<std::string>& words) {
  Query any{.kind = QueryKind::Or};
  for (const std::string& word : words) {
    const Query one = word_of(word);
    if (std::ranges::find(any.parts, one) == any.parts.end()) any.parts.push_back(one);
  }
  return any.parts.size() == 1 ? any.parts.front() : any;
}

Query filter_query(const Asked& asked) {
  const auto [name, value] = filter_of(asked);
  if (name == "time") {
    const auto [from, until] = times_of(value);
    return {.kind = QueryKind::Range,
            .field = QueryField::Published,
            .at_least = static_cast<double>(from) * 1e6,
            .below = static_cast<double>(until) * 1e6};
  }
  const bool is_language = name == "language";
  const std::string text = is_language ? value : to_text(SourceId(std::stoll(value) + 1));
  return {.kind = QueryKind::Value,
          .field = is_language ? QueryField::Language : QueryField::Source,
          .text = text};
}

Query query_of(const Asked& asked) {
  const Words words = words_of(asked);
  std::vector<Query> parts;
  if (words.form == Words::Form::Phrase) {
    Query phrase{.kind = QueryKind::Phrase};
    for (const std::string& word : words.must) phrase.parts.push_back(word_of(word));
    parts.push_back(phrase.parts.size() == 1 ? phrase.parts.front() : std::move(phrase));
  } else {
    for (const std::string& word : words.must) parts.push_back(word_of(word));
    if (words.must.empty()) parts.push_back(any_of(words.may));
  }
  if (!asked.filter.empty()) parts.push_back(filter_query(asked));
  return all_of(std::move(parts));
}

class Own final : public Peer {
 public:
  explicit Own(const fs::path& folder) : index_(folder, {.is_read_only = true}) {}

  std::vector<Hit> top(const Asked& asked) override {
    const auto snapshot = index_.index->snapshot();
    const Query query = query_of(asked);
    const std::vector<search::Hit> found =
        asked.newest ? search::in_order(*snapshot, query, search::Direction::NewestFirst, kTop)
                     : search::best(*snapshot, query, {.hits_max = kTop, .with_titles = false});
    std::vector<Hit> hits;
    hits.reserve(found.size());
    for (const search::Hit& hit : found) hits.push_back({hit.id - 1, hit.score});
    return hits;
  }
  std::int64_t count(const Asked& asked) override {
    return static_cast<std::int64_t>(
        search::count_matches(*index_.index->snapshot(), query_of(asked), CountPrecision::Exact)
            .articles);
  }
  const search::Index& index() const { return *index_.index; }

 private:
  OwnIndex index_;
};

void add(const fs::path& corpus, const fs::path& folder) {
  const fs::path copy = folder / "add";
  fs::remove_all(copy);
  fs::copy(folder / "5", copy, fs::copy_options::recursive);
  OwnIndex own(copy, {.merged_at_once = 1'000});
  auto number = static_cast<std::int64_t>(own.index->snapshot()->documents);
  measure_adding("ours", corpus, [&](const std::vector<std::string>& lines) {
    search::IndexStep step;
    for (const std::string& line : lines) step.articles.push_back(article_of(number++, line, {}));
    step.cursor = EventSequence(number);
    step.filled_to = std::nullopt;
    own.index->apply(step);
    must(own.index->flush());
  });
  fs::remove_all(copy);
}

// The single word of the queries with the nearest number of matches.
Query query_with(Own& own, const fs::path& corpus, std::int64_t matches) {
  Query nearest;
  std::int64_t distance = std::numeric_limits<std::int64_t>::max();
  for (const Asked& asked : read_queries(corpus, "term,or2")) {
    const std::int64_t off = std::abs(own.count(asked) - matches);
    if (off >= distance) continue;
    distance = off;
    nearest = query_of(asked);
  }
  return nearest;
}

void measure_counting(const fs::path& corpus, const fs::path& folder, std::string_view what,
                      std::int64_t matches) {
  Own own(folder / "5");
  const auto snapshot = own.index().snapshot();
  AggregateRequest request{.query = query_with(own, corpus, matches)};
  if (what == "series") {
    const auto& oldest = snapshot->segments.back().segment->columns();
    const auto& newest = snapshot->segments.front().segment->columns();
    const auto day = std::chrono::hours(24);
    for (Time at = from_micros(oldest.published(oldest.documents() - 1));
         at <= from_micros(newest.published(0)) + day; at += day)
      request.boundaries.push_back(at);
  } else {
    request.dimensions = {Dimension::Language,  Dimension::Country, Dimension::Source,
                          Dimension::Publisher, Dimension::Topic,   Dimension::Entity};
  }
  std::vector<double> times;
  Aggregates found;
  for (int round = 0; round < 31; ++round) {
    const double start = thread_cpu_us();
    found = search::aggregate(*snapshot, request);
    times.push_back((thread_cpu_us() - start) / 1e3);
  }
  std::ranges::nth_element(times, times.begin() + 15);
  fmt::print(
      R"({{"peer":"ours","what":"{}","matches":{},"buckets":{},"tone":{:.4f},"cpu_ms":{:.3f}}})"
      "\n",
      what, found.total.articles, found.buckets.size(), found.total.tone().value_or(0), times[15]);
}

int run(int count, char** arguments) {
  if (count < 4) throw std::runtime_error("search_own index|query|add|series|facets CORPUS INDEX");
  const std::string_view what = arguments[1];
  const fs::path corpus = arguments[2], folder = arguments[3];
  if (what == "index") {
    build(corpus, folder);
  } else if (what == "query") {
    Own own(folder / (count > 4 ? arguments[4] : "1"));
    measure_queries("ours", read_queries(corpus, count > 5 ? arguments[5] : ""), own);
  } else if (what == "add") {
    add(corpus, folder);
  } else if (what == "series") {
    measure_counting(corpus, folder, what, 10'000);
  } else if (what == "facets") {
    measure_counting(corpus, folder, what, 100'000);
  } else {
    throw std::runtime_error("not known: " + std::string(what));
  }
  return 0;
}

}  // namespace
}  // namespace tidings::bench

int main(int count, char** arguments) {
  try {
    return tidings::bench::run(count, arguments);
  } catch (const std::exception& error) {
    std::fputs((std::string("search_own: ") + error.what() + "\n").c_str(), stderr);
    return 1;
  }
}
