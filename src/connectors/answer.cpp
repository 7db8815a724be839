#include "connectors/answer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "connectors/entry_fields.h"
#include "connectors/json_values.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_text.h"

namespace tidings::connectors {
namespace {

constexpr std::size_t kSaidBytesMax = 300;

std::string error_in(const Connector& connector, JsonValue root) {
  for (const JsonPath& path : connector.error_message) {
    const std::optional<JsonValue> value = first_value(path, root);
    std::string said = value ? text::collapsed(text_of(*value)) : std::string();
    if (said.size() > kSaidBytesMax) said.resize(utf8_prefix(said, kSaidBytesMax).size());
    if (!said.empty()) return said;
  }
  return {};
}

Error no_list(const Connector& connector, JsonValue root) {
  const std::string said = error_in(connector, root);
  return {
      ErrorKind::InvalidInput,
      !said.empty() ? said : fmt::format("The answer has no list at '{}'.", connector.list.text()),
      "api_error"};
}

// `<https://api.example/items?page=2>; rel="next"` (RFC 8288 §3).
std::string next_link(std::string_view header) {
  while (true) {
    const std::size_t open = header.find('<');
    const std::size_t close = header.find('>', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return {};
    const std::string_view target = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const std::string_view parameters = header.substr(0, header.find('<'));
    for (std::string_view parameter : split(parameters, ';')) {
      parameter = trim(parameter);
      while (parameter.ends_with(',')) parameter.remove_suffix(1);
      if (!istarts_with(parameter, "rel=")) continue;
      std::string_view relation = trim(parameter.substr(4));
      if (relation.size() > 1 && relation.starts_with('"'))
        relation = relation.substr(1, relation.size() - 2);
      if (iequals(relation, "next")) return std::string(target);
    }
  }
}

struct Page {
  JsonValue root;
  std::size_t items = 0;  // on it, readable or not
  const Feed& feed;
  std::string_view link;
};

std::optional<Time> oldest_of(const Feed& feed) {
  std::optional<Time> oldest;
  for (const Entry& entry : feed.entries) {
    if (entry.published && (!oldest || *entry.published < *oldest)) oldest = entry.published;
  }
  return oldest;
}

bool is_last_by_number(const PagingRule& paging, JsonValue root, const Position& read) {
  if (!paging.pages) return false;
  const std::optional<JsonValue> pages = first_value(*paging.pages, root);
  const std::optional<long long> count = pages ? parse_int(text_of(*pages)) : std::nullopt;
  return count && static_cast<long long>(read.pages) >= *count;
}

// Nothing when the same would be asked again: paging that never ends ends there.
std::optional<Position> next_position(const PagingRule& paging, const Position& asked,
                                      const Page& page) {
  using Kind = PagingRule::Kind;
  Position next{.pages = asked.pages + 1, .entries = asked.entries + page.items};
  const bool is_short = paging.size > 0 && page.items < paging.size;
  if (paging.kind == Kind::None || page.items == 0 || next.pages >= paging.pages_max)
    return std::nullopt;
  if (paging.kind == Kind::Page || paging.kind == Kind::Offset) {
    if (is_short || is_last_by_number(paging, page.root, next)) return std::nullopt;
    return next;
  }
  if (paging.kind == Kind::Window) {
    next.until = oldest_of(page.feed);
    const bool moved = next.until && (!asked.until || *next.until < *asked.until);
    return is_short || !moved ? std::nullopt : std::optional(next);
  }
  const std::optional<JsonValue> value =
      paging.has_next ? first_value(paging.next, page.root) : std::nullopt;
  next.next = paging.has_next ? (value ? text_of(*value) : std::string()) : next_link(page.link);
  if (next.next.empty() || next.next == asked.next) return std::nullopt;
  return next;
}

}  // namespace

Result<Answer> read_answer(const Connector& connector, const ConnectorAddress& address,
                           const Position& asked, const AnswerBytes& bytes) {
  const JsonDocument document = TRY(JsonDocument::parse(bytes.body));
  const std::optional<JsonValue> list = first_value(connector.list, document.root());
  simdjson::dom::array items;
  if (!list || list->get(items) != simdjson::SUCCESS) return no_list(connector, document.root());

  Answer answer;
  answer.feed.title = title_of(connector, address);
  answer.feed.url = connector.site;
  answer.feed.language = connector.language;
  std::size_t count = 0;
  for (const JsonValue item : items) {
    if (count++ == kEntriesMax) break;
    answer.feed.entries.push_back(read_entry(connector, item, answer.problems));
  }
  answer.next = next_position(
      connector.paging, asked,
      {.root = document.root(), .items = count, .feed = answer.feed, .link = bytes.link});
  return answer;
}

std::string error_said(const Connector& connector, std::string_view body) {
  const Result<JsonDocument> document = JsonDocument::parse(body);
  return document ? error_in(connector, document->root()) : std::string();
}

}  // namespace tidings::connectors
