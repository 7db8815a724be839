// What words make of the valences beside them, beyond negation: unemployment that falls is good
// news.
#pragma once

#include <span>

#include "analyze/sentiment_tokens.h"

namespace tidings::analyze {

// Of one sentence, whose negators and intensifiers were applied. A fall turns the nearest quantity
// of its clause, a rise strengthens it; what is stopped ("ends the suffering") is no longer bad,
// unless the stopping fails; who is rescued suffers no longer from what the clause names; and what
// somebody fails to do is no longer good. Linear time.
void apply_shifts(std::span<ToneToken> sentence);

// Some negators may stand behind their verb, as in German and Dutch: "überzeugt nicht". `boosts`
// are those of the sentence's tokens: above 0 for such a negator.
void apply_late_negators(std::span<ToneToken> sentence, const float* boosts);

}  // namespace tidings::analyze
