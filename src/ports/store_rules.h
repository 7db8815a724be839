// What every row store does alike, whatever stands behind it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/event.h"
#include "model/source.h"

namespace tidings {

// Text as it is stored: UTF-8 without NUL, since PostgreSQL's TEXT takes nothing else. What is not
// comes back as U+FFFD. Returns `text` itself where it is fine already, else a view of `buffer`.
std::string_view storable_text(std::string_view text, std::string& buffer);

// A language or a country as it is stored: a text of at most 64 bytes, since it is indexed. What is
// longer is no tag and is kept as the empty text.
std::string_view storable_tag(std::string_view tag, std::string& buffer);

// Whether `language` is `wanted`, or a form of the primary subtag `wanted` ("pt": pt, pt-BR;
// "pt-BR": only itself).
bool language_matches(std::string_view wanted, std::string_view language);

// "pt" of "pt-BR".
std::string_view primary_language(std::string_view language);

// SourceFailed or SourceRecovered where the new state changes the source's health that way.
std::optional<EventKind> health_event(const Source& before, const SourceState& after);

}  // namespace tidings
