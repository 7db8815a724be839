// What requests to a source carry when its publisher asks who we are: headers, a user agent, a
// proxy. Kept sealed in SourceSettings::access.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/seal.h"

namespace tidings {

// Opened: wiped when it goes.
struct SourceAccess {
  // To whom the headers were given ("https://a.example"): they go nowhere else, not even to where
  // this origin redirects, nor to another address that the source is given later.
  std::string origin;
  std::vector<std::pair<std::string, std::string>> headers;  // names are distinct, without case
  std::string user_agent;                                    // empty: as for every source
  std::string proxy;                                         // empty: as for every source

  SourceAccess() = default;
  SourceAccess(const SourceAccess&) = default;
  SourceAccess(SourceAccess&&) noexcept = default;
  SourceAccess& operator=(const SourceAccess&) = default;
  SourceAccess& operator=(SourceAccess&&) noexcept = default;
  ~SourceAccess();

  bool empty() const { return headers.empty() && user_agent.empty() && proxy.empty(); }
  // In place of the one of that name; an empty value takes it away.
  void set_header(std::string_view name, std::string_view value);

  friend bool operator==(const SourceAccess&, const SourceAccess&) = default;
};

// InvalidInput with the reason for a header that cannot be sent, that the connection needs for
// itself (Host, Connection, Content-Length, …) or that fetching decides on (If-*, Range,
// Accept-Encoding, User-Agent). Never shows the value.
Result<void> check_access_header(std::string_view name, std::string_view value);

// http://, https:// or socks5h:// with a host, and a name and password where there are some.
// InvalidInput without the password.
Result<void> check_proxy(std::string_view address);

// "Basic bmFtZTpwYXNz" (RFC 7617).
std::string basic_credentials(std::string_view name, std::string_view password);

// For SourceSettings::access: what may be shown, and the envelope of all of it. Empty for what is
// empty. Errors are the sealer's.
Result<std::string> seal_access(const SourceAccess& access, SourceId id, Sealer& sealer);
// Empty for the empty text. Errors are the sealer's.
Result<SourceAccess> open_access(std::string_view stored, SourceId id, Sealer& sealer);
// The same in a new envelope, where it was not sealed by the present key; else as it is.
Result<std::string> reseal_access(std::string_view stored, SourceId id, Sealer& sealer);

// What may be shown, without a key: it is not sealed.
struct AccessSummary {
  std::vector<std::string> headers;  // their names
  std::string user_agent;
  bool has_proxy = false;
};
AccessSummary access_summary(std::string_view stored);

}  // namespace tidings
