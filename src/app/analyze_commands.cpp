// What articles are about, line by line.
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/analyze.h"
#include "analyze/article_line.h"
#include "app/commands.h"
#include "app/files.h"
#include "model/analysis_json.h"

namespace tidings::app {
namespace {

constexpr std::size_t kLineBytesMax = 64 << 20;
constexpr std::size_t kOutputBytes = 1 << 16;  // written at a time

// Which fields could not be found.
std::vector<std::string> write_line(const analyze::ArticleLine& line, Explain explain,
                                    std::string& out) {
  Analysis analysis = analyze::analyze({.title = line.title,
                                        .text = line.text,
                                        .url = line.url,
                                        .publisher = line.publisher,
                                        .language = line.language,
                                        .categories = line.categories,
                                        .targets = line.targets,
                                        .mentions = line.mentions,
                                        .summary_words = line.summary_words});
  JsonWriter json(out);
  json.begin_object();
  json.key("id");
  json.raw(line.id_json);
  write_analysis(json, analysis, explain);
  json.end_object();
  out += '\n';
  return std::move(analysis.failed);
}

Result<void> analyze_lines(const Arguments& arguments) {
  const Explain explain = arguments.has("--explain") ? Explain::Yes : Explain::No;
  analyze::ArticleLineReader reader;
  std::string line, out;
  std::size_t number = 0, faults = 0;
  std::ios::sync_with_stdio(false);  // nobody reads by C's stdin, and one call a byte is slow
  while (std::getline(std::cin, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (line.size() > kLineBytesMax) {
      fail(fmt::format("line {}: longer than 64 MB", number));
      ++faults;
      continue;
    }
    const Result<analyze::ArticleLine> read = reader.read(line);
    if (!read) {  // one bad line costs only itself
      fail(fmt::format("line {}: {}", number, read.error().message));
      ++faults;
      continue;
    }
    for (const std::string& field : write_line(*read, explain, out)) {
      fail(fmt::format("line {}: the analyzer of \"{}\" failed; the field is absent", number,
                       field));
      ++faults;
    }
    if (out.size() >= kOutputBytes || std::cin.rdbuf()->in_avail() <= 0) {
      TRY(write_output(out));
      out.clear();
    }
  }
  TRY(write_output(out));
  if (faults > 0) return invalid_input(fmt::format("{} faults in {} lines", faults, number));
  return {};
}

}  // namespace

int run_analyze(const Arguments& arguments) {
  return report(analyze_lines(arguments));
}

}  // namespace tidings::app
