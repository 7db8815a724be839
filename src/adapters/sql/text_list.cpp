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

ListReader::ListReader(std::string_view json) : json_(json) {
  if (json_.empty()) return;
  is_sound_ = json_.size() > 2 && json_.front() == '[' && json_.back() == ']';
  if (!is_sound_) return;
  json_.remove_suffix(1);
  at_ = 1;
}

std::optional<std::string_view> ListReader::next() {
  if (is_at_end()) return std::nullopt;
  const std::optional<std::string_view> text = read_string();
  // A comma leads to another text, and nothing but a comma does.
  const bool ends = at_ == json_.size();
  is_sound_ = text && (ends || (json_[at_] == ',' && at_ + 1 < json_.size()));
  if (!is_sound_) return std::nullopt;
  if (!ends) ++at_;
  return text;
}

// Moves past the closing quote. Most texts have nothing to unescape and are a view of the list.
std::optional<std::string_view> ListReader::read_string() {
  if (json_[at_] != '"') return std::nullopt;
  const std::size_t begin = ++at_;
  const std::size_t quote = json_.find('"', begin);
  if (quote == std::string_view::npos) return std::nullopt;
  const std::string_view whole = json_.substr(begin, quote - begin);
  if (whole.find('\\') != std::string_view::npos) return read_escaped();
  at_ = quote + 1;
  return whole;
}

std::optional<std::string_view> ListReader::read_escaped() {
  unescaped_.clear();
  while (true) {
    const std::size_t special = json_.find_first_of("\"\\", at_);
    if (special == std::string_view::npos) return std::nullopt;
    unescaped_.append(json_.substr(at_, special - at_));
    at_ = special + 1;
    if (json_[special] == '"') return unescaped_;
    const std::optional<char32_t> meant = unescape(json_, at_);
    if (!meant) return std::nullopt;
    append_utf8(unescaped_, *meant);
  }
}

std::optional<std::vector<std::string>> decode_list(std::string_view json) {
  std::vector<std::string> texts;
  ListReader reader(json);
  while (const auto text = reader.next()) texts.emplace_back(*text);
  return reader.is_sound() ? std::optional(std::move(texts)) : std::nullopt;
}

}  // namespace tidings::sql
