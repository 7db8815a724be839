// Lines that pages put into articles and that are not the article's: "Advertisement", "Read more:".
#pragma once

#include <string_view>

namespace tidings::extract {

// A whole block that is a label or an invitation rather than something the article says, in the
// languages of most news. `text` has its white space collapsed. Only short blocks can be one.
bool is_furniture_line(std::string_view text);

}  // namespace tidings::extract
