#include "text/html_entities.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/windows_1252.h"

namespace tidings::text {
namespace {

constexpr std::string_view kPackedTable =
#include "text/html_entity_table.inc"
    ;
constexpr std::size_t kNameSizeMax = 32;  // "CounterClockwiseContourIntegral" has 31

struct NamedEntity {
  std::string_view name;
  std::string utf8;
  bool may_lack_semicolon;
};

std::vector<NamedEntity> unpack_table() {
  std::vector<NamedEntity> entities;
  entities.reserve(2200);
  for (std::string_view item : split(kPackedTable, ' ')) {
    const std::size_t mark = item.find_first_of("=:");
    if (mark == std::string_view::npos) continue;
    NamedEntity entity{.name = item.substr(0, mark), .may_lack_semicolon = item[mark] == '='};
    for (const std::string_view digits : split(item.substr(mark + 1), '+')) {
      std::uint32_t code_point = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), code_point, 16);
      append_utf8(entity.utf8, code_point);
    }
    entities.push_back(std::move(entity));
  }
  return entities;
}

const NamedEntity* find_named(std::string_view name) {
  static const std::vector<NamedEntity> entities = unpack_table();
  const auto found = std::lower_bound(
      entities.begin(), entities.end(), name,
      [](const NamedEntity& entity, std::string_view wanted) { return entity.name < wanted; });
  return found != entities.end() && found->name == name ? &*found : nullptr;
}

constexpr std::size_t kLegacyNameSizeMax = 6;  // "Ccedil"

constexpr bool is_name_char(char c) {
  return is_alpha(c) || is_digit(c);
}

int digit_value(char c, int base) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The number of a reference whose digits begin at `at`, which moves behind it; beyond Unicode where
// it is too large, nothing where there is no digit.
std::optional<std::uint32_t> take_number(std::string_view text, std::size_t& at) {
  int base = 10;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X')) {
    base = 16;
    ++at;
  }
  const std::size_t first = at;
  std::uint32_t value = 0;
  for (; at < text.size(); ++at) {
    const int digit = digit_value(text[at], base);
    if (digit < 0) break;
    if (value <= 0x10FFFF)
      value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  if (at == first) return std::nullopt;
  if (at < text.size() && text[at] == ';') ++at;
  return value;
}

// "&#55357;&#56832;": a character in two halves, as JavaScript counts them. `at` stands behind the
// first, and moves behind the second.
char32_t joined(std::uint32_t high, std::string_view text, std::size_t& at) {
  std::size_t behind = at + 2;
  if (text.substr(std::min(at, text.size()), 2) != "&#") return high;
  const std::optional<std::uint32_t> low = take_number(text, behind);
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return high;
  at = behind;
  return 0x10000 + ((high - 0xD800) << 10) + (*low - 0xDC00);
}

// `at` stands behind "&#".
bool decode_number(std::string_view text, std::size_t at, std::size_t& position, std::string& out) {
  const std::optional<std::uint32_t> value = take_number(text, at);
  if (!value) return false;
  char32_t c = *value;
  if (const char32_t letter = windows_1252_letter(c); letter != 0) c = letter;
  if (c >= 0xD800 && c <= 0xDBFF) c = joined(*value, text, at);
  append_utf8(out, c == 0 ? 0xFFFD : c);
  position = at;
  return true;
}

bool decode_name(std::string_view text, std::size_t at, std::size_t& position, std::string& out) {
  const std::size_t first = at;
  while (at < text.size() && at - first < kNameSizeMax && is_name_char(text[at])) ++at;
  if (at == first) return false;
  const bool has_semicolon = at < text.size() && text[at] == ';';
  if (!has_semicolon && at < text.size() && (text[at] == '=' || is_name_char(text[at])))
    return false;
  const NamedEntity* entity = find_named(text.substr(first, at - first));
  if (entity == nullptr || (!has_semicolon && !entity->may_lack_semicolon)) return false;
  out += entity->utf8;
  position = at + (has_semicolon ? 1 : 0);
  return true;
}

}  // namespace

std::string_view named_entity(std::string_view name) {
  const NamedEntity* entity = find_named(name);
  return entity != nullptr ? std::string_view(entity->utf8) : std::string_view();
}

bool decode_entity(std::string_view text, std::size_t& position, std::string& out) {
  const std::size_t at = position + 1;
  if (at >= text.size()) return false;
  if (text[at] == '#') return decode_number(text, at + 1, position, out);
  return decode_name(text, at, position, out);
}

bool decode_entity_in_text(std::string_view text, std::size_t& position, std::string& out) {
  if (decode_entity(text, position, out)) return true;
  const std::string_view rest = text.substr(position + 1, kLegacyNameSizeMax);
  for (std::size_t size = rest.size(); size >= 2; --size) {
    const NamedEntity* entity = find_named(rest.substr(0, size));
    if (entity == nullptr || !entity->may_lack_semicolon) continue;
    out += entity->utf8;
    position += 1 + size;
    return true;
  }
  return false;
}

std::string decode_entities(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t ampersand = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, ampersand - at));
    at = ampersand;
    if (at < text.size() && !decode_entity(text, at, out)) {
      out += '&';
      ++at;
    }
  }
  return out;
}

void append_escaped_html(std::string& out, std::string_view text) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view escaped;
    switch (text[i]) {
      case '&':
        escaped = "&amp;";
        break;
      case '<':
        escaped = "&lt;";
        break;
      case '>':
        escaped = "&gt;";
        break;
      case '"':
        escaped = "&quot;";
        break;
      default:
        continue;
    }
    out.append(text.substr(first, i - first)).append(escaped);
    first = i + 1;
  }
  out.append(text.substr(first));
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  append_escaped_html(escaped, text);
  return escaped;
}

}  // namespace tidings::text
