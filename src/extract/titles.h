// The headline, free of what sites put around it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tidings::extract {

// "Headline | The Paper" is "Headline" where the last part (or the first) is the site's name or its
// host, or what is left is a heading of the page.
std::string without_site(std::string_view title, std::string_view site, std::string_view host,
                         std::string_view heading);

// Equal but for case, punctuation and white space.
bool is_same_title(std::string_view a, std::string_view b);

}  // namespace tidings::extract
