// Who said what: the direct quotations of an article.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyze/document.h"

namespace tidings::analyze {

// In the order of the text. A quotation is what stands between quotation marks of any of the
// languages (“…”, „…“, «…», 「…」, ‘…’, "…"), has at least four words or is attributed, and is no
// title of its own; marks within marks belong to the outer. Not more than 2,000 bytes long, over at
// most one empty line; a paragraph that opens with marks and leaves them open goes on in the next
// that opens with them, as newspapers do.
//
// The speaker is named in the sentence, beside the quotation: “…,” said Ann Lee; Ann Lee told
// reporters: “…”; "…", so der Minister; laut X: „…“. It is the name with what follows from it ("Ann
// Lee", "the ministry") as written; "he said" takes the speaker of the quotation before where that
// is in the same or the sentence before and no other person was named since. Verbs of speech for
// English, German, French, Spanish, Italian, Portuguese and Dutch; in other languages a speaker is
// never named.
//
// Linear time; safe to call from many threads. At most 200.
std::vector<Quotation> quotations(const Document& document);

}  // namespace tidings::analyze
