// What every row store does alike, whatever stands behind it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/article.h"
#include "model/event.h"
#include "model/source.h"
#include "ports/article_store.h"

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

// How many of an article's keys a store remembers: its identity and the first alias. The others are
// asked for all the same, since an article may have been stored when it had no better key.
inline constexpr std::size_t kIdentitiesKept = 2;

// What tells two tellings of one article from two articles that a key confuses.
struct ArticleTraits {
  std::string_view title, url;  // of what is given: no address where it is not the article's own
  Time published{};
};

// Whether an article whose content changed is the one that was found by one of its keys. Feeds use
// a guid again, date all entries alike, or link them to one page: a guid is believed where title or
// address (core/page_address.h) stayed, or the time of publication and much of the title; an alias
// where the address stayed, and title or time as well. An identity without aliases is all that
// there is: much of the title is enough then.
bool is_same_article(const ArticleTraits& stored, const ArticleTraits& given, bool by_identity,
                     bool has_aliases);

// Whether a fetch was of a source that has changed since: what it brought is not to be stored.
bool is_superseded(const IngestBatch& batch, const SourceSettings& settings);

// SourceFailed or SourceRecovered where the new state changes the source's health that way.
std::optional<EventKind> health_event(const Source& before, const SourceState& after);

}  // namespace tidings
