#include "ports/http_client.h"

#include "core/strings.h"

namespace tidings {

std::string_view header(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (iequals(key, name)) return trim(value);
  }
  return {};
}

bool is_credential(std::string_view header_name) {
  return iequals(header_name, "Authorization") || iequals(header_name, "Cookie") ||
         iequals(header_name, "Proxy-Authorization");
}

}  // namespace tidings
