// What each analyzer costs an article: analysis_cost FILE, of JSON lines as `tidings analyze` reads
// them. Prints one JSON object: microseconds of processor time an article, in all and of each
// analyzer alone, the best of several rounds.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "analyze/analyze.h"
#include "analyze/article_line.h"
#include "analyze/document.h"
#include "analyze/entities.h"
#include "analyze/keyphrases.h"
#include "analyze/language.h"
#include "analyze/places.h"
#include "analyze/quotations.h"
#include "analyze/sentiment.h"
#include "analyze/summary.h"
#include "analyze/topics.h"
#include "core/json_writer.h"
#include "model/analysis_json.h"

namespace tidings::evaluation {
namespace {

using analyze::ArticleLine;
using analyze::Document;

constexpr int kRounds = 5;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Of the best round: others ran beside something else.
double microseconds_each(std::size_t articles, const std::function<void()>& round) {
  double best = 1e9;
  for (int i = 0; i < kRounds; ++i) {
    const double begun = processor_seconds();
    round();
    best = std::min(best, processor_seconds() - begun);
  }
  return best * 1e6 / static_cast<double>(articles);
}

struct Prepared {
  std::string whole;
  Document document;
};

Document document_of(const std::string& whole, const ArticleLine& line) {
  return {.segments = text::segment(whole, "en", line.title.size()),
          .title_end = static_cast<std::uint32_t>(line.title.size()),
          .language = "en"};
}

std::string whole_of(const ArticleLine& line) {
  return line.title + "\n" + line.text;
}

class Costs {
 public:
  explicit Costs(std::vector<std::string> lines) : lines_(std::move(lines)) {
    for (const std::string& line : lines_) articles_.push_back(reader_.read(line).value());
    for (const ArticleLine& line : articles_) texts_.push_back(whole_of(line));
    for (std::size_t i = 0; i < texts_.size(); ++i)
      documents_.push_back(document_of(texts_[i], articles_[i]));
  }

  void print() {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("articles", articles_.size());
    json.field("json_to_json", microseconds_each(lines_.size(), [&] { whole_way(); }));
    json.field("segments", microseconds_each(lines_.size(), [&] {
                 for (std::size_t i = 0; i < texts_.size(); ++i)
                   keep(document_of(texts_[i], articles_[i]).segments.words().size());
               }));
    json.field("language", microseconds_each(lines_.size(), [&] {
                 for (const ArticleLine& line : articles_)
                   keep(analyze::identify_language(line.title, line.text).code.size());
               }));
    each(json, "sentiment",
         [](const Document& d) { return analyze::sentiment(d)->evidence.size(); });
    each(json, "topics", [](const Document& d) { return analyze::topics(d).size(); });
    each(json, "entities", [](const Document& d) { return analyze::entities(d).size(); });
    each(json, "places", [](const Document& d) { return analyze::places(d).places.size(); });
    each(json, "quotations", [](const Document& d) { return analyze::quotations(d).size(); });
    each(json, "keyphrases", [](const Document& d) { return analyze::keyphrases(d).size(); });
    each(json, "summary", [](const Document& d) { return analyze::summary(d).size(); });
    json.end_object();
    std::printf("%s\n", out.c_str());
  }

 private:
  void each(JsonWriter& json, std::string_view name,
            const std::function<std::size_t(const Document&)>& analyzer) {
    json.field(name, microseconds_each(documents_.size(), [&] {
                 for (const Document& document : documents_) keep(analyzer(document));
               }));
  }

  void whole_way() {
    for (const std::string& line : lines_) {
      const ArticleLine article = reader_.read(line).value();
      std::string out;
      JsonWriter json(out);
      json.begin_object();
      write_analysis(json, analyze::analyze({.title = article.title, .text = article.text}));
      json.end_object();
      keep(out.size());
    }
  }

  // What was computed is used.
  void keep(std::size_t size) { kept_ = kept_ + size; }

  std::vector<std::string> lines_;
  analyze::ArticleLineReader reader_;
  std::vector<ArticleLine> articles_;
  std::vector<std::string> texts_;
  std::vector<Document> documents_;
  volatile std::size_t kept_ = 0;
};

}  // namespace
}  // namespace tidings::evaluation

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: analysis_cost FILE\n");
    return 2;
  }
  std::ifstream file(words[1]);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) {
    std::fprintf(stderr, "analysis_cost: %s has no lines\n", words[1]);
    return 1;
  }
  tidings::evaluation::Costs(std::move(lines)).print();
  return 0;
}
