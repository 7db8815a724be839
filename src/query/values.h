// What an article has, as terms: a value of a query is found by one of them or not at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/query.h"
#include "model/search_document.h"

namespace tidings::query {

// A document has what a Query of kind Value asks for exactly where its value_terms() hold
// value_term(query.field, query.text). The first byte of a term is an upper-case ASCII letter that
// names the field: files keep it, and no word or key of a word begins so.
std::string value_term(QueryField field, std::string_view text);

// Ascending, each once; at most kValueTermsMax.
//
// Author, Entity, Place, Source: every run of up to six words of the name, and the whole name
// (names.h; of twelve words at most); of an author the first and last word together, of an entity
// its id and aliases too, of a place that is a country the country's code, of a source its number.
// Publisher: the family, and the registrable domain of the address. Topic: the codes and those
// above them. Country, About: the code, lower case. Language: the tag, lower case, and what it
// begins with ("pt-br", "pt"). Story: the number. Url: the words of the address. Site: the host
// without www., and the domains above it down to the registrable one.
inline constexpr std::size_t kValueTermsMax = 4'000;
std::vector<std::string> value_terms(const SearchDocument& document);

// The text of a Value for what somebody wrote: "Jean-Luc" is "jean luc", "Sport" the topic's code,
// "german" de, "https://www.bbc.co.uk/news" the site bbc.co.uk. Idempotent. InvalidInput, with what
// was probably meant, for topics, countries and languages that there are not, for numbers and hosts
// that are none, and for what has no words. Of Url: its first word.
Result<std::string> value_text(QueryField field, std::string_view written);

inline constexpr std::size_t kNameWordsMax = 12;

}  // namespace tidings::query
