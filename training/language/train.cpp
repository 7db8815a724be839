// Trains the identification of languages: tidings_train_language DATA_FOLDER OUTPUT_FILE.
#include <cstdio>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "corpus.h"
#include "learner.h"
#include "model_writer.h"

namespace language = tidings::training::language;

int main(int argument_count, char** arguments) {
  if (argument_count != 3) {
    fmt::print(stderr, "usage: tidings_train_language DATA_FOLDER OUTPUT_FILE\n");
    return 2;
  }
  const auto corpus = language::read_corpus({.data = arguments[1],
                                             .declarations = TIDINGS_DECLARATIONS,
                                             .tesseract = TIDINGS_TESSERACT,
                                             .sisters = TIDINGS_SISTERS});
  if (!corpus) {
    fmt::print(stderr, "tidings_train_language: {}\n", corpus.error().message);
    return 1;
  }
  std::vector<std::vector<language::Weight>> weights;
  for (std::size_t script = 0; script < tidings::analyze::kScripts; ++script) {
    weights.push_back(language::learn(*corpus, static_cast<tidings::analyze::Script>(script), {}));
    if (!weights.back().empty())
      fmt::print(stderr, "script {}: {} weights\n", script, weights.back().size());
  }
  std::ofstream output(arguments[2], std::ios::binary);
  output << language::write_model(std::move(weights), *corpus, {});
  if (!output.flush()) {
    fmt::print(stderr, "tidings_train_language: cannot write {}\n", arguments[2]);
    return 1;
  }
  return 0;
}
