// Stories as JSON: the one shape that lists, single stories and live events share.
#pragma once

#include "core/json_writer.h"
#include "core/time.h"
#include "model/story.h"

namespace tidings::serve {

// The fields of an open object; absent values are left out. The rank's score and freshness are
// those of `now`.
void write_story_fields(JsonWriter& json, const Story& story, Time now);

// negative, neutral and positive articles and the mean score; nothing where no tone is known.
void write_tones(JsonWriter& json, const StoryTones& tones);

// score and evidence, as the story that has the link writes it; what both write alike once.
void write_link_fields(JsonWriter& json, const StoryLink& link);

}  // namespace tidings::serve
