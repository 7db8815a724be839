// Lists of short texts in one column, as a JSON array of strings: readable in any database shell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::sql {

// Empty for the empty list. Each text becomes storable.
std::string encode_list(const std::vector<std::string>& texts);

// Nothing when the text is no such list.
std::optional<std::vector<std::string>> decode_list(std::string_view json);

}  // namespace tidings::sql
