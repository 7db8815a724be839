// Tables as comma-separated values (RFC 4180).
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace tidings::serve {

// Appends to a string that the caller owns.
class CsvWriter {
 public:
  explicit CsvWriter(std::string& out) : out_(out) {}

  template <class... Values>
  void row(const Values&... values) {
    bool is_first = true;
    (add(values, is_first), ...);
    out_ += "\r\n";
  }

 private:
  template <class Value>
  void add(const Value& value, bool& is_first) {
    if (!is_first) out_ += ',';
    is_first = false;
    if constexpr (std::convertible_to<Value, std::string_view>) {
      add_text(value);
    } else {
      out_ += fmt::format("{}", value);
    }
  }
  // Spreadsheets take a text for a formula that begins like one: it is kept from it by an
  // apostrophe.
  void add_text(std::string_view text) {
    const bool is_formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    const bool is_quoted = is_formula || text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (!is_quoted) {
      out_ += text;
      return;
    }
    out_ += '"';
    if (is_formula) out_ += '\'';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  std::string& out_;
};

}  // namespace tidings::serve
