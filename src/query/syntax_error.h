// What is wrong with a query, where, and what would be right.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"

namespace tidings::query {

// InvalidInput with code "query_syntax": "at byte 4 (“soruce:bbc”): there is no field …". `at` is a
// place of `written`, or its end.
Error syntax_error(std::string_view written, std::size_t at, std::string_view what);

}  // namespace tidings::query
