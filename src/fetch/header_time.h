// Times as publishers write them into header fields.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "ports/http_client.h"

namespace tidings::fetch {

// Digits, quoted or not (RFC 9111 §1.2.2), at most `most`; nothing for anything else.
std::optional<std::chrono::seconds> delta_seconds(std::string_view text, std::chrono::seconds most);

// Retry-After (RFC 9110 §10.2.3), a number or a date, from now to three days from now.
std::optional<Time> retry_after(const HttpHeaders& headers, Time now);

}  // namespace tidings::fetch
