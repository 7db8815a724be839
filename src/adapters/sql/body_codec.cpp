#include "adapters/sql/body_codec.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/sql/text_list.h"
#include "core/check.h"
#include "core/compression.h"
#include "core/strings.h"

namespace tidings::sql {
namespace {

// Inside the zstd frame: three lengths (32 bits, little-endian), then the markup, the text and the
// enclosures.
constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kBodyBytesMax = std::size_t{1} << 30;
constexpr int kLevel = 1;
constexpr std::size_t kEnclosureFields = 4;

void append_length(std::string& out, std::size_t length) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(length >> shift));
}

std::size_t length_at(std::string_view bytes, std::size_t at) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    length |= std::size_t{static_cast<std::uint8_t>(bytes[at + i])} << (8 * i);
  }
  return length;
}

std::string encode_enclosures(const std::vector<Enclosure>& enclosures) {
  std::vector<std::string> fields;
  for (const Enclosure& enclosure : enclosures) {
    fields.insert(fields.end(), {enclosure.url, enclosure.type, enclosure.title});
    fields.push_back(enclosure.length_bytes ? std::to_string(*enclosure.length_bytes) : "");
  }
  return encode_list(fields);
}

std::optional<std::vector<Enclosure>> decode_enclosures(std::string_view json) {
  const std::optional<std::vector<std::string>> fields = decode_list(json);
  if (!fields || fields->size() % kEnclosureFields != 0) return std::nullopt;
  std::vector<Enclosure> enclosures;
  for (auto field = fields->begin(); field != fields->end(); field += kEnclosureFields) {
    enclosures.push_back({.url = field[0], .type = field[1], .title = field[2]});
    if (const auto length = parse_int(field[3])) enclosures.back().length_bytes = *length;
  }
  return enclosures;
}

}  // namespace

std::string encode_body(const ArticleBody& body) {
  if (body == ArticleBody{}) return {};
  const std::string enclosures = encode_enclosures(body.enclosures);
  std::string plain;
  plain.reserve(kHeaderBytes + body.content_html.size() + body.text.size() + enclosures.size());
  append_length(plain, body.content_html.size());
  append_length(plain, body.text.size());
  append_length(plain, enclosures.size());
  plain.append(body.content_html).append(body.text).append(enclosures);
  CHECK(plain.size() <= kBodyBytesMax);
  return compress(plain, Compression::Zstd, kLevel);
}

Result<ArticleBody> decode_body(std::string_view bytes) {
  if (bytes.empty()) return ArticleBody{};
  const Error damaged = corrupt("a stored article body is damaged");
  const Result<std::string> plain = decompress(bytes, Compression::Zstd, kBodyBytesMax);
  if (!plain || plain->size() < kHeaderBytes) return damaged;
  const std::size_t html_bytes = length_at(*plain, 0), text_bytes = length_at(*plain, 4);
  const std::size_t enclosures_bytes = length_at(*plain, 8);
  if (kHeaderBytes + html_bytes + text_bytes + enclosures_bytes != plain->size()) return damaged;
  auto enclosures =
      decode_enclosures(std::string_view(*plain).substr(kHeaderBytes + html_bytes + text_bytes));
  if (!enclosures) return damaged;
  return ArticleBody{.content_html = plain->substr(kHeaderBytes, html_bytes),
                     .text = plain->substr(kHeaderBytes + html_bytes, text_bytes),
                     .enclosures = *std::move(enclosures)};
}

}  // namespace tidings::sql
