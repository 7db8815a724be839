// What curl's result codes mean in the words of the port.
#pragma once

#include <string_view>

#include <curl/curl.h>

#include "core/result.h"

namespace tidings::curl {

// `detail` is curl's own text, `system_error` an errno or 0. Not for CURLE_OK, timeouts and what
// our callbacks stopped.
Error to_error(CURLcode code, std::string_view host, std::string_view detail, int system_error);

}  // namespace tidings::curl
