// Connector files, their paths, addresses and the answers of services, from any bytes.
//
// The first line is a path, an address or the beginning of a file; the rest is an answer.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "connectors/answer.h"
#include "connectors/connector_address.h"
#include "connectors/json_values.h"
#include "connectors/read_connector.h"
#include "connectors/ready_connectors.h"
#include "connectors/request.h"
#include "core/utf8.h"

namespace {

using namespace tidings;
using namespace tidings::connectors;

constexpr std::string_view kKey = "the-key-of-the-fuzzer";

const std::vector<Connector>& all_ready() {
  static const std::vector<Connector> kReady = [] {
    std::vector<Connector> ready;
    for (const ReadyConnector& one : ready_connectors())
      ready.push_back(read_connector(one.toml, one.name).value());
    return ready;
  }();
  return kReady;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void read_path(std::string_view path, std::string_view body) {
  const Result<JsonPath> parsed = JsonPath::parse(path);
  const Result<JsonDocument> document = JsonDocument::parse(body);
  if (!parsed || !document) return;
  each_value(*parsed, document->root(), [](JsonValue value) {
    require(is_valid_utf8(text_of(value)));
    return true;
  });
}

// A canonical address reads back as itself, and no request goes to another host than the file's.
void read_address(std::string_view text) {
  const Result<ConnectorAddress> address = parse_connector_address(text);
  if (!address) return;
  const Result<ConnectorAddress> again = parse_connector_address(address->to_string());
  require(again && *again == *address);
  for (const Connector& connector : all_ready()) {
    const Result<ConnectorAddress> checked = checked_address(connector, *address);
    if (!checked) continue;
    const Result<ApiRequest> request = build_request(connector, *checked, {}, {}, kKey);
    if (request) require(request->url.starts_with(connector.url.pieces.front().text));
  }
}

void read_answers(std::string_view body, std::string_view link) {
  for (const Connector& connector : all_ready()) {
    const ConnectorAddress address{.connector = connector.name};
    const Result<Answer> answer = read_answer(connector, address, {}, {.body = body, .link = link});
    error_said(connector, body);
    if (!answer) continue;
    for (const Entry& entry : answer->feed.entries) require(is_valid_utf8(entry.title));
    if (answer->next) {
      const Result<ApiRequest> next = build_request(connector, address, *answer->next, {}, kKey);
      if (next) require(next->url.starts_with(connector.url.pieces.front().text));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view first = text.substr(0, line);
  const std::string_view rest = text.substr(std::min(line + 1, text.size()));
  read_path(first, rest);
  read_address(first);
  read_answers(rest, first);
  if (const Result<Connector> connector = read_connector(text, "fuzz.toml"))
    static_cast<void>(build_request(*connector, {.connector = connector->name}, {}, {}, kKey));
  require(without_key(std::string(text), kKey).find(kKey) == std::string::npos);
  return 0;
}
