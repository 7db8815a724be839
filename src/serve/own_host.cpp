#include "serve/own_host.h"

#include <fmt/format.h>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::serve {
namespace {

// Without the port; "[::1]" keeps its brackets.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_this_machine(std::string_view name) {
  return name == "127.0.0.1" || name == "[::1]" || iequals(name, "localhost");
}

}  // namespace

bool is_own_host(const Request& request, std::string_view public_name) {
  if (request.host.empty()) return request.version == 10;  // no browser
  const std::string_view name = host_name(request.host);
  return is_this_machine(name) || (!name.empty() && iequals(name, public_name));
}

bool may_write(const Request& request) {
  if (request.host.empty() || !is_this_machine(host_name(request.host))) return false;
  const std::string_view origin = request.header("Origin");
  return origin.empty() || iequals(origin, fmt::format("http://{}", request.host));
}

std::string url_of(const ServerSettings& settings) {
  const std::string& address = settings.address;
  const bool is_ipv6 = address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}", is_ipv6 ? "[" + address + "]" : address, settings.port);
}

std::string host_of(const std::string& url) {
  const Result<Url> parsed = parse_url(url);
  return parsed ? parsed->host : std::string();
}

}  // namespace tidings::serve
