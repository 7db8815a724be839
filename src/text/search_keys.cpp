#include "text/search_keys.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/fold.h"
#include "text/lower.h"
#include "text/search_language.h"
#include "text/stemmer.h"

namespace tidings::text {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_apostrophe(char32_t c) {
  return c == U'’' || c == U'‘' || c == U'‛' || c == U'ʼ' || c == U'ʻ' || c == U'＇';
}

// Soft hyphens, joiners, directions, variants of a glyph.
bool is_unseen(char32_t c) {
  return c == U'\u00AD' || (c >= U'\u200B' && c <= U'\u200F') ||
         (c >= U'\u202A' && c <= U'\u202E') || (c >= U'\u2060' && c <= U'\u2064') ||
         (c >= U'\uFE00' && c <= U'\uFE0F') || c == U'\uFEFF';
}

// Shapes of other characters: ligatures, Arabic as old files have it, full and half width.
bool is_shape(char32_t c) {
  return (c >= U'\uFB00' && c <= U'\uFDFF') || (c >= U'\uFE70' && c <= U'\uFEFE') ||
         (c >= U'\uFF00' && c <= U'\uFFEF');
}

void append_usual_shape(std::string& out, char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString usual;
  const bool is_known = nfkc != nullptr && nfkc->getDecomposition(static_cast<UChar32>(c), usual);
  // Some Arabic shapes are whole sentences, and marks that stand on a blank.
  if (!is_known || usual.indexOf(u' ') >= 0) return append_utf8(out, c);
  usual.toUTF8String(out);
}

std::string composed(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece piece(utf8.data(), static_cast<std::int32_t>(utf8.size()));
  if (nfc == nullptr) return std::string(utf8);
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(utf8);
}

// Small İ is i with a second dot where Turkish is not known, and i where it is.
void remove_second_dots(std::string& lowered) {
  constexpr std::string_view kDotted = "i\u0307";
  for (std::size_t at = 0; (at = lowered.find(kDotted, at)) != std::string::npos; ++at) {
    lowered.erase(at + 1, kDotted.size() - 1);
  }
}

// A letter to Unicode (ʼ), but no part of a word where it stands around it.
std::string without_outer_apostrophes(std::string form) {
  const std::size_t first = form.find_first_not_of('\'');
  if (first == std::string::npos) return form;
  form.erase(form.find_last_not_of('\'') + 1);
  return form.erase(0, first);
}

struct StemmerOf {
  std::array<std::unique_ptr<Stemmer>, kSearchLanguages> by_language;
};

Stemmer& stemmer_of(SearchLanguage language, const SearchLanguageRules& rules) {
  thread_local StemmerOf stemmers;
  std::unique_ptr<Stemmer>& stemmer = stemmers.by_language[language % kSearchLanguages];
  if (!stemmer) stemmer = std::make_unique<Stemmer>(rules.tag);
  return *stemmer;
}

std::string_view without_ending_apart(std::string_view form, const SearchLanguageRules& rules) {
  if (rules.ending_marks.empty()) return form;
  const std::size_t mark = form.find_last_of(rules.ending_marks);
  if (mark == std::string_view::npos || mark < 2) return form;  // "d'Estaing", "O'Brien"
  const std::string_view ending = form.substr(mark + 1);
  if (ending.empty()) return form;
  const bool is_ending = ending.size() <= rules.ending_bytes_max && !is_digit(ending.front());
  return is_ending ? form.substr(0, mark) : form;
}

// Snowball's Romanian knows the letters that stood for ș and ț before Unicode had them.
std::string with_cedillas(std::string_view form) {
  std::string out;
  for (std::size_t at = 0; at < form.size();) {
    const char32_t c = next_code_point(form, at);
    append_utf8(out, c == U'ș' ? U'ş' : c == U'ț' ? U'ţ' : c);
  }
  return out;
}

std::string stem_of(std::string_view form, SearchLanguage language,
                    const SearchLanguageRules& rules) {
  std::string word(without_ending_apart(form, rules));
  if (rules.tag == "ro") word = with_cedillas(word);
  std::string stem(stemmer_of(language, rules).stem(word));
  return stem.empty() ? word : stem;
}

// Its own letters in their spelling, all else without diacritics.
void append_part(std::string& out, char32_t c, const SearchLanguageRules& rules) {
  if (const std::string* spelling = rules.spelling_of(c)) {
    out += *spelling;
  } else if (rules.keeps_marks) {
    append_utf8(out, c);
  } else {
    append_folded(out, c);
  }
}

std::string part_of(std::string_view word, const SearchLanguageRules& rules) {
  std::string part;
  for (std::size_t at = 0; at < word.size();) append_part(part, next_code_point(word, at), rules);
  return part;
}

// Has it what would be lost if everything were folded?
bool has_own_letter(std::string_view word, const SearchLanguageRules& rules) {
  if (rules.keeps_marks) return fold(word) != word;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (c >= 0x80 && rules.spelling_of(c) != nullptr) return true;
  }
  return false;
}

class Keys {
 public:
  void add(std::string key) {
    if (std::ranges::find(keys_, key) == keys_.end()) keys_.push_back(std::move(key));
  }
  std::vector<std::string> take() { return std::move(keys_); }

 private:
  std::vector<std::string> keys_;
};

struct Word {
  std::string_view form;
  std::string stem;
  bool has_own = false;
};

void add_full_keys(Keys& keys, const Word& word) {
  keys.add(fold(word.stem));
  keys.add(fold(word.form));
}

void add_part_keys(Keys& keys, const Word& word, SearchLanguage language,
                   const SearchLanguageRules& rules) {
  if (rules.is_spelled_first) {  // The stem must be what it is of the word that was spelled so.
    std::string spelled = part_of(word.form, rules);
    keys.add(fold(stem_of(spelled, language, rules)));
    keys.add(std::move(spelled));
  } else {
    keys.add(part_of(word.stem, rules));
    keys.add(part_of(word.form, rules));
  }
}

Word word_of(std::string_view form, SearchLanguage language, const SearchLanguageRules& rules) {
  Word word{.form = form, .stem = stem_of(form, language, rules)};
  // A stem can have them where the form has not: Serbian's are Latin, whatever the script.
  word.has_own = has_own_letter(form, rules) || has_own_letter(word.stem, rules);
  return word;
}

}  // namespace

std::string search_form(std::string_view word) {
  if (is_ascii(word)) return without_outer_apostrophes(to_lower(word));
  std::string usual;
  usual.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (is_apostrophe(c)) {
      usual += '\'';
    } else if (is_shape(c)) {
      append_usual_shape(usual, c);
    } else if (!is_unseen(c)) {
      append_utf8(usual, c);
    }
  }
  std::string form = composed(lower(usual));
  remove_second_dots(form);
  return without_outer_apostrophes(std::move(form));
}

std::vector<std::string> keys_in_text(std::string_view form, SearchLanguage language) {
  const SearchLanguageRules& rules = rules_of(language);
  const Word word = word_of(form, language, rules);
  Keys keys;
  add_full_keys(keys, word);
  if (word.has_own) add_part_keys(keys, word, language, rules);
  return keys.take();
}

std::vector<std::string> keys_looked_for(std::string_view form, SearchLanguage language) {
  const SearchLanguageRules& rules = rules_of(language);
  const Word word = word_of(form, language, rules);
  Keys keys;
  if (word.has_own) {
    add_part_keys(keys, word, language, rules);
  } else {
    add_full_keys(keys, word);
  }
  return keys.take();
}

bool keeps_beginnings(SearchLanguage language) {
  return !rules_of(language).stems_change_beginnings;
}

}  // namespace tidings::text
