#include "model/access.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/encoding.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings {
namespace {

// Each line is a word, a blank and a text; texts have no line ends, which the checks see to.
constexpr std::string_view kOrigin = "origin ";
constexpr std::string_view kHeader = "header ";
constexpr std::string_view kUserAgent = "user_agent ";
constexpr std::string_view kProxy = "proxy ";
constexpr std::string_view kSealed = "sealed ";

constexpr std::array<std::string_view, 12> kOfTheConnection = {
    "Host", "Connection",      "Keep-Alive", "Content-Length", "Transfer-Encoding",
    "TE",   "Trailer",         "Upgrade",    "Expect",         "HTTP2-Settings",
    "Via",  "Proxy-Connection"};

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alpha(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool has_controls(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
}

void append_line(std::string& text, std::string_view word, std::string_view rest) {
  text.append(word).append(rest).append("\n");
}

// What follows the word in the lines that begin with it.
std::optional<std::string_view> after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  return line.substr(word.size());
}

SecretText to_text(const SourceAccess& access) {
  std::string text;
  append_line(text, kOrigin, access.origin);
  for (const auto& [name, value] : access.headers) {
    text.append(kHeader).append(name).append(": ").append(value).append("\n");
  }
  if (!access.user_agent.empty()) append_line(text, kUserAgent, access.user_agent);
  if (!access.proxy.empty()) append_line(text, kProxy, access.proxy);
  return SecretText(std::move(text));
}

SourceAccess from_text(std::string_view text) {
  SourceAccess access;
  for (const std::string_view line : split(text, '\n')) {
    if (const auto origin = after(line, kOrigin)) access.origin = *origin;
    if (const auto agent = after(line, kUserAgent)) access.user_agent = *agent;
    if (const auto proxy = after(line, kProxy)) access.proxy = *proxy;
    const auto header = after(line, kHeader);
    const std::size_t colon = header ? header->find(": ") : std::string_view::npos;
    if (colon != std::string_view::npos)
      access.headers.emplace_back(header->substr(0, colon), header->substr(colon + 2));
  }
  return access;
}

std::string access_place(SourceId id) {
  return "source/" + to_text(id) + "/access";
}

std::string_view envelope_of(std::string_view stored) {
  const std::size_t at = stored.rfind(kSealed);
  return at == std::string_view::npos ? std::string_view() : stored.substr(at + kSealed.size());
}

std::string summary_lines(const SourceAccess& access) {
  std::string text;
  for (const auto& [name, value] : access.headers) append_line(text, kHeader, name);
  if (!access.user_agent.empty()) append_line(text, kUserAgent, access.user_agent);
  if (!access.proxy.empty()) append_line(text, kProxy, "");
  return text;
}

}  // namespace

SourceAccess::~SourceAccess() {
  for (auto& [name, value] : headers) wipe(value);
  wipe(proxy);
}

void SourceAccess::set_header(std::string_view name, std::string_view value) {
  std::erase_if(headers, [&](const auto& header) { return iequals(header.first, name); });
  if (!value.empty()) headers.emplace_back(name, value);
}

Result<void> check_access_header(std::string_view name, std::string_view value) {
  constexpr std::size_t kNameBytesMax = 128, kValueBytesMax = 8192;
  const std::string quoted = "the header '" + std::string(name.substr(0, kNameBytesMax)) + "' ";
  if (!is_token(name) || name.size() > kNameBytesMax)
    return invalid_input(quoted + "has no name that can be sent: write it as 'Name: value'");
  const auto is_name = [name](std::string_view known) { return iequals(known, name); };
  if (std::ranges::any_of(kOfTheConnection, is_name) || istarts_with(name, "Proxy-"))
    return invalid_input(quoted + "belongs to the connection and cannot be set");
  if (istarts_with(name, "If-") || iequals(name, "Range") || iequals(name, "Accept-Encoding")) {
    return invalid_input(quoted +
                         "is decided on at each fetch, by what is known of the source already");
  }
  if (iequals(name, "User-Agent"))
    return invalid_input(quoted + "has an option of its own: --user-agent");
  if (has_controls(value) || value.size() > kValueBytesMax) {
    return invalid_input(quoted + "has a value with control characters or above " +
                         std::to_string(kValueBytesMax) + " bytes");
  }
  return {};
}

Result<void> check_proxy(std::string_view address) {
  constexpr std::string_view kSocks = "socks5h://";
  const bool is_socks = istarts_with(address, kSocks);
  std::string as_http(is_socks ? "http://" : "");
  as_http.append(is_socks ? address.substr(kSocks.size()) : address);
  const Result<Url> url = parse_url(as_http);
  wipe(as_http);
  const bool is_bare =
      url && (url->path.empty() || url->path == "/") && !url->has_query && !url->has_fragment;
  if (is_bare && !has_controls(address)) return {};
  return invalid_input(
      "a proxy is given as http://host:port, https://host:port or socks5h://host:port, with "
      "name:password@ before the host where it asks for them");
}

std::string basic_credentials(std::string_view name, std::string_view password) {
  std::string both(name);
  both.append(":").append(password);
  std::string credentials = "Basic " + base64(both);
  wipe(both);
  return credentials;
}

Result<std::string> seal_access(const SourceAccess& access, SourceId id, Sealer& sealer) {
  if (access.empty()) return std::string();
  const std::string envelope = TRY(sealer.seal(to_text(access), access_place(id)));
  return summary_lines(access).append(kSealed).append(envelope);
}

Result<SourceAccess> open_access(std::string_view stored, SourceId id, Sealer& sealer) {
  if (stored.empty()) return SourceAccess();
  return from_text(TRY(sealer.open(envelope_of(stored), access_place(id))).view());
}

Result<std::string> reseal_access(std::string_view stored, SourceId id, Sealer& sealer) {
  if (stored.empty()) return std::string();
  const std::string_view envelope = envelope_of(stored);
  std::string resealed(stored.substr(0, stored.size() - envelope.size()));
  return resealed += TRY(sealer.reseal(envelope, access_place(id)));
}

AccessSummary access_summary(std::string_view stored) {
  AccessSummary summary;
  for (const std::string_view line : split(stored, '\n')) {
    if (const auto name = after(line, kHeader)) summary.headers.emplace_back(*name);
    if (const auto agent = after(line, kUserAgent)) summary.user_agent = *agent;
    if (after(line, kProxy)) summary.has_proxy = true;
  }
  return summary;
}

}  // namespace tidings
