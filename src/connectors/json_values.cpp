#include "connectors/json_values.h"

#include <memory>
#include <span>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_text.h"

namespace tidings::connectors {
namespace {

using Steps = std::span<const JsonPath::Step>;
using Take = std::function<bool(JsonValue)>;

bool visit(JsonValue value, Steps steps, const Take& take);

bool visit_key(JsonValue value, Steps steps, const Take& take) {
  simdjson::dom::object object;
  JsonValue member;
  if (value.get(object) != simdjson::SUCCESS ||
      object.at_key(steps.front().key).get(member) != simdjson::SUCCESS)
    return true;
  return visit(member, steps.subspan(1), take);
}

bool visit_index(JsonValue value, Steps steps, const Take& take) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return true;
  std::int64_t index = steps.front().index;
  if (index < 0) index += static_cast<std::int64_t>(list.size());
  JsonValue item;
  if (index < 0 || list.at(static_cast<std::size_t>(index)).get(item) != simdjson::SUCCESS)
    return true;
  return visit(item, steps.subspan(1), take);
}

bool visit_every(JsonValue value, Steps steps, const Take& take) {
  simdjson::dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const JsonValue item : list) {
      if (!visit(item, steps.subspan(1), take)) return false;
    }
    return true;
  }
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return true;
  for (const auto member : object) {
    if (!visit(member.value, steps.subspan(1), take)) return false;
  }
  return true;
}

bool visit_where(JsonValue value, Steps steps, const Take& take) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return true;
  for (const JsonValue item : list) {
    simdjson::dom::object object;
    JsonValue member;
    if (item.get(object) != simdjson::SUCCESS ||
        object.at_key(steps.front().key).get(member) != simdjson::SUCCESS ||
        text_of(member) != steps.front().text)
      continue;
    if (!visit(item, steps.subspan(1), take)) return false;
  }
  return true;
}

// NOLINTNEXTLINE(misc-no-recursion): at most JsonPath::kStepsMax deep
bool visit(JsonValue value, Steps steps, const Take& take) {
  if (steps.empty()) return take(value);
  switch (steps.front().kind) {
    case JsonPath::Step::Kind::Key:
      return visit_key(value, steps, take);
    case JsonPath::Step::Kind::Index:
      return visit_index(value, steps, take);
    case JsonPath::Step::Kind::Every:
      return visit_every(value, steps, take);
    case JsonPath::Step::Kind::Where:
      return visit_where(value, steps, take);
  }
  return true;
}

// "The specified phrase is too short.": what a service says in place of JSON tells most.
Error not_json(std::string_view bytes) {
  constexpr std::size_t kShownBytes = 200;
  const std::string_view begin = utf8_prefix(trim(bytes), 8 * kShownBytes);
  if (begin.empty()) return {ErrorKind::InvalidInput, "The answer is empty.", "not_json"};
  const std::string said =
      begin.starts_with('<') ? text::plain_text(begin) : text::collapsed(begin);
  return {ErrorKind::InvalidInput,
          fmt::format("The answer is not JSON; it begins: \"{}\".", utf8_prefix(said, kShownBytes)),
          "not_json"};
}

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string_view bytes) {
  if (bytes.size() > kJsonBytesMax) {
    return Error{ErrorKind::InvalidInput,
                 fmt::format("The answer is larger than {} bytes.", kJsonBytesMax), "too_large"};
  }
  std::string repaired = repaired_utf8(bytes);
  std::string_view text = repaired;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  JsonDocument document;
  document.parser_ = std::make_unique<simdjson::dom::parser>();
  if (document.parser_->allocate(text.size() + 64, kJsonDepthMax) != simdjson::SUCCESS)
    return Error{ErrorKind::InvalidInput, "The answer is too large.", "too_large"};
  const auto error = document.parser_->parse(simdjson::padded_string(text)).get(document.root_);
  if (error == simdjson::DEPTH_ERROR)
    return Error{ErrorKind::InvalidInput, "The JSON is nested too deeply.", "too_deep"};
  if (error != simdjson::SUCCESS) return not_json(repaired);
  return document;
}

void each_value(const JsonPath& path, JsonValue root, const Take& take) {
  visit(root, path.steps(), take);
}

std::optional<JsonValue> first_value(const JsonPath& path, JsonValue root) {
  std::optional<JsonValue> found;
  each_value(path, root, [&found](JsonValue value) {
    if (value.is_null()) return true;
    found = value;
    return false;
  });
  return found;
}

std::string text_of(JsonValue value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(trim(text));
  if (value.is_number() || value.is_bool()) return simdjson::minify(value);
  return {};
}

}  // namespace tidings::connectors
