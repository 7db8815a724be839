// Which addresses may stand in sanitized HTML, and how each is written.
#pragma once

#include <string>
#include <string_view>

#include "core/url.h"

namespace tidings::normalize {

// Absolute http or https, without tracking parameters; empty when it cannot be.
std::string web_address(BaseUrl& base, std::string_view reference);

// A web address, mailto: or tel:; empty for everything else.
std::string link_address(BaseUrl& base, std::string_view reference);

// "data:image/png;base64,…" (png, gif, jpeg or webp, at most 32 KiB): nothing that a browser would
// run, and not the single transparent pixel that stands in for a late image.
bool is_inline_image(std::string_view address);

// The name of a file that pages show until the image has come: "blank.gif", "placeholder.png".
bool is_blank_image(std::string_view address);

// Addresses that count readers instead of showing them something.
bool is_tracker(std::string_view address);

// The player's own https address for an <iframe> of the few that are allowed; empty for others.
std::string frame_address(BaseUrl& base, std::string_view reference);

}  // namespace tidings::normalize
