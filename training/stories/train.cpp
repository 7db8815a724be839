// Makes data/models/stories.bin, how common words are before the first article comes:
// tidings_train_stories DATA_FOLDER OUTPUT_FILE. English from HuffPost's headlines and their
// descriptions, the other languages from the even lines of the sentences that language
// identification is trained on.
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "run_trainer.h"
#include "stories/story_terms.h"
#include "stories/term_counts.h"
#include "topics/huffpost.h"

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
  const std::vector<LabeledHeadline> headlines = TRY(read_huffpost(path));
  for (const LabeledHeadline& headline : headlines) add(headline.text, "en", counts);
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

Result<std::string> train(const std::string& data) {
  stories::TermCounts counts;
  TRY(add_others(data + "/language/sentences", counts));
  TRY(add_english(data + "/categories/huffpost_10k.jsonl", counts));
  ByteWriter bytes;
  counts.save(bytes, kCountMin);
  return bytes.take();
}

}  // namespace
}  // namespace tidings::training

int main(int count, char** arguments) {
  using namespace tidings::training;
  return run_trainer("tidings_train_stories", count, arguments, train);
}
