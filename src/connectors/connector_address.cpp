#include "connectors/connector_address.h"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/read_connector.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"

namespace tidings::connectors {
namespace {

constexpr std::size_t kAddressBytesMax = 8'192;

std::string decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
}

std::string described(const Parameter& parameter) {
  std::string text = parameter.name;
  if (parameter.required) text += " (needed)";
  if (!parameter.help.empty()) text += ": " + parameter.help;
  if (!parameter.values.empty()) text += "; one of " + join(parameter.values, ", ");
  return text;
}

std::string all_described(const Connector& connector) {
  if (connector.parameters.empty()) return "it takes none";
  std::string text = "it takes";
  for (const Parameter& parameter : connector.parameters) text += "\n  " + described(parameter);
  return text;
}

Result<void> check_value(const Connector& connector, const std::string& name,
                         const std::string& value) {
  const Parameter* parameter = connector.find_parameter(name);
  if (parameter == nullptr) {
    return invalid_input(fmt::format("the connector {} has no parameter '{}'; {}", connector.name,
                                     name, all_described(connector)));
  }
  const auto& values = parameter->values;
  if (!value.empty() && !values.empty() &&
      std::find(values.begin(), values.end(), value) == values.end()) {
    return invalid_input(fmt::format("{}={}: must be one of {}", name, value, join(values, ", ")));
  }
  return {};
}

}  // namespace

std::string ConnectorAddress::to_string() const {
  std::string text = std::string(kAddressScheme) + connector;
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    text += separator + percent_encode(name) + "=" + percent_encode(value);
    separator = '&';
  }
  return text;
}

std::optional<std::string> ConnectorAddress::value(const std::string& name) const {
  for (const auto& [known, value] : parameters) {
    if (known == name) return value;
  }
  return std::nullopt;
}

Result<ConnectorAddress> parse_connector_address(std::string_view text) {
  text = trim(text);
  if (!text.starts_with(kAddressScheme))
    return invalid_input(fmt::format("an API's address begins with {}", kAddressScheme));
  if (text.size() > kAddressBytesMax)
    return invalid_input(fmt::format("an address has at most {} bytes", kAddressBytesMax));
  text.remove_prefix(kAddressScheme.size());
  const std::size_t question = std::min(text.find('?'), text.size());
  ConnectorAddress address{.connector = std::string(text.substr(0, question))};
  if (!is_connector_name(address.connector)) {
    return invalid_input(fmt::format(
        "'{}' cannot be the name of a connector; `tidings connectors list` shows those there are",
        utf8_prefix(repaired_utf8(address.connector), 80)));
  }
  for (const std::string_view pair : split(text.substr(question), '&')) {
    const std::string_view bare = pair.starts_with('?') ? pair.substr(1) : pair;
    if (bare.empty()) continue;
    const std::size_t equals = std::min(bare.find('='), bare.size());
    std::string name = decoded(bare.substr(0, equals));
    std::string value = decoded(bare.substr(std::min(equals + 1, bare.size())));
    if (has_controls(name) || has_controls(value) || !is_valid_utf8(name) || !is_valid_utf8(value))
      return invalid_input("a parameter holds what is no text");
    if (address.value(name)) return invalid_input(fmt::format("'{}' is given twice", name));
    address.parameters.emplace_back(std::move(name), std::move(value));
  }
  std::sort(address.parameters.begin(), address.parameters.end());
  return address;
}

Result<ConnectorAddress> checked_address(const Connector& connector, ConnectorAddress address) {
  for (const auto& [name, value] : address.parameters) TRY(check_value(connector, name, value));
  std::erase_if(address.parameters, [&connector](const auto& parameter) {
    return parameter.second.empty() ||
           parameter.second == connector.find_parameter(parameter.first)->default_value;
  });
  for (const Parameter& parameter : connector.parameters) {
    if (!parameter.required || address.value(parameter.name)) continue;
    return invalid_input(fmt::format("the connector {} needs the parameter '{}'; {}",
                                     connector.name, parameter.name, all_described(connector)));
  }
  return address;
}

std::optional<std::string> value_of(const Connector& connector, const ConnectorAddress& address,
                                    const std::string& name) {
  std::optional<std::string> value = address.value(name);
  const Parameter* parameter = connector.find_parameter(name);
  if ((!value || value->empty()) && parameter != nullptr) value = parameter->default_value;
  if (value && value->empty()) value.reset();
  return value;
}

std::string title_of(const Connector& connector, const ConnectorAddress& address) {
  std::vector<std::string> values;
  values.reserve(address.parameters.size());
  for (const auto& [name, value] : address.parameters) values.push_back(value);
  return values.empty() ? connector.title : connector.title + ": " + join(values, ", ");
}

}  // namespace tidings::connectors
