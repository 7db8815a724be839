#include "extract/same_page.h"

#include <string>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::extract {
namespace {

struct Parts {
  std::string_view host, path, query;
};

Parts parts_of(std::string_view address) {
  Parts parts;
  address = address.substr(0, address.find('#'));
  if (const std::size_t scheme = address.find("//");
      scheme != std::string_view::npos && scheme <= 8) {
    address.remove_prefix(scheme + 2);
    const std::size_t end = std::min(address.find_first_of("/?"), address.size());
    parts.host = address.substr(0, end);
    address.remove_prefix(end);
  }
  const std::size_t query = address.find('?');
  if (query != std::string_view::npos) parts.query = address.substr(query + 1);
  parts.path = address.substr(0, query);
  while (parts.path.ends_with('/')) parts.path.remove_suffix(1);
  return parts;
}

std::string_view without_www(std::string_view host) {
  for (const std::string_view prefix : {"www.", "amp.", "m.", "mobile."}) {
    if (istarts_with(host, prefix)) return host.substr(prefix.size());
  }
  return host;
}

}  // namespace

std::string_view host_of(std::string_view address) {
  std::string_view host = parts_of(address).host;
  if (const std::size_t user = host.find('@'); user != std::string_view::npos)
    host.remove_prefix(user + 1);
  return host.starts_with('[') ? host : host.substr(0, host.find(':'));
}

bool is_same_page(std::string_view address, std::string_view page_url) {
  const Parts one = parts_of(address), other = parts_of(page_url);
  if (!one.host.empty() && !iequals(without_www(one.host), without_www(other.host))) return false;
  if (!iequals(one.path, other.path)) return false;
  // "/?p=17" and "/story.php?id=17": the query names the page.
  const bool query_counts = one.path.empty() || one.path.find('.') != std::string_view::npos;
  return !query_counts || one.query.empty() || other.query.empty() || one.query == other.query;
}

bool is_same_site(std::string_view host, std::string_view other_host) {
  return iequals(host, other_host) ||
         registrable_domain(to_lower(host)) == registrable_domain(to_lower(other_host));
}

}  // namespace tidings::extract
