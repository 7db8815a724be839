#include "serve/router.h"

#include <set>

namespace tidings::serve {
namespace {

constexpr std::string_view kId = "{id}";

// The segment that stands for {id} (all of nothing for a pattern without one); nothing when the
// path is another.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const std::size_t at = pattern.find(kId);
  if (at == std::string_view::npos) {
    return pattern == path ? std::optional(std::string_view{}) : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, at);
  const std::string_view after = pattern.substr(at + kId.size());
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return std::nullopt;
  }
  const std::string_view id =
      path.substr(before.size(), path.size() - before.size() - after.size());
  return id.find('/') == std::string_view::npos ? std::optional(id) : std::nullopt;
}

}  // namespace

std::string_view to_string(Access access) {
  switch (access) {
    case Access::Undeclared:
      break;
    case Access::Anyone:
      return "anyone";
    case Access::Reader:
      return "reader";
    case Access::Editor:
      return "editor";
    case Access::Admin:
      return "admin";
    case Access::Operator:
      return "operator";
  }
  return "undeclared";
}

bool takes(const Route& route, Method method) {
  switch (method) {
    case Method::Get:
    case Method::Head:
      return true;
    case Method::Post:
      return route.is_callback;
    case Method::Put:
    case Method::Delete:
      return route.write_access != Access::Undeclared;
    default:
      return false;
  }
}

std::string allowed_methods(const Route& route) {
  std::string methods = "GET, HEAD, OPTIONS";
  for (const Method method : {Method::Post, Method::Put, Method::Delete}) {
    if (takes(route, method)) methods.append(", ").append(to_string(method));
  }
  return methods;
}

Result<Router> Router::make(std::vector<Route> routes) {
  std::set<std::string> patterns;
  for (const Route& route : routes) {
    if (route.access == Access::Undeclared) {
      return invalid_input("route " + route.pattern + " does not declare who may call it");
    }
    if (!route.handler && route.serving != Serving::AsStream) {
      return invalid_input("route " + route.pattern + " has no handler");
    }
    if (route.write_access != Access::Undeclared &&
        (route.serving != Serving::OnWorker || route.caching != Caching::Never)) {
      return invalid_input("route " + route.pattern + " writes, and is kept or not on a worker");
    }
    if (!patterns.insert(route.pattern).second) {
      return invalid_input("route " + route.pattern + " is there twice");
    }
  }
  Router router;
  router.routes_ = std::move(routes);
  return router;
}

std::optional<Router::Match> Router::find(std::string_view path) const {
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (const auto id = match(routes_[i].pattern, path)) return Match{i, *id};
  }
  return std::nullopt;
}

}  // namespace tidings::serve
