// What articles are about, line by line.
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyze/analyze.h"
#include "app/article_lines.h"
#include "app/commands.h"
#include "app/files.h"
#include "model/analysis_json.h"

namespace tidings::app {
namespace {

void write_line(const analyze::ArticleLine& line, const Analysis& analysis, Explain explain,
                std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.key("id");
  json.raw(line.id_json);
  write_analysis(json, analysis, explain);
  json.end_object();
  out += '\n';
}

std::vector<std::string> faults_of(const Analysis& analysis) {
  std::vector<std::string> faults;
  faults.reserve(analysis.failed.size());
  for (const std::string& field : analysis.failed)
    faults.push_back(fmt::format("the analyzer of \"{}\" failed; the field is absent", field));
  return faults;
}

Result<void> analyze_lines(const Arguments& arguments) {
  const Explain explain = arguments.has("--explain") ? Explain::Yes : Explain::No;
  return use_article_lines([&](const analyze::ArticleLine& line, std::string& out) {
    const Analysis analysis = analyze::analyze({.title = line.title,
                                                .text = line.text,
                                                .url = line.url,
                                                .publisher = line.publisher,
                                                .language = line.language,
                                                .categories = line.categories,
                                                .targets = line.targets,
                                                .mentions = line.mentions,
                                                .summary_words = line.summary_words,
                                                .explain = explain});
    write_line(line, analysis, explain, out);
    return faults_of(analysis);
  });
}

}  // namespace

int run_analyze(const Arguments& arguments) {
  return report(analyze_lines(arguments));
}

}  // namespace tidings::app
