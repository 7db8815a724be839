// The values that a path leads to, as the texts, times and lists that fields are made of.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "connectors/json_path.h"
#include "core/result.h"

namespace tidings::connectors {

using JsonValue = simdjson::dom::element;

inline constexpr std::size_t kJsonBytesMax = 32'000'000;
inline constexpr std::size_t kJsonDepthMax = 64;

// A document and what its values are read from: keep it for as long as they are used.
class JsonDocument {
 public:
  // InvalidInput "not_json" with what the document looks like; "too_large", "too_deep". Bytes that
  // are not UTF-8 are repaired.
  static Result<JsonDocument> parse(std::string_view bytes);

  JsonValue root() const { return root_; }

 private:
  JsonDocument() = default;
  std::unique_ptr<simdjson::dom::parser> parser_;
  JsonValue root_;
};

// Every value that the path leads to, in the order of the document, until `take` says false. Time
// linear in the part of the document that the path covers.
void each_value(const JsonPath& path, JsonValue root, const std::function<bool(JsonValue)>& take);

// The first that is not null.
std::optional<JsonValue> first_value(const JsonPath& path, JsonValue root);

// A text, number or truth value as text, trimmed; empty for null, lists and objects.
std::string text_of(JsonValue value);

}  // namespace tidings::connectors
