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

// "Opinion | Headline | Sports" is "Headline": what bars part off at the ends, if it is short.
std::string without_labels(std::string_view title);

// Equal but for case, punctuation and white space.
bool is_same_title(std::string_view a, std::string_view b);

// Whether `longer` is `title` with something before or behind it (a kicker, a label).
bool holds_title(std::string_view longer, std::string_view title);

// Whether two titles have a word of some length in common, or part of one where words are not
// parted by spaces.
bool shares_words(std::string_view a, std::string_view b);

}  // namespace tidings::extract
