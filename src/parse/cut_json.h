// A JSON document that ends in the middle, as far as it is whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings::parse {

// The text up to the last member or element that is whole within the two outer levels (a feed and
// its list), with the brackets closed behind it. Nothing where there is none, or where the text
// ends as it should. Linear time.
std::optional<std::string> whole_part_of_json(std::string_view json);

}  // namespace tidings::parse
