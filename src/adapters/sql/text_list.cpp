#include "adapters/sql/text_list.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/json_writer.h"
#include "core/utf8.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

// What stands for the escape at `at` (the letter after the backslash); moves past it. Nothing when
// it is none that encode_list() writes.
std::optional<char32_t> unescape(std::string_view json, std::size_t& at) {
  constexpr std::string_view kLetters = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
  if (at >= json.size()) return std::nullopt;
  const char letter = json[at++];
  const std::size_t known = kLetters.find(letter);
  if (known != std::string_view::npos) return static_cast<unsigned char>(kMeant[known]);
  if (letter != 'u' || at + 4 > json.size()) return std::nullopt;
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(&json[at], &json[at] + 4, code, 16);
  if (error != std::errc() || end != &json[at] + 4) return std::nullopt;
  at += 4;
  return code;
}

// Reads a string whose opening quote has been read; moves past the closing one.
std::optional<std::string> read_string(std::string_view json, std::size_t& at) {
  std::string text;
  while (true) {
    const std::size_t special = std::min(json.find('"', at), json.find('\\', at));
    if (special == std::string_view::npos) return std::nullopt;
    text.append(json.substr(at, special - at));
    at = special + 1;
    if (json[special] == '"') return text;
    const std::optional<char32_t> meant = unescape(json, at);
    if (!meant) return std::nullopt;
    append_utf8(text, *meant);
  }
}

}  // namespace

std::string encode_list(const std::vector<std::string>& texts) {
  std::string json;
  if (texts.empty()) return json;
  std::string buffer;
  for (const std::string& text : texts) {
    json += json.empty() ? '[' : ',';
    append_json_string(json, storable_text(text, buffer));
  }
  json += ']';
  return json;
}

std::optional<std::vector<std::string>> decode_list(std::string_view json) {
  std::vector<std::string> texts;
  if (json.empty()) return texts;
  if (json.front() != '[' || json.back() != ']') return std::nullopt;
  const std::size_t end = json.size() - 1;
  for (std::size_t at = 1; at < end;) {
    if (json[at] != '"') return std::nullopt;
    ++at;
    std::optional<std::string> text = read_string(json, at);
    if (!text || at > end) return std::nullopt;
    texts.push_back(*std::move(text));
    if (at == end) return texts;
    if (json[at] != ',') return std::nullopt;
    ++at;
  }
  return std::nullopt;
}

}  // namespace tidings::sql
