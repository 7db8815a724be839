#include "fetch/carry_access.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings::fetch {

void carry_access(HttpRequest& request, const SourceAccess& access) {
  request.origin = access.origin;
  request.origin_headers = access.headers;
  if (!access.proxy.empty()) request.proxy = access.proxy;
  if (access.user_agent.empty()) return;
  std::erase_if(request.headers,
                [](const auto& header) { return iequals(header.first, "User-Agent"); });
  request.headers.emplace_back("User-Agent", access.user_agent);
}

}  // namespace tidings::fetch
