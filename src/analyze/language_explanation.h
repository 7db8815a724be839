// Why a text was taken to be in a language.
#pragma once

#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace tidings::analyze {

// The words of the title and of the beginning of the text that tell the language apart from the one
// that comes next, strongest first: a weight is what the word adds to the natural logarithm of the
// odds, before that is fitted to how often such answers are right. Of a script with one language
// the script itself. Empty for "und" and for languages that the shipped model does not know.
std::vector<Evidence> language_evidence(std::string_view title, std::string_view text,
                                        std::string_view code);

}  // namespace tidings::analyze
