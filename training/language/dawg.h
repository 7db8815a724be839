// Reads the word lists inside the language data of Tesseract (Debian's tesseract-ocr-*;
// Apache-2.0).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace tidings::training::language {

// The words of NAME.traineddata, in the order of the automaton. NotFound where the file is absent,
// Corrupt where it is not what Tesseract writes.
Result<std::vector<std::string>> words_of_tesseract(const std::filesystem::path& file);

}  // namespace tidings::training::language
