// What everybody calls some countries and organizations by, in the languages whose names are found:
// so that "EU", "European Union" and "Union européenne" are one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings::analyze {

// Of a name in lower case without diacritics and points; nothing for names that are not known.
std::optional<std::string_view> known_organization(std::string_view key);

// The name that the gazetteer has for a place ("bavaria" for "bayern"), as it is written
// there; nothing where the name is not known, or mostly means something else. `lower` is in lower
// case with its diacritics, words parted by one space.
std::optional<std::string> known_place(std::string_view lower);

}  // namespace tidings::analyze
