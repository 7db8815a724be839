#include "analyze/entity_key.h"

#include <algorithm>
#include <array>
#include <span>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "analyze/entity_names.h"
#include "analyze/entity_words.h"
#include "core/encoding.h"
#include "core/hash.h"
#include "core/utf8.h"
#include "text/lower.h"

namespace tidings::analyze {
namespace {

constexpr std::array<std::string_view, 22> kLegalForms = {
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited",
    "llc", "llp",          "plc",  "ag",          "sa", "gmbh",    "nv",  "spa",
    "ab",  "asa",          "oyj",  "kg",          "se", "pty"};
struct OtherName {
  std::string_view written, name;
};

constexpr std::array<std::string_view, 8> kSmallWords = {"of", "the", "and", "for",
                                                         "in", "on",  "at",  "de"};

template <std::size_t kSize>
bool is_one_of(std::string_view word, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string without_marks(std::string_view text) {
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* parting = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  const icu::UnicodeString parted =
      parting->normalize(icu::UnicodeString::fromUTF8(
                             icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
                         error);
  std::string kept;
  for (std::int32_t at = 0; at < parted.length(); at = parted.moveIndex32(at, 1))
    if (const UChar32 c = parted.char32At(at); (U_GET_GC_MASK(c) & U_GC_MN_MASK) == 0)
      append_utf8(kept, static_cast<char32_t>(c));
  return kept;
}

// Letters, digits and "&" in words; a point or an apostrophe parts none.
std::string plain_words(std::string_view name) {
  std::string plain;
  bool has_gap = false;
  for (std::size_t position = 0; position < name.size();) {
    const char32_t c = next_code_point(name, position);
    if (c == '.' || c == '\'' || c == U'’') continue;
    const auto point = static_cast<UChar32>(c);
    if (!u_isalnum(point) && c != '&' && (U_GET_GC_MASK(point) & U_GC_M_MASK) == 0) {
      has_gap = true;
      continue;
    }
    if (has_gap && !plain.empty()) plain += ' ';
    has_gap = false;
    append_utf8(plain, c);
  }
  return plain;
}

std::span<const std::string_view> kept_words(std::span<const std::string_view> words,
                                             EntityType type) {
  if (words.size() > 1 && words.front() == "the") words = words.subspan(1);
  if (type == EntityType::Person)
    while (words.size() > 1 && classes_of(word_hash(words.front())).has(WordClass::Title))
      words = words.subspan(1);
  if (type == EntityType::Organization)
    while (words.size() > 1 && is_one_of(words.back(), kLegalForms))
      words = words.first(words.size() - 1);
  return words;
}

// Countries have names that the gazetteer knows only with points or in capitals, or by which it
// means a part of them.
std::string place_key(std::string_view name, std::string key) {
  constexpr std::array<OtherName, 10> kCountries = {{{"us", "united states"},
                                                     {"eeuu", "united states"},
                                                     {"eua", "united states"},
                                                     {"usa", "united states"},
                                                     {"united states of america", "united states"},
                                                     {"america", "united states"},
                                                     {"uk", "united kingdom"},
                                                     {"britain", "united kingdom"},
                                                     {"great britain", "united kingdom"},
                                                     {"uae", "united arab emirates"}}};
  const auto* const country = std::find_if(kCountries.begin(), kCountries.end(),
                                           [&](const OtherName& c) { return c.written == key; });
  if (country != kCountries.end()) return std::string(country->name);
  const std::optional<std::string> known = known_place(plain_words(text::lower(name)));
  if (!known) return key;
  std::string of_gazetteer = plain_words(text::lower(without_marks(*known)));
  if (of_gazetteer.starts_with("the ")) of_gazetteer.erase(0, 4);
  return of_gazetteer;
}

}  // namespace

std::string entity_key(std::string_view name, EntityType type) {
  const std::string plain = plain_words(text::lower(without_marks(name)));
  const std::vector<std::string_view> words = words_of_key(plain);
  std::string key;
  for (const std::string_view word : kept_words(words, type)) {
    if (!key.empty()) key += ' ';
    key += word;
  }
  if (type == EntityType::Place) return place_key(name, std::move(key));
  if (type == EntityType::Organization)
    if (const auto known = known_organization(key)) return std::string(*known);
  return key;
}

std::string entity_id(EntityType type, std::string_view key) {
  const std::string named = std::string(to_string(type)).append(1, ':').append(key);
  const std::uint64_t hash = hash64(named);
  std::array<unsigned char, 8> bytes;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    bytes[at] = static_cast<unsigned char>(hash >> (56 - 8 * at));
  return hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool has_legal_form(std::string_view name) {
  const std::size_t gap = name.find_last_of(' ');
  if (gap == std::string_view::npos) return false;
  return is_one_of(plain_words(text::lower(name.substr(gap + 1))), kLegalForms);
}

std::vector<std::string_view> words_of_key(std::string_view key) {
  std::vector<std::string_view> words;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    words.push_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return words;
}

std::string initials_of_key(std::string_view key) {
  std::string initials;
  std::size_t count = 0;
  for (const std::string_view word : words_of_key(key)) {
    if (is_one_of(word, kSmallWords) || word == "&") continue;
    std::size_t end = 0;
    next_code_point(word, end);
    initials += word.substr(0, end);
    ++count;
  }
  return count < 2 ? std::string() : initials;
}

}  // namespace tidings::analyze
