// The day that many sites write into the addresses of their articles.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace tidings::extract {

// "/2023/12/17/", "/2023-12-17-", "/2023/dec/17/", "/20231217": midnight UTC of that day. Nothing
// where there is no whole date.
std::optional<Time> date_in_url(std::string_view url);

}  // namespace tidings::extract
