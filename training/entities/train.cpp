// Trains data/models/entities.bin: tidings_train_entities DATA_FOLDER OUTPUT_FILE.
#include <filesystem>
#include <string>
#include <vector>

#include "entities/lexicon.h"
#include "entities/trainer.h"
#include "run_trainer.h"

namespace {

constexpr std::size_t kParts = 5;
constexpr std::uint32_t kHeadlineOneIn = 6;

tidings::Result<std::string> trained(const std::filesystem::path& data) {
  using namespace tidings::training;
  std::vector<Example> examples =
      TRY(read_conll(data / "entities" / "wikigold.conll.txt", Spacing::Natural));
  const std::vector<Example> own = TRY(read_brackets(TIDINGS_ENTITY_EXAMPLES));
  examples.insert(examples.end(), own.begin(), own.end());
  const std::vector<Example> headlines = as_headlines(examples, kHeadlineOneIn);
  examples.insert(examples.end(), headlines.begin(), headlines.end());
  return train_model(examples, kParts, TRY(read_lexicon(TIDINGS_TESSERACT)));
}

}  // namespace

int main(int count, char** arguments) {
  return tidings::training::run_trainer("tidings_train_entities", count, arguments, trained);
}
