#include "core/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/utf8.h"

namespace tidings {
namespace {

// What may stand in a JSON string as it is: 0. Otherwise the letter of its short escape, or 'u'.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (int c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  table[0x7F] = 'u';
  return table;
}();

constexpr std::uint64_t in_every_byte(std::uint8_t value) {
  return value * 0x0101010101010101ULL;
}

// Not zero when a byte of `word` is zero; exact as long as no byte has its high bit set.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - in_every_byte(0x01)) & ~word & in_every_byte(0x80);
}

// ASCII without anything to escape: most of what is written, found eight bytes at a time.
bool is_plain(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    const std::uint64_t below_space = (word - in_every_byte(0x20)) & ~word;
    const std::uint64_t special = zero_bytes(word ^ in_every_byte('"')) |
                                  zero_bytes(word ^ in_every_byte('\\')) |
                                  zero_bytes(word ^ in_every_byte(0x7F));
    if (((word | below_space | special) & in_every_byte(0x80)) != 0) return false;
  }
  for (; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80 || kEscapes[c] != 0) return false;
  }
  return true;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t run_begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[c];
    if (escape == 0) [[likely]]
      continue;
    out.append(text.substr(run_begin, i - run_begin));
    run_begin = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      constexpr std::string_view kHex = "0123456789abcdef";
      out += {'0', '0', kHex[c >> 4], kHex[c & 15]};
    }
  }
  out.append(text.substr(run_begin));
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain(text)) [[likely]] {
    out += text;
  } else if (is_valid_utf8(text)) {
    append_escaped(out, text);
  } else {
    append_escaped(out, repaired_utf8(text));
  }
  out += '"';
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
  needs_comma_ = true;
}

void JsonWriter::value(bool flag) {
  raw(flag ? "true" : "false");
}

void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void JsonWriter::value(Time time) {
  value(format_rfc3339(time));
}

void JsonWriter::value(const ZonedTime& zoned) {
  value(format_rfc3339(zoned));
}

void JsonWriter::null() {
  raw("null");
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  needs_comma_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
}

void JsonWriter::integer(std::int64_t number) {
  std::array<char, 24> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

}  // namespace tidings
