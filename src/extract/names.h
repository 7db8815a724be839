// The names of people in what bylines say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidings::extract {

// Where nothing but a role is named ("News Staff"), that is the name.
// "By ANA RUIZ and Li Wei, staff writers | Dec 3" gives "ANA RUIZ", "Li Wei". In many languages:
// words for "by" and "and", roles, addresses, handles and dates are left out. What reads like no
// name (a sentence, a number, an address) gives nothing. Each name once. Linear time.
std::vector<std::string> names_in(std::string_view byline);

// Whether the line begins with a word for "by" in one of those languages.
bool begins_with_by(std::string_view line);

}  // namespace tidings::extract
