// How well are articles found on real pages? Reads a folder of html/<id>.html.gz with an
// articles.json of title, authors, date, articleBody and url per id, and prints one JSON line of
// figures; with --pages one line per page before it, worst text first; with --show ID what was
// found on one page and what should have been; with --site-fold K/N only the K-th of N parts of
// the pages, cut by site.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include "bench/extraction/word_score.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "extract/extract.h"

namespace tidings::bench {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read_gzip(const fs::path& path) {
  std::string bytes;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char buffer[1 << 16];
  for (int size = 0; (size = gzread(file, buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  return bytes;
}

struct PageScore {
  std::string id, site;
  extract::ExtractedPage page;
  json expected;
  Score text;
  double title_f1 = 0, author_f1 = 0;
  bool title_equal = false, has_date = false, date_equal = false, has_authors = false,
       authors_equal = false;
};

std::string text_field(const json& from, const char* key) {
  const auto at = from.find(key);
  return at != from.end() && at->is_string() ? at->get<std::string>() : std::string();
}

PageScore score_page(const std::string& id, const json& expected, const std::string& bytes) {
  PageScore score{.id = id, .site = text_field(expected, "site"), .expected = expected};
  Result<extract::ExtractedPage> page =
      extract::extract_page({.bytes = bytes, .url = text_field(expected, "url")});
  if (page) score.page = *std::move(page);
  score.text =
      score_words(words_of(score.page.text), words_of(text_field(expected, "articleBody")));
  const std::vector<std::string> title = words_of(text_field(expected, "title"));
  score.title_equal = words_of(score.page.title) == title;
  score.title_f1 = score_words(words_of(score.page.title), title).f1;
  const std::string date = text_field(expected, "date");
  score.has_date = date.size() >= 10 && is_digit(date[0]);
  score.date_equal = score.has_date && score.page.published &&
                     format_rfc3339(*score.page.published).substr(0, 10) == date.substr(0, 10);
  const std::vector<std::string> authors = words_of(text_field(expected, "authors"));
  score.has_authors = !authors.empty();
  score.author_f1 = score_words(words_of(join(score.page.authors, " ")), authors).f1;
  score.authors_equal = score.author_f1 == 1;
  return score;
}

void print_page(const PageScore& score) {
  const std::string date = text_field(score.expected, "date");
  std::string line;
  JsonWriter out(line);
  out.begin_object();
  out.field("id", score.id);
  out.field("f1", score.text.f1);
  out.field("precision", score.text.precision);
  out.field("recall", score.text.recall);
  out.field("site", score.site);
  if (!score.title_equal) {
    out.field("title", score.page.title);
    out.field("expected_title", text_field(score.expected, "title"));
  }
  if (score.has_date && !score.date_equal) {
    if (score.page.published) out.field("published", *score.page.published);
    if (score.page.modified) out.field("modified", *score.page.modified);
    out.field("expected_date", date);
  }
  if (score.has_authors && !score.authors_equal) {
    out.texts("authors", score.page.authors);
    out.field("expected_authors", text_field(score.expected, "authors"));
  }
  out.end_object();
  fmt::print("{}\n", line);
}

void print_summary(const std::vector<PageScore>& scores) {
  const auto mean = [&](auto value, auto counts) {
    double sum = 0, count = 0;
    for (const PageScore& score : scores) {
      if (!counts(score)) continue;
      sum += value(score);
      count += 1;
    }
    return count == 0 ? 0 : sum / count;
  };
  const auto all = [](const PageScore&) { return true; };
  const auto dated = [](const PageScore& score) { return score.has_date; };
  const auto authored = [](const PageScore& score) { return score.has_authors; };
  std::string line;
  JsonWriter out(line);
  out.begin_object();
  out.field("name", "extraction");
  out.field("pages", scores.size());
  out.field("f1", mean([](const PageScore& s) { return s.text.f1; }, all));
  out.field("precision", mean([](const PageScore& s) { return s.text.precision; }, all));
  out.field("recall", mean([](const PageScore& s) { return s.text.recall; }, all));
  out.field("titles_equal",
            mean([](const PageScore& s) { return s.title_equal ? 1.0 : 0.0; }, all));
  out.field("titles_f1", mean([](const PageScore& s) { return s.title_f1; }, all));
  out.field("dates_equal",
            mean([](const PageScore& s) { return s.date_equal ? 1.0 : 0.0; }, dated));
  out.field("authors_equal",
            mean([](const PageScore& s) { return s.authors_equal ? 1.0 : 0.0; }, authored));
  out.field("authors_f1", mean([](const PageScore& s) { return s.author_f1; }, authored));
  out.end_object();
  fmt::print("{}\n", line);
}

// Pages of one site are in one fold.
bool is_in_fold(const std::string& site, std::size_t fold, std::size_t folds) {
  std::size_t hash = 1469598103934665603ULL;
  for (const char c : site) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash % folds == fold;
}

int run(const std::vector<std::string>& arguments) {
  const char* set = std::getenv("TIDINGS_DATA");
  fs::path folder = fs::path(set != nullptr ? set : "../shared/data") / "extraction";
  bool shows_pages = false;
  std::string shown;
  std::size_t fold = 0, folds = 1;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--pages") {
      shows_pages = true;
    } else if (word == "--show" && i + 1 < arguments.size()) {
      shown = arguments[++i];
    } else if (word == "--site-fold" && i + 1 < arguments.size()) {
      if (std::sscanf(arguments[++i].c_str(), "%zu/%zu", &fold, &folds) != 2 || folds == 0)
        return 2;
    } else {
      folder = word;
    }
  }
  std::ifstream file(folder / "articles.json");
  if (!file) {
    fmt::print(stderr, "{} is not there: set TIDINGS_DATA\n", folder.string());
    return 1;
  }
  const json articles = json::parse(file);
  std::vector<PageScore> scores;
  for (const auto& [id, expected] : articles.items()) {
    if (!shown.empty() && !id.starts_with(shown)) continue;
    if (!is_in_fold(text_field(expected, "site"), fold, folds)) continue;
    scores.push_back(score_page(id, expected, read_gzip(folder / "html" / (id + ".html.gz"))));
  }
  std::sort(scores.begin(), scores.end(),
            [](const PageScore& a, const PageScore& b) { return a.text.f1 < b.text.f1; });
  if (!shown.empty() && !scores.empty()) {
    fmt::print("=== found\n{}\n=== expected\n{}\n", scores[0].page.text,
               text_field(scores[0].expected, "articleBody"));
  }
  if (shows_pages || !shown.empty()) std::for_each(scores.begin(), scores.end(), print_page);
  print_summary(scores);
  return 0;
}

}  // namespace
}  // namespace tidings::bench

int main(int argc, char** argv) {
  return tidings::bench::run({argv + 1, argv + argc});
}
