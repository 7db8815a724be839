// Reads queries as people write them. docs/user/search_language.md is the manual, with the grammar.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "model/query.h"

namespace tidings::query {

struct QueryLimits {
  std::size_t bytes_max = 4'096;
  std::size_t terms_max = 256;      // words, values and ranges
  std::size_t depth_max = 32;       // of parentheses and negations
  std::size_t expansions_max = 16;  // words with a star or a tilde
};

// What to_string() of a query within the limits above may need to be read again.
inline constexpr QueryLimits kCanonicalLimits{
    .bytes_max = 256 * 1024, .terms_max = 1'024, .depth_max = 160, .expansions_max = 64};

inline constexpr std::size_t kNearPartsMax = 8;
inline constexpr std::size_t kNearWordsMax = 13;  // of all its parts
inline constexpr std::uint32_t kNearDistanceMax = 50;

struct QueryContext {
  Time now{};
  std::string time_zone = "UTC";  // IANA's name
  std::string language;           // BCP 47, of who asks; empty: unknown
  QueryLimits limits;
};

// The query as it is written (canonical() makes equal ones equal); Everything for blanks and "*".
// InvalidInput with code "query_syntax" names the place, and what would be right; with code
// "needs_account" for is: and tag:. Time and memory grow with the size of `written`, which has a
// limit. Safe to call from many threads.
Result<Query> parse_query(std::string_view written, const QueryContext& context);

}  // namespace tidings::query
