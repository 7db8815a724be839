// A standing query as a few numbers, which are quick to ask of an article.
//
// A node is one number: what it is in its upper four bits, in the others a term's number or how
// many numbers the node takes with its parts, which follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"
#include "model/query.h"
#include "search/article_terms.h"
#include "search/standing_terms.h"

namespace tidings::search {

using StandingProgram = std::vector<std::uint32_t>;
using StandingCode = std::span<const std::uint32_t>;

// Takes the query's terms. InvalidInput, with nothing taken, where the query is deeper or longer
// than parse_query() makes any.
Result<StandingProgram> compile(const Query& query, StandingTerms& terms);
void give_back_terms(StandingCode program, StandingTerms& terms);

// How many numbers the node takes that begins there.
std::size_t node_size(const std::uint32_t* node);

bool holds(const std::uint32_t* program, const ArticleTerms& article);

// Terms one of which every article has for which the program holds: those that are seen least.
// Ascending. Nothing where an article may have none at all.
std::optional<std::vector<TermNumber>> needed_terms(const std::uint32_t* program,
                                                    const StandingTerms& terms);
// A term that every such article has, the rarest but for `except`.
std::optional<TermNumber> also_needed(const std::uint32_t* program, const StandingTerms& terms,
                                      TermNumber except);

}  // namespace tidings::search
