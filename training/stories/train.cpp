// Makes data/models/stories.bin, how common words are before the first article comes:
// tidings_train_stories DATA_FOLDER OUTPUT_FILE. English from HuffPost's headlines and their
// descriptions, the other languages from the even lines of the sentences that language
// identification is trained on.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <simdjson.h>

#include "stories/story_terms.h"
#include "stories/term_counts.h"

namespace tidings::training {
namespace {

constexpr std::uint32_t kCountMin = 2;  // articles; the rest is as rare as what was never seen

void add(const std::string& text, const std::string& language, stories::TermCounts& counts) {
  const text::Segments segments = text::segment(text, language);
  for (const stories::TermAmount& term : stories::story_terms(segments, 0, language, {}))
    counts.add(term.term);
  counts.add_article(language);
}

Result<void> add_english(const std::string& path, stories::TermCounts& counts) {
  simdjson::dom::parser parser;
  simdjson::dom::document_stream records;
  if (const auto error = parser.load_many(path).get(records); error != simdjson::SUCCESS)
    return invalid_input(fmt::format("{}: {}", path, simdjson::error_message(error)));
  for (const auto record : records) {
    std::string_view headline, description;
    if (record["headline"].get(headline) != simdjson::SUCCESS ||
        record["short_description"].get(description) != simdjson::SUCCESS)
      return invalid_input(fmt::format("{}: a record without text", path));
    add(fmt::format("{}\n{}", headline, description), "en", counts);
  }
  return {};
}

Result<void> add_others(const std::filesystem::path& folder, stories::TermCounts& counts) {
  std::error_code error;
  const std::filesystem::directory_iterator files(folder, error);
  if (error) return invalid_input(folder.string() + ": no sentences");
  for (const auto& entry : files) {
    const std::string language = entry.path().stem();
    if (language == "en") continue;
    std::ifstream file(entry.path());
    std::string line;
    for (std::size_t number = 0; std::getline(file, line); ++number) {
      if (number % 2 == 0) add(line, language, counts);
    }
  }
  return {};
}

Result<void> train(const std::string& data, const std::string& output) {
  stories::TermCounts counts;
  TRY(add_others(data + "/language/sentences", counts));
  TRY(add_english(data + "/categories/huffpost_10k.jsonl", counts));
  stories::ByteWriter bytes;
  counts.save(bytes, kCountMin);
  std::ofstream file(output, std::ios::binary);
  file << bytes.take();
  file.flush();
  if (!file) return unavailable(output + ": cannot be written");
  return {};
}

}  // namespace
}  // namespace tidings::training

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: tidings_train_stories DATA_FOLDER OUTPUT_FILE\n";
    return 2;
  }
  const tidings::Result<void> done = tidings::training::train(arguments[1], arguments[2]);
  if (done) return 0;
  std::cerr << "tidings_train_stories: " << done.error().message << "\n";
  return 1;
}
