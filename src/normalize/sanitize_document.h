// A feed document as it may be shown: every text, address and piece of HTML in it made safe.
#pragma once

#include "model/feed.h"

namespace tidings::normalize {

// HTML is sanitized, with addresses made absolute where a base is known; texts are as safe_text()
// and addresses as safe_address() give them. Nothing else changes. Pure.
void sanitize_document(FeedDocument& document);

}  // namespace tidings::normalize
