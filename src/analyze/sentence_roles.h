// What a sentence does in an article beside telling: it says where it was written, speaks of the
// page, or leans on the sentence before.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/segments.h"

namespace tidings::analyze {

// Bytes of "PARIS (Reuters) - ", "NEW YORK, March 3 — ", "Berlin (dpa) – " at the sentence's
// beginning; 0 where it has no dateline.
std::size_t dateline_bytes(std::string_view sentence);

// "Read more: …", "Follow us on …", "Photo: AP.", "Reporting by …": English, German, French,
// Spanish, Italian, Portuguese and Dutch.
bool is_notice(std::string_view sentence);

// "He said …", "But …", "Dies gilt …": begins with a word that means what was said before. The same
// seven languages.
bool leans_back(const text::Segments& segments, const text::Sentence& sentence,
                std::string_view language);

}  // namespace tidings::analyze
