// The sentences that say most of what an article says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyze/document.h"

namespace tidings::analyze {

// Two to four whole sentences of the text (fewer where it has no more), or, with `words`, as many
// as come nearest to that number of words; in the article's order, line breaks and runs of spaces
// made one space. Chosen are those nearest to what all sentences say together (the centroid of
// their words); never the title, a headline or a caption within the text, nor a sentence that says
// what another has said. Looks at the first 2,000 sentences. Linear time; safe to call from many
// threads.
std::vector<std::string> summary(const Document& document,
                                 std::optional<std::int32_t> words = std::nullopt);

}  // namespace tidings::analyze
