// Texts whose names are marked, to train and to measure on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analyze/entity_tagger.h"
#include "core/result.h"

namespace tidings::training {

struct Example {
  analyze::EntityLanguage language = analyze::EntityLanguage::English;
  std::string text;
  std::uint32_t title_end = 0;  // bytes
  std::vector<analyze::NamedSpan> names;
};

enum class Spacing : std::uint8_t {
  Natural,    // as people write
  Tokenized,  // a space between all tokens, as the corpus has them
};

// One example a document of a CoNLL file ("token tag" lines, an empty line between sentences,
// -DOCSTART- between documents). Tags are I-PER, I-LOC, I-ORG, I-MISC and O; what is MISC is parted
// into products, events and others by what is known of its words.
Result<std::vector<Example>> read_conll(const std::filesystem::path& file, Spacing spacing);

// Of all *.txt of a folder in the order of their names, which are languages' ("de.txt"): an example
// a line, "[PER Ada Lovelace] met [ORG Acme] ."; classes are PER, ORG, LOC, PROD, EVENT and MISC. A
// line that begins with "# " is a comment, one with "= " a headline.
Result<std::vector<Example>> read_brackets(const std::filesystem::path& folder);

// The same sentences as headlines: in capitals, or, in English, with each word capitalized; of each
// kind one in `one_in`.
std::vector<Example> as_headlines(const std::vector<Example>& examples, std::uint32_t one_in);

}  // namespace tidings::training
