// What it costs to find an article's story among `LIVE` live ones: grouping_cost LIVE < FILE, JSON
// lines {"title","text"}. The articles come again and again, each time with other words in place of
// all but their common ones, so that every round tells other events in the same common words. As
// many stories live while it is measured: for each that opens another ends. Writes
// {"live","added","articles","seconds","segment_seconds","bytes","kept_bytes"}: the least that were
// live, processor seconds of the last articles, of cutting up their texts besides, the memory that
// grouping takes at the end, and what a checkpoint has of it, compressed.
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <unordered_map>
#include <vector>

#include <simdjson.h>
#include <unistd.h>

#include "core/compression.h"
#include "core/json_writer.h"
#include "stories/grouping.h"

namespace {

using namespace tidings;
using Terms = std::vector<stories::TermAmount>;

constexpr std::size_t kMeasured = 10'000;
constexpr std::size_t kSpare = 100;     // more stories, since some merge
constexpr std::uint32_t kCommon = 200;  // articles that have a word which is kept

struct Article {
  std::string title, whole;
};

Terms terms_of(const Article& article) {
  const text::Segments segments = text::segment(article.whole, "en", article.title.size());
  return stories::story_terms(segments, article.title.size(), "en", {});
}

std::vector<Article> read_articles() {
  std::vector<Article> articles;
  simdjson::dom::parser parser;
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const simdjson::dom::element article = parser.parse(line);
    const std::string title{std::string_view(article["title"])};
    articles.push_back({title, title + "\n" + std::string(std::string_view(article["text"]))});
  }
  return articles;
}

// The articles of one round after the other.
class Rounds {
 public:
  explicit Rounds(const std::vector<Article>& articles) {
    for (const Article& article : articles) {
      const Terms& terms = articles_.emplace_back(terms_of(article));
      for (const stories::TermAmount& term : terms) ++counts_[term.term];
    }
  }

  Terms next() {
    const auto round = static_cast<std::uint32_t>(next_ / articles_.size());
    Terms terms = articles_[next_++ % articles_.size()];
    for (stories::TermAmount& term : terms) {
      if (counts_[term.term] < kCommon) term.term = (term.term + round) * 2'654'435'769U + round;
    }
    std::sort(terms.begin(), terms.end(),
              [](const auto& a, const auto& b) { return a.term < b.term; });
    const auto end = std::unique(terms.begin(), terms.end(),
                                 [](const auto& a, const auto& b) { return a.term == b.term; });
    terms.erase(end, terms.end());
    return terms;
  }

 private:
  std::vector<Terms> articles_;
  std::unordered_map<std::uint32_t, std::uint32_t> counts_;
  std::size_t next_ = 0;
};

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

std::size_t kept_bytes(const stories::Grouping& grouping) {
  std::size_t bytes = 0;
  ByteWriter out(
      [&](std::string_view block) { bytes += compress(block, Compression::Zstd, 1).size(); },
      1'000'000);
  grouping.save(out);
  out.flush();
  return bytes;
}

double seconds_since(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

double segment_seconds(const std::vector<Article>& articles) {
  const std::clock_t begin = std::clock();
  std::size_t terms = 0;
  for (std::size_t i = 0; i < kMeasured; ++i)
    terms += terms_of(articles[i % articles.size()]).size();
  return terms > 0 ? seconds_since(begin) : 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t wanted = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 50'000;
  const std::vector<Article> articles = read_articles();
  Rounds rounds(articles);
  const std::int64_t before = resident_bytes();
  stories::Grouping grouping(stories::TermCounts::shipped(), {.live_max = wanted + kSpare});
  std::int64_t key = 0;
  const auto add = [&](const Terms& terms) {
    grouping.add({.key = key++, .published = Time{}, .language = "en", .terms = terms});
  };
  while (grouping.live() < wanted + kSpare && key < 100 * static_cast<std::int64_t>(wanted))
    add(rounds.next());
  std::size_t live = grouping.live();
  double seconds = 0;
  for (std::size_t i = 0; i < kMeasured; ++i) {
    const Terms terms = rounds.next();
    const std::clock_t begin = std::clock();
    add(terms);
    seconds += seconds_since(begin);
    live = std::min(live, grouping.live());
  }
  const std::int64_t bytes = resident_bytes() - before;
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("live", live);
  json.field("added", key);
  json.field("articles", kMeasured);
  json.field("seconds", seconds);
  json.field("segment_seconds", segment_seconds(articles));
  json.field("bytes", bytes);
  json.field("kept_bytes", kept_bytes(grouping));
  json.end_object();
  std::cout << out << '\n';
}
