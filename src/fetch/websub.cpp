#include "fetch/websub.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/cryptography.h"
#include "core/encoding.h"
#include "core/secret_text.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::fetch {
namespace {

using std::chrono::seconds;

constexpr std::size_t kHubsMax = 10;
constexpr std::size_t kLinkBytesMax = 16'384;

// The text up to the next `end` outside of quotes; the rest stays in `text`.
std::string_view take_until(std::string_view& text, char end) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < text.size() && (quoted || text[at] != end); ++at) {
    if (text[at] == '\\' && quoted)
      ++at;
    else if (text[at] == '"')
      quoted = !quoted;
  }
  at = std::min(at, text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  const bool has_quotes = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return has_quotes ? text.substr(1, text.size() - 2) : text;
}

bool has_word(std::string_view words, std::string_view word) {
  for (const std::string_view one : split(words, ' ')) {
    if (iequals(trim(one), word)) return true;
  }
  return false;
}

struct Link {
  std::string_view target, rel;
};

// One link of a field; what follows it stays in `text`. Nothing where no link begins.
std::optional<Link> take_link(std::string_view& text) {
  const std::size_t open = text.find_first_not_of(" \t,");
  if (open == std::string_view::npos || text[open] != '<') return std::nullopt;
  const std::size_t close = text.find('>', open);
  if (close == std::string_view::npos) return std::nullopt;
  Link link{.target = text.substr(open + 1, close - open - 1)};
  text.remove_prefix(close + 1);
  std::string_view parameters = take_until(text, ',');
  while (!parameters.empty()) {
    const std::string_view parameter = trim(take_until(parameters, ';'));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || !link.rel.empty()) continue;
    if (iequals(trim(parameter.substr(0, equals)), "rel"))
      link.rel = unquoted(parameter.substr(equals + 1));
  }
  return link;
}

void take_links(HubLinks& links, std::string_view field, const std::string& url) {
  while (const std::optional<Link> link = take_link(field)) {
    const bool is_hub = has_word(link->rel, "hub");
    const bool is_self = has_word(link->rel, "self") && links.self.empty();
    if (!is_hub && !is_self) continue;
    const Result<Url> target = parse_url(resolve_url(url, trim(link->target)));
    if (!target) continue;
    if (is_hub && links.hubs.size() < kHubsMax) links.hubs.push_back(target->to_string());
    if (is_self) links.self = target->to_string();
  }
}

void append_field(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form.append(name).append("=").append(percent_encode(value));
}

std::string decoded(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return percent_decode(spaced);
}

// The parameter of that name; nothing where it is there twice.
std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  std::optional<std::string> found = std::string();
  bool is_there = false;
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = pair.find('=');
    if (decoded(pair.substr(0, equals)) != name) continue;
    if (is_there) return std::nullopt;
    is_there = true;
    found = equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1));
  }
  return found;
}

std::optional<HubCall::Kind> kind_of(std::string_view mode) {
  if (mode == "subscribe") return HubCall::Kind::Subscribe;
  if (mode == "unsubscribe") return HubCall::Kind::Unsubscribe;
  if (mode == "denied") return HubCall::Kind::Denied;
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, Digest>, 4> kDigests = {{
    {"sha1", Digest::Sha1},
    {"sha256", Digest::Sha256},
    {"sha384", Digest::Sha384},
    {"sha512", Digest::Sha512},
}};

}  // namespace

HubLinks hub_links(const HttpHeaders& headers, const std::string& url) {
  HubLinks links;
  for (const auto& [name, value] : headers) {
    if (iequals(name, "Link") && value.size() <= kLinkBytesMax) take_links(links, value, url);
  }
  return links;
}

std::string hub_form(const HubAsk& ask) {
  std::string form;
  append_field(form, "hub.callback", ask.callback);
  append_field(form, "hub.mode", ask.mode == HubMode::Subscribe ? "subscribe" : "unsubscribe");
  append_field(form, "hub.topic", ask.topic);
  if (ask.lease.count() > 0)
    append_field(form, "hub.lease_seconds", std::to_string(ask.lease.count()));
  if (!ask.secret.empty()) append_field(form, "hub.secret", ask.secret);
  return form;
}

std::optional<HubCall> read_hub_call(std::string_view query) {
  const auto mode = parameter(query, "hub.mode"), topic = parameter(query, "hub.topic"),
             challenge = parameter(query, "hub.challenge"),
             lease = parameter(query, "hub.lease_seconds"), reason = parameter(query, "hub.reason");
  if (!mode || !topic || !challenge || !lease || !reason) return std::nullopt;
  const auto kind = kind_of(*mode);
  if (!kind || topic->empty()) return std::nullopt;
  if (*kind != HubCall::Kind::Denied && challenge->empty()) return std::nullopt;
  const auto lease_seconds = lease->empty() ? std::optional<long long>(0) : parse_int(*lease);
  constexpr long long kYearSeconds = 366LL * 24 * 3600;
  if (!lease_seconds || *lease_seconds < 0) return std::nullopt;
  return HubCall{.kind = *kind,
                 .topic = *topic,
                 .challenge = *challenge,
                 .lease = seconds(std::min(*lease_seconds, kYearSeconds)),
                 .reason = *reason};
}

bool is_signed(std::string_view field, std::string_view secret, std::string_view body) {
  const std::size_t equals = field.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view method = trim(field.substr(0, equals));
  const auto given = from_hex(trim(field.substr(equals + 1)));
  for (const auto& [name, digest] : kDigests) {
    if (iequals(name, method))
      return given && equal_in_constant_time(*given, hmac(digest, secret, body));
  }
  return false;
}

}  // namespace tidings::fetch
