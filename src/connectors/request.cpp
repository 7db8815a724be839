#include "connectors/request.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/url.h"

namespace tidings::connectors {
namespace {

using Value = std::function<std::optional<std::string>(const std::string&)>;

Value values_for(const Connector& connector, const ConnectorAddress& address,
                 const Position& position, const RefreshTimes& times) {
  return [&connector, &address, &position,
          &times](const std::string& name) -> std::optional<std::string> {
    const WindowRule& window = connector.window;
    if (name == "since") {
      const Time since =
          times.complete_until ? *times.complete_until - window.overlap : times.now - window.first;
      return write_time(window.format, since);
    }
    if (name == "until") return write_time(window.format, position.until.value_or(times.now));
    return value_of(connector, address, name);
  };
}

Value encoded(const Value& value) {
  return [value](const std::string& name) -> std::optional<std::string> {
    const std::optional<std::string> text = value(name);
    if (!text) return std::nullopt;
    return percent_encode(*text);
  };
}

void append_pair(std::string& url, std::string_view name, std::string_view value) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += percent_encode(name) + "=" + percent_encode(value);
}

void append_page(std::string& url, const PagingRule& paging, const Position& position) {
  using Kind = PagingRule::Kind;
  if (paging.kind == Kind::Page) {
    const std::int64_t page = paging.first + static_cast<std::int64_t>(position.pages);
    append_pair(url, paging.parameter, std::to_string(page));
  }
  if (paging.kind == Kind::Offset)
    append_pair(url, paging.parameter, std::to_string(position.entries));
  if (paging.kind == Kind::Cursor && !position.next.empty())
    append_pair(url, paging.parameter, position.next);
}

// "." and ".." in a path lead elsewhere, however they are encoded.
Result<void> check_path_values(const TextTemplate& url, const Value& value) {
  for (const TextTemplate::Piece& piece : url.pieces) {
    if (!piece.is_name) continue;
    const std::optional<std::string> text = value(piece.text);
    if (!text) return invalid_input(fmt::format("the parameter '{}' is needed", piece.text));
    if (text->find_first_not_of('.') == std::string::npos)
      return invalid_input(fmt::format("{}={}: cannot be part of an address", piece.text, *text));
  }
  return {};
}

Result<std::string> own_url(const Connector& connector, const Value& value,
                            const Position& position) {
  TRY(check_path_values(connector.url, value));
  std::string url = connector.url.filled(encoded(value)).value_or("");
  for (const auto& [name, text] : connector.query) {
    if (const std::optional<std::string> filled = text.filled(value); filled && !filled->empty())
      append_pair(url, name, *filled);
  }
  append_page(url, connector.paging, position);
  return url;
}

// The query without one parameter: what a next address holds of the key is replaced.
std::string query_without(std::string_view query, std::string_view name) {
  std::string kept;
  for (const std::string_view pair : split(query, '&')) {
    if (percent_decode(pair.substr(0, pair.find('='))) == name) continue;
    if (!kept.empty()) kept += '&';
    kept += pair;
  }
  return kept;
}

bool same_origin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.effective_port() == b.effective_port();
}

Result<Url> next_url(const Connector& connector, const Url& own, const std::string& next) {
  Url url = TRY(with_context(parse_url(resolve_url(own.to_string(), next)), "the next page"));
  if (!same_origin(url, own)) {
    return invalid_input(
        fmt::format("the next page is at {}, not at {} as the connector says", url.host, own.host));
  }
  if (connector.key.place == KeyRule::Place::Query)
    url.query = query_without(url.query, connector.key.name);
  url.has_query = !url.query.empty();
  url.has_fragment = false;
  return url;
}

void add_key(ApiRequest& request, const KeyRule& rule, std::string_view key) {
  switch (rule.place) {
    case KeyRule::Place::None:
      return;
    case KeyRule::Place::Query:
      return append_pair(request.url, rule.name, key);
    case KeyRule::Place::Header:
      request.headers.emplace_back(rule.name, rule.prefix + std::string(key));
      return;
    case KeyRule::Place::Bearer:
      request.headers.emplace_back("Authorization", "Bearer " + std::string(key));
      return;
  }
}

}  // namespace

Result<ApiRequest> build_request(const Connector& connector, const ConnectorAddress& address,
                                 const Position& position, const RefreshTimes& times,
                                 std::string_view key) {
  const Value value = values_for(connector, address, position, times);
  Url url = TRY(parse_url(TRY(own_url(connector, value, position))));
  if (connector.paging.kind == PagingRule::Kind::Link && !position.next.empty())
    url = TRY(next_url(connector, url, position.next));
  ApiRequest request{.url = url.to_string()};
  for (const auto& [name, text] : connector.headers) {
    if (const std::optional<std::string> filled = text.filled(value))
      request.headers.emplace_back(name, *filled);
  }
  add_key(request, connector.key, key);
  return request;
}

std::string without_key(std::string text, std::string_view key) {
  constexpr std::string_view kHidden = "***";
  if (key.empty()) return text;
  for (const std::string& form : {std::string(key), percent_encode(key)}) {
    for (std::size_t at = text.find(form); at != std::string::npos;
         at = text.find(form, at + kHidden.size()))
      text.replace(at, form.size(), kHidden);
  }
  return text;
}

}  // namespace tidings::connectors
