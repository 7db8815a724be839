// What an address leads to, by how its path ends: for publishers that do not say.
#pragma once

#include <string_view>

#include "model/feed.h"

namespace tidings {

bool is_picture_address(std::string_view url);

// Film, sound or a document: something to open, not to show.
bool is_played_address(std::string_view url);

// By its type, by its address where it has none.
bool is_picture(const Enclosure& enclosure);

}  // namespace tidings
