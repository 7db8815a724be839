// Writes JSON (RFC 8259) straight into one string: no tree is built on the way out.
#pragma once

#include <concepts>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>

#include "core/time.h"

namespace tidings {

// Appends to a string that the caller owns. Strings that are not UTF-8 come out with U+FFFD in the
// bad places.
//   JsonWriter json(out);
//   json.begin_object(); json.field("id", 7); json.key("tags"); json.begin_array(); …
//   json.end_array(); json.end_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void key(std::string_view name);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool flag);
  void value(double number);  // The shortest text that reads back the same; null where not finite.
  void value(Time time);      // RFC 3339
  void value(const ZonedTime& zoned);
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  void value(T number) {
    integer(static_cast<std::int64_t>(number));
  }
  void null();
  void raw(std::string_view json);  // Already JSON.

  template <class T>
  void field(std::string_view name, const T& v) {
    key(name);
    value(v);
  }
  // Absent values and empty lists are left out.
  void field_if(std::string_view name, std::string_view text) {
    if (!text.empty()) field(name, text);
  }
  // `write_fields` gives the fields of each item's object.
  template <std::ranges::sized_range Items, class WriteFields>
  void objects_if(std::string_view name, const Items& items, WriteFields write_fields) {
    if (std::ranges::empty(items)) return;
    key(name);
    begin_array();
    for (const auto& item : items) {
      begin_object();
      write_fields(item);
      end_object();
    }
    end_array();
  }
  template <std::ranges::sized_range Texts>
  void texts_if(std::string_view name, const Texts& texts) {
    if (!std::ranges::empty(texts)) this->texts(name, texts);
  }
  template <std::ranges::sized_range Texts>
  void texts(std::string_view name, const Texts& texts) {
    key(name);
    begin_array();
    for (const std::string& text : texts) value(text);
    end_array();
  }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  void integer(std::int64_t number);

  std::string& out_;
  bool needs_comma_ = false;
};

// With the quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace tidings
