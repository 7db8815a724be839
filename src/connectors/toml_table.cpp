#include "connectors/toml_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::connectors {
namespace {

constexpr std::size_t kProblemsMax = 20;

// What may stand where a text is wanted: a number is as good.
std::optional<std::string> plain(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return std::string(flag->get() ? "true" : "false");
  return std::nullopt;
}

}  // namespace

void TomlProblems::add(const toml::node& node, const std::string& key, std::string_view what) {
  if (lines_.size() == kProblemsMax) return;
  lines_.push_back(fmt::format("{}:{}: {}: {}", file_, node.source().begin.line, key, what));
}

Result<void> TomlProblems::outcome() const {
  if (lines_.empty()) return {};
  return invalid_input(join(lines_, "\n"));
}

std::string TomlTable::name_of(std::string_view key) const {
  return prefix_ + std::string(key);
}

const toml::node* TomlTable::find(std::string_view key) {
  known_.emplace_back(key);
  return table_.get(key);
}

void TomlTable::wrong(std::string_view key, std::string_view what) {
  const toml::node* node = table_.get(key);
  problems_.add(node != nullptr ? *node : table_, name_of(key), what);
}

std::string TomlTable::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const std::optional<std::string> value = plain(*node);
  if (!value) wrong(key, "must be a text");
  return value.value_or("");
}

std::string TomlTable::required_text(std::string_view key) {
  std::string value = text(key);
  if (!has(key)) wrong(key, "is missing");
  if (has(key) && value.empty()) wrong(key, "must not be empty");
  return value;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const toml::array* list = node->as_array();
  if (list == nullptr) return {text(key)};
  std::vector<std::string> values;
  for (const toml::node& item : *list) {
    const std::optional<std::string> value = plain(item);
    if (value) {
      values.push_back(*value);
    } else {
      problems_.add(item, name_of(key), "must be a list of texts");
    }
  }
  return values;
}

bool TomlTable::flag(std::string_view key, bool otherwise) {
  const toml::node* node = find(key);
  if (node == nullptr) return otherwise;
  if (const auto* value = node->as_boolean()) return value->get();
  wrong(key, "must be true or false");
  return otherwise;
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key, std::int64_t low,
                                               std::int64_t high) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value != nullptr && value->get() >= low && value->get() <= high) return value->get();
  wrong(key, fmt::format("must be a whole number from {} to {}", low, high));
  return std::nullopt;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const toml::table* inner = node->as_table();
  if (inner != nullptr) return TomlTable(*inner, name_of(key) + ".", problems_);
  wrong(key, fmt::format("must be a table: [{}]", name_of(key)));
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> TomlTable::all_texts() {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [key, node] : table_) values.emplace_back(key.str(), text(key.str()));
  return values;
}

std::vector<std::pair<std::string, TomlTable>> TomlTable::all_tables() {
  std::vector<std::pair<std::string, TomlTable>> tables;
  for (const auto& [key, node] : table_) {
    if (std::optional<TomlTable> inner = table(key.str()))
      tables.emplace_back(key.str(), *std::move(inner));
  }
  return tables;
}

void TomlTable::finish() {
  std::sort(known_.begin(), known_.end());
  known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
  for (const auto& [key, node] : table_) {
    if (!std::binary_search(known_.begin(), known_.end(), key.str()))
      wrong(key.str(), fmt::format("there is no such key; known are {}", join(known_, ", ")));
  }
}

}  // namespace tidings::connectors
