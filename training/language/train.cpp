// Trains the identification of languages: tidings_train_language DATA_FOLDER OUTPUT_FILE.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus.h"
#include "learner.h"
#include "model_writer.h"
#include "run_trainer.h"

namespace language = tidings::training::language;

namespace {

tidings::Result<std::string> trained(const std::string& data) {
  const auto corpus = TRY(language::read_corpus({.data = data,
                                                 .declarations = TIDINGS_DECLARATIONS,
                                                 .tesseract = TIDINGS_TESSERACT,
                                                 .sisters = TIDINGS_SISTERS}));
  std::vector<std::vector<language::Weight>> weights;
  for (std::size_t script = 0; script < tidings::analyze::kScripts; ++script) {
    weights.push_back(language::learn(corpus, static_cast<tidings::analyze::Script>(script), {}));
    if (!weights.back().empty())
      fmt::print(stderr, "script {}: {} weights\n", script, weights.back().size());
  }
  return language::write_model(std::move(weights), corpus, {});
}

}  // namespace

int main(int count, char** arguments) {
  return tidings::training::run_trainer("tidings_train_language", count, arguments, trained);
}
