#include "core/page_address.h"

#include <algorithm>
#include <array>

#include "core/strings.h"

namespace tidings {
namespace {

constexpr std::array<std::string_view, 4> kHostPrefixes = {"www.", "m.", "mobile.", "amp."};
constexpr std::array<std::string_view, 5> kIndexPages = {"index.html", "index.htm", "index.php",
                                                         "default.aspx", "default.asp"};

// Ids of a visit and marks of another form of the same page. Names in lower case.
constexpr std::array<std::string_view, 12> kVisitParameters = {
    "amp",       "cfid",   "cftoken",    "jsessionid", "oscsid", "outputtype",
    "phpsessid", "sessid", "session_id", "sessionid",  "zenid",  "aspxautodetectcookiesupport"};

std::string_view without_prefix(std::string_view host) {
  for (const std::string_view prefix : kHostPrefixes) {
    const bool leaves_a_domain =
        host.starts_with(prefix) && host.substr(prefix.size()).find('.') != std::string_view::npos;
    if (leaves_a_domain) return host.substr(prefix.size());
  }
  return host;
}

// "site-example.cdn.ampproject.org/c/s/site.example/a" and "google.com/amp/s/site.example/a" →
// "site.example/a"
std::string_view without_amp_cache(std::string_view address) {
  const std::size_t slash = address.find('/');
  if (slash == std::string_view::npos) return address;
  std::string_view rest = address.substr(slash);
  const bool is_cache = address.substr(0, slash).ends_with(".cdn.ampproject.org") &&
                        (rest.starts_with("/c/") || rest.starts_with("/v/"));
  const bool is_viewer =
      without_prefix(address.substr(0, slash)) == "google.com" && rest.starts_with("/amp/s/");
  if (!is_cache && !is_viewer) return address;
  rest.remove_prefix(is_viewer ? 7 : 3);
  if (rest.starts_with("s/")) rest.remove_prefix(2);
  return rest.empty() ? address : rest;
}

std::string path_without_marks(std::string_view path) {
  std::string kept(path.substr(0, std::min(path.find(';'), path.size())));
  if (!istarts_with(path.substr(kept.size()), ";jsessionid=")) kept = path;
  for (const std::string_view page : kIndexPages) {
    if (kept.ends_with("/" + std::string(page))) kept.resize(kept.size() - page.size());
  }
  while (kept.ends_with('/')) kept.pop_back();
  if (kept.size() > 4 && kept.ends_with("/amp")) kept.resize(kept.size() - 4);
  if (kept.starts_with("/amp/")) kept.erase(0, 4);
  if (kept.ends_with(".amp.html")) kept.erase(kept.size() - 9, 4);
  if (kept.ends_with(".amp")) kept.resize(kept.size() - 4);
  while (kept.ends_with('/')) kept.pop_back();
  return kept;
}

std::string query_without_visits(std::string_view query) {
  std::string kept;
  for (const std::string_view parameter : split(query, '&')) {
    const std::string name = to_lower(parameter.substr(0, parameter.find('=')));
    const bool is_visit = std::find(kVisitParameters.begin(), kVisitParameters.end(), name) !=
                              kVisitParameters.end() ||
                          name.starts_with("aspsessionid");
    if (parameter.empty() || is_visit) continue;
    kept += kept.empty() ? '?' : '&';
    kept += parameter;
  }
  return kept;
}

}  // namespace

PageAddress page_address(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || !istarts_with(url, "http"))
    return {.path = std::string(url)};
  url = without_amp_cache(url.substr(scheme + 3));
  const std::size_t begin = std::min(url.find_first_of("/?#"), url.size());
  const std::string_view tail = url.substr(begin);
  const std::size_t fragment = std::min(tail.find('#'), tail.size());
  const std::size_t query = std::min(tail.find('?'), fragment);
  PageAddress page{.host = to_lower(without_prefix(url.substr(0, begin))),
                   .path = path_without_marks(tail.substr(0, query))};
  if (query < fragment) {
    page.path += query_without_visits(tail.substr(query + 1, fragment - query - 1));
  }
  page.path += tail.substr(fragment);
  return page;
}

bool is_same_page(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && page_address(a) == page_address(b);
}

}  // namespace tidings
