#include "fetch/detour.h"

#include <utility>

namespace tidings::fetch {

HttpRequest leg_of(const HttpRequest& request, const Detour& detour) {
  HttpRequest leg = request;
  leg.stays_in_domain = true;
  if (detour.url.empty()) return leg;
  leg.url = detour.url;
  leg.redirects_before = detour.redirects;
  leg.elapsed_before = detour.elapsed;
  std::erase_if(leg.headers, [](const auto& field) { return is_credential(field.first); });
  return leg;
}

std::optional<Detour> next_detour(const Detour& detour, HttpResponse& response) {
  const bool permanent = detour.permanent && response.permanent_url == response.redirect_url;
  if (!detour.permanent || response.permanent_url.empty())
    response.permanent_url = detour.permanent_url;
  if (response.redirect_url.empty()) return std::nullopt;
  return Detour{.url = std::move(response.redirect_url),
                .permanent_url = std::move(response.permanent_url),
                .permanent = permanent,
                .redirects = response.redirects,
                .elapsed = response.elapsed};
}

}  // namespace tidings::fetch
