// A table of a TOML file whose mistakes are collected with their place, so that a person sees all
// of them at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "core/result.h"

namespace tidings::connectors {

class TomlProblems {
 public:
  explicit TomlProblems(std::string file) : file_(std::move(file)) {}

  // "news.toml:12: paging.kind: …"
  void add(const toml::node& node, const std::string& key, std::string_view what);

  // InvalidInput with a line each, where there are any.
  Result<void> outcome() const;

 private:
  std::string file_;
  std::vector<std::string> lines_;
};

// Every read remembers its key: finish() complains of the others. A value of the wrong kind is a
// problem and reads as absent.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string prefix, TomlProblems& problems)
      : table_(table), prefix_(std::move(prefix)), problems_(problems) {}
  TomlTable(TomlTable&&) = default;

  bool has(std::string_view key) const { return table_.contains(key); }
  bool has_table(std::string_view key) const { return table_[key].is_table(); }

  std::string text(std::string_view key);
  std::string required_text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);  // a text, or a list of them
  bool flag(std::string_view key, bool otherwise);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<TomlTable> table(std::string_view key);
  // All members as texts, in the order of their names.
  std::vector<std::pair<std::string, std::string>> all_texts();
  std::vector<std::pair<std::string, TomlTable>> all_tables();

  // The value of a Result, or a problem at `key` and a default one.
  template <class T>
  T taken(std::string_view key, Result<T> result) {
    if (result) return *std::move(result);
    wrong(key, result.error().message);
    return {};
  }

  void wrong(std::string_view key, std::string_view what);
  void finish();

 private:
  const toml::node* find(std::string_view key);
  std::string name_of(std::string_view key) const;

  const toml::table& table_;
  std::string prefix_;  // "paging."
  TomlProblems& problems_;
  std::vector<std::string> known_;
};

}  // namespace tidings::connectors
