// Runs single analyzers for the evaluation: `text_evaluate WHAT`, where WHAT is sentences, stems,
// keyphrases, summary, quotations or time, reads JSON lines {"text","title","language",
// "summary_words"} and writes one JSON line of answers each. `time` writes what each analyzer costs
// instead: processor time in microseconds per text, the median of nine rounds.
#include <algorithm>
#include <ctime>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "analyze/keyphrases.h"
#include "analyze/quotations.h"
#include "analyze/summary.h"
#include "core/json_writer.h"

namespace {

using namespace tidings;

struct Input {
  std::string text;
  std::string language;
  std::uint32_t title_end = 0;
  std::optional<std::int32_t> summary_words;

  analyze::Document document() const {
    return {.segments = text::segment(text, language, title_end),
            .title_end = title_end,
            .language = language};
  }
};

std::string field(simdjson::dom::element line, std::string_view name, std::string_view otherwise) {
  std::string_view value;
  return std::string(line[name].get(value) == simdjson::SUCCESS ? value : otherwise);
}

Input input_of(simdjson::dom::element line) {
  Input input{.language = field(line, "language", "en")};
  const std::string title = field(line, "title", "");
  input.title_end = static_cast<std::uint32_t>(title.size());
  input.text = title.empty() ? field(line, "text", "") : title + "\n" + field(line, "text", "");
  std::int64_t words = 0;
  if (line["summary_words"].get(words) == simdjson::SUCCESS) {
    input.summary_words = static_cast<std::int32_t>(words);
  }
  return input;
}

std::vector<Input> inputs() {
  std::vector<Input> found;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element parsed;
    if (parser.parse(line).get(parsed) == simdjson::SUCCESS) found.push_back(input_of(parsed));
  }
  return found;
}

std::vector<std::string> sentences(const analyze::Document& document) {
  std::vector<std::string> found;
  for (const text::Sentence& sentence : document.segments.sentences()) {
    found.emplace_back(
        document.segments.text().substr(sentence.begin, sentence.end - sentence.begin));
  }
  return found;
}

std::vector<std::string> stems(const analyze::Document& document) {
  std::vector<std::string> found;
  for (const text::Word& word : document.segments.words()) {
    found.emplace_back(document.segments.stem(word));
  }
  return found;
}

std::vector<std::string> phrases(const analyze::Document& document) {
  std::vector<std::string> found;
  for (const Keyphrase& phrase : analyze::keyphrases(document)) found.push_back(phrase.text);
  return found;
}

std::vector<std::string> quoted(const analyze::Document& document) {
  std::vector<std::string> found;
  for (const Quotation& quotation : analyze::quotations(document)) {
    found.push_back(quotation.speaker + ": " + quotation.text);
  }
  return found;
}

template <class Answers>
void print(const Answers& answers) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& answer : answers) json.value(answer);
  json.end_array();
  std::cout << out << '\n';
}

double microseconds(std::size_t texts, const std::function<void()>& work) {
  std::vector<double> rounds;
  for (int round = 0; round < 9; ++round) {
    const std::clock_t begin = std::clock();
    work();
    const double took = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    rounds.push_back(took / static_cast<double>(std::max<std::size_t>(texts, 1)));
  }
  std::ranges::sort(rounds);
  return rounds[rounds.size() / 2];
}

void print_times(const std::vector<Input>& texts) {
  std::vector<analyze::Document> documents;
  std::size_t words = 0;
  const double cut = microseconds(texts.size(), [&] {
    for (const Input& input : texts) words += input.document().segments.words().size();
  });
  for (const Input& input : texts) documents.push_back(input.document());
  const auto each = [&](auto&& analyzer) {
    return microseconds(texts.size(), [&] {
      for (const analyze::Document& document : documents) analyzer(document);
    });
  };
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("words", words / 9 / std::max<std::size_t>(texts.size(), 1));
  json.field("segments", cut);
  json.field("keyphrases", each([](const auto& document) { analyze::keyphrases(document); }));
  json.field("summary", each([](const auto& document) { analyze::summary(document); }));
  json.field("quotations", each([](const auto& document) { analyze::quotations(document); }));
  json.end_object();
  std::cout << out << '\n';
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  const std::vector<Input> texts = inputs();
  if (what == "time") {
    print_times(texts);
    return 0;
  }
  for (const Input& input : texts) {
    const analyze::Document document = input.document();
    if (what == "sentences") {
      print(sentences(document));
    } else if (what == "stems") {
      print(stems(document));
    } else if (what == "keyphrases") {
      print(phrases(document));
    } else if (what == "summary") {
      print(analyze::summary(document, input.summary_words));
    } else if (what == "quotations") {
      print(quoted(document));
    } else {
      std::cerr << "text_evaluate: sentences, stems, keyphrases, summary, quotations or time, not '"
                << what << "'\n";
      return 2;
    }
  }
  return 0;
}
