#include "text/html_entities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"

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

// What browsers read for &#x80; to &#x9F;: pages of the nineties meant windows-1252.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

int digit_value(char c, int base) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// `at` stands behind "&#".
bool decode_number(std::string_view text, std::size_t at, std::size_t& position, std::string& out) {
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
  if (at == first) return false;
  if (at < text.size() && text[at] == ';') ++at;
  if (value >= 0x80 && value <= 0x9F) value = kWindows1252[value - 0x80];
  append_utf8(out, value == 0 ? 0xFFFD : static_cast<char32_t>(value));
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
