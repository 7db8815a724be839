// Lists of short texts in one column, as a JSON array of strings: readable in any database shell.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::sql {

// Empty for the empty list. Each text becomes storable.
std::string encode_list(const std::vector<std::string>& texts);

// Gives the texts one after the other, without memory of their own where nothing is escaped.
class ListReader {
 public:
  explicit ListReader(std::string_view json);

  // Valid until the next call, and as long as the list. Nothing at the end, and where it is no
  // list.
  std::optional<std::string_view> next();
  bool is_sound() const { return is_sound_; }
  // Whether next() gives nothing.
  bool is_at_end() const { return !is_sound_ || at_ >= json_.size(); }

 private:
  std::optional<std::string_view> read_string();
  std::optional<std::string_view> read_escaped();

  std::string_view json_;  // without the closing bracket
  std::size_t at_ = 0;
  bool is_sound_ = true;
  std::string unescaped_;
};

// Nothing when the text is no such list.
std::optional<std::vector<std::string>> decode_list(std::string_view json);

}  // namespace tidings::sql
