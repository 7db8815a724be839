// What an answer, or none, does to what we remember of its source.
#pragma once

#include <string>

#include "core/time.h"
#include "fetch/fetcher.h"
#include "model/source.h"

namespace tidings::pipeline {

void succeed(SourceState& state, Time now);

// The problem's `since` is when it began: it stays while the class does.
void fail(SourceState& state, std::string error_class, std::string message, Time now);

// A redirect that was called permanent is believed while its target answers. Then the address that
// a person gave is asked again: its owner may have moved the feed once more, or back.
void doubt_redirect(SourceState& state);

// Where an answer says that the source has moved for good; `self_url` is what its document says.
void follow_move(SourceState& state, const Source& source, const std::string& permanent_url,
                 const std::string& self_url, Time now);

// For the next conditional request, unless they were caught hiding changes.
void keep_validators(SourceState& state, const fetch::Page& page);

void record_fetch(SourceState& state, FetchOutcome outcome, Time now);

}  // namespace tidings::pipeline
