// The first day that is named in a line of text that also says other things.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace tidings::extract {

// "Updated Dec 20, 2023 | 5 min read", "Veröffentlicht am 20. Dezember 2023", "2023年12月20日 9時":
// found by its year of four digits, read by text/date.h. At most the first 300 bytes are looked at.
std::optional<ZonedTime> date_in_text(std::string_view line);

}  // namespace tidings::extract
