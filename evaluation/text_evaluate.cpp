// Cuts texts for evaluation/sentences.py: JSON lines {"text","language"} in, JSON lines of
// sentences out. With `--time` it says what cutting costs instead: microseconds per text, median of
// the rounds.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "core/json_writer.h"
#include "text/segments.h"

namespace {

using namespace tidings;

struct Input {
  std::string text;
  std::string language = "und";
};

std::string field(simdjson::dom::element line, std::string_view name, std::string_view otherwise) {
  std::string_view value;
  return std::string(line[name].get(value) == simdjson::SUCCESS ? value : otherwise);
}

std::vector<Input> inputs() {
  std::vector<Input> found;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element parsed;
    if (parser.parse(line).get(parsed) != simdjson::SUCCESS) continue;
    found.push_back({field(parsed, "text", ""), field(parsed, "language", "und")});
  }
  return found;
}

void print_sentences(const Input& input) {
  const text::Segments segments = text::segment(input.text, input.language);
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const text::Sentence& sentence : segments.sentences()) {
    json.value(segments.text().substr(sentence.begin, sentence.end - sentence.begin));
  }
  json.end_array();
  std::cout << out << '\n';
}

double microseconds_per_text(const std::vector<Input>& texts) {
  std::vector<double> rounds;
  std::size_t words = 0;
  for (int round = 0; round < 9; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    for (const Input& input : texts)
      words += text::segment(input.text, input.language).words().size();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    rounds.push_back(took.count() / static_cast<double>(std::max<std::size_t>(texts.size(), 1)));
  }
  std::cerr << static_cast<double>(words) / 9 / static_cast<double>(texts.size())
            << " words a text\n";
  std::ranges::sort(rounds);
  return rounds[rounds.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<Input> texts = inputs();
  if (count > 1 && std::string_view(arguments[1]) == "--time") {
    std::cout << microseconds_per_text(texts) << '\n';
    return 0;
  }
  for (const Input& input : texts) print_sentences(input);
  return 0;
}
