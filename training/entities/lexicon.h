// Which words each language's texts hold, for the model: see src/analyze/entity_lexicon.h.
#pragma once

#include <filesystem>
#include <string>

#include "core/result.h"

namespace tidings::training {

// LexiconWriter::blocks of the word lists in Tesseract's language data (Debian's tesseract-ocr-*).
Result<std::string> read_lexicon(const std::filesystem::path& folder);

}  // namespace tidings::training
