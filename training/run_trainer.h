// What the programs that make shipped models have in common: PROGRAM DATA_FOLDER OUTPUT_FILE.
#pragma once

#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::training {

inline Result<void> write_model(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.flush();
  if (!file) return unavailable(path + ": cannot be written");
  return {};
}

// `train` makes the model's bytes of the data folder. Returns the exit status.
template <class Train>
int run_trainer(std::string_view program, int count, char** arguments, Train train) {
  if (count != 3) {
    std::cerr << "usage: " << program << " DATA_FOLDER OUTPUT_FILE\n";
    return 2;
  }
  const Result<std::string> model = train(std::string(arguments[1]));
  const Result<void> done = model ? write_model(arguments[2], *model) : Result<void>(model.error());
  if (done) return 0;
  std::cerr << program << ": " << done.error().message << "\n";
  return 1;
}

}  // namespace tidings::training
