// What is believed of what publishers say about themselves: validators, and redirects for good.
#pragma once

#include <string>

#include "core/time.h"
#include "model/feed.h"
#include "model/source.h"

namespace tidings::sources {

// Whether the next request should ask for the whole answer though there is a validator: the source
// has been silent for much longer than it ever was, at a rate at which eight articles were to be
// expected. So a server that answers 304 for ever is found out, and others are hardly ever asked in
// vain: once, and again only when the silence has doubled.
bool should_ask_whole(const Source& source, Time now);

// Takes a 304 that was a lie into account: `feed` came without validators after a 304, and holds
// what was published well before that.
void note_whole_answer(SourceState& state, const SourceState& before, const Feed& feed, Time now);

// Takes one more answer that called its redirect permanent (an empty address: none did) into
// account, and gives the address that is to be asked from now on, or nothing. It is believed after
// three answers over a day and more, or at once when the feed itself says that it lives there
// (`self_url`, empty when unknown).
std::string believed_move(MoveEvidence& evidence, const std::string& permanent_url,
                          const std::string& self_url, Time now);

}  // namespace tidings::sources
