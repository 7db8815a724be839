// A stored article as the analyzers take it.
#pragma once

#include "analyze/analyze.h"
#include "model/article.h"

namespace tidings::analyze {

// Borrows from the article. One whose body retention has dropped is its summary.
Article article_of(const tidings::Article& stored);

// Fills the evidence that is not stored into an analysis of the article, by looking again. Left as
// it is where that would not explain these scores: the article was edited since, or lost its body,
// or was analyzed by other analyzers than this program's.
void explain(const tidings::Article& stored, std::int32_t revision, std::int32_t analyzers,
             Analysis& analysis);

}  // namespace tidings::analyze
