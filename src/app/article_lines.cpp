#include "app/article_lines.h"

#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"

namespace tidings::app {
namespace {

constexpr std::size_t kLineBytesMax = 64 << 20;
constexpr std::size_t kOutputBytes = 1 << 16;  // written at a time

Result<analyze::ArticleLine> read_line(analyze::ArticleLineReader& reader, std::string_view line) {
  if (line.size() > kLineBytesMax) return invalid_input("longer than 64 MB");
  return reader.read(line);
}

Result<void> use_lines(const UseArticleLine& use, std::istream& input) {
  analyze::ArticleLineReader reader;
  std::string line, out;
  std::size_t number = 0, faults = 0;
  while (std::getline(input, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Result<analyze::ArticleLine> read = read_line(reader, line);
    const std::vector<std::string> said =
        read ? use(*read, out) : std::vector<std::string>{read.error().message};
    for (const std::string& fault : said) fail(fmt::format("line {}: {}", number, fault));
    faults += said.size();
    if (out.size() >= kOutputBytes || input.rdbuf()->in_avail() <= 0) {
      TRY(write_output(out));
      out.clear();
    }
  }
  TRY(write_output(out));
  if (faults > 0) return invalid_input(fmt::format("{} faults in {} lines", faults, number));
  return {};
}

}  // namespace

Result<void> use_article_lines(const UseArticleLine& use, const std::string& path) {
  std::ios::sync_with_stdio(false);  // nobody reads by C's stdin, and one call a byte is slow
  if (path == "-") return use_lines(use, std::cin);
  std::ifstream file(path);
  if (!file.is_open()) return invalid_input(fmt::format("{} cannot be read", path));
  return use_lines(use, file);
}

}  // namespace tidings::app
