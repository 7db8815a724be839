// Standing queries, ours: own_standing standing CORPUS QUERIES [ARTICLES] (README.md).
#include <malloc.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/search/peer.h"
#include "query/canonical.h"
#include "search/standing.h"
#include "text/word_index.h"

namespace {

// What the program has asked for and not given back; one thread, so that it needs no care.
std::size_t heap_bytes = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  heap_bytes += malloc_usable_size(memory);
  return memory;
}
void operator delete(void* memory) noexcept {
  heap_bytes -= malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace tidings::bench {
namespace {

// What a running server has seen before: from it, queries learn which words are rare.
constexpr std::size_t kSeenBefore = 5'000;

Query word(std::string_view text) {
  return {.kind = QueryKind::Word, .exact = true, .text = std::string(text)};
}

// `+a +b`, `"a b"`, either with ` -c`.
Query query_of(std::string_view written) {
  Query query{.kind = QueryKind::And};
  Query phrase{.kind = QueryKind::Phrase};
  bool is_in_phrase = false;
  for (std::string_view part : split(written, ' ')) {
    if (part.starts_with('-')) {
      query.parts.push_back({.kind = QueryKind::Not, .parts = {word(part.substr(1))}});
      continue;
    }
    is_in_phrase = is_in_phrase || part.starts_with('"');
    const bool is_end = part.ends_with('"');
    if (part.starts_with('"') || part.starts_with('+')) part.remove_prefix(1);
    if (is_end) part.remove_suffix(1);
    (is_in_phrase ? phrase : query).parts.push_back(word(part));
    is_in_phrase = is_in_phrase && !is_end;
  }
  if (!phrase.parts.empty()) query.parts.push_back(std::move(phrase));
  return query::canonical(std::move(query));
}

// As the words were cut before, for every side.
search::IndexedArticle article_of(std::string_view line) {
  search::IndexedArticle article;
  text::WordIndex index(512);
  for (const std::string_view part : split(line, ' ')) {
    const auto place = index.find_or_add(part, [&](std::string_view bytes) {
      return article.words.forms.emplace_back(article.words.arena.keep(bytes));
    });
    article.words.form_at.push_back(place.number);
  }
  article.words.words = static_cast<std::uint32_t>(article.words.form_at.size());
  return article;
}

void learn(const std::filesystem::path& corpus, search::StandingQueries& standing) {
  std::size_t seen = 0;
  each_line(corpus / "corpus.txt", [&](std::string_view line) {
    if (seen++ < kSeenBefore) standing.match(article_of(line));
  });
}

int run(const std::filesystem::path& corpus, const std::filesystem::path& queries,
        std::size_t articles_max) {
  const std::size_t before = heap_bytes;
  search::StandingQueries standing;
  std::int64_t id = 0;
  const double start = thread_cpu_us();
  each_line(queries, [&](std::string_view line) {
    if (const Result<void> added = standing.add(id++, query_of(line)); !added)
      throw std::runtime_error(added.error().message);
  });
  const double adding_us = thread_cpu_us() - start;
  learn(corpus, standing);
  const std::size_t bytes = heap_bytes - before;
  std::size_t articles = 0;
  double spent_us = 0;
  each_line(corpus / "articles.txt", [&](std::string_view line) {
    if (articles == articles_max) return;
    const search::IndexedArticle article = article_of(line);
    const double begin = thread_cpu_us();
    const std::vector<std::int64_t> found = standing.match(article);
    spent_us += thread_cpu_us() - begin;
    fmt::print(R"({{"article":{},"matches":[{}]}})"
               "\n",
               articles++, fmt::join(found, ", "));
  });
  const auto count = static_cast<double>(id);
  fmt::print(R"({{"peer":"tidings","what":"standing","queries":{},"articles":{},"cpu_s":{:.3f},)"
             R"("articles_per_cpu_s":{:.1f},"bytes_per_query":{:.1f},"add_us_per_query":{:.2f}}})"
             "\n",
             id, articles, spent_us / 1e6, static_cast<double>(articles) / (spent_us / 1e6),
             static_cast<double>(bytes) / count, adding_us / count);
  return 0;
}

}  // namespace

int standing(int argument_count, char** arguments) {
  if (argument_count < 4 || std::string_view(arguments[1]) != "standing") {
    fmt::print(stderr, "usage: {} standing CORPUS QUERIES [ARTICLES]\n", arguments[0]);
    return 2;
  }
  const std::size_t articles_max =
      argument_count > 4 ? std::strtoull(arguments[4], nullptr, 10) : SIZE_MAX;
  return run(arguments[2], arguments[3], articles_max);
}

}  // namespace tidings::bench

int main(int argument_count, char** arguments) {
  try {
    return tidings::bench::standing(argument_count, arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "own_standing: {}\n", error.what());
    return 1;
  }
}
