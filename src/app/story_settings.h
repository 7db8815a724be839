// What the settings say of stories.
#pragma once

#include "app/settings.h"
#include "core/result.h"
#include "pipeline/stories.h"

namespace tidings::app {

// InvalidInput names the setting, and of a file of publishers each bad line.
Result<pipeline::StorySettings> story_settings(const Settings& settings);

}  // namespace tidings::app
