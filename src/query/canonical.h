// One spelling for equal questions, so that they are answered once.
#pragma once

#include <string>

#include "model/query.h"

namespace tidings::query {

// parse_query() reads it back as the same query, where parse_query() or canonical() made it and
// under kCanonicalLimits.
std::string to_string(const Query& query);

// Means the same. Ands in Ands and Ors in Ors are one; parts are sorted, each once; nothing is
// negated twice; ranges of one field that must hold together are one; what always holds or never
// does (NOT *) is left out, or is all there is. Idempotent.
Query canonical(Query query);

}  // namespace tidings::query
