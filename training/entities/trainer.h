// From marked texts to a model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entities/examples.h"

namespace tidings::training {

// The second pass learns from what first passes say that have not seen the text: of as many parts
// as `parts`, each is judged by a field trained on the others.
std::string train_model(const std::vector<Example>& examples, std::size_t parts,
                        std::string_view lexicon);

}  // namespace tidings::training
