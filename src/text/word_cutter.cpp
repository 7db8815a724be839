#include "text/word_cutter.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/lower.h"

namespace tidings::text {
namespace {

constexpr bool is_ascii_word(char c) {
  return is_alpha(c) || is_digit(c);
}

bool is_letter(char32_t c) {
  return c < 0x80 ? is_alpha(static_cast<char>(c)) : u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool is_digit_character(char32_t c) {
  return c < 0x80 ? is_digit(static_cast<char>(c)) : u_isdigit(static_cast<UChar32>(c)) != 0;
}

bool is_word_character(char32_t c) {
  return begins_word(c) ||
         (c >= 0x80 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0);
}

// Unseen, and inside of words: the soft hyphen and the (non-)joiners of Persian and Indic scripts.
bool is_unseen_joiner(char32_t c) {
  return c == U'\u00AD' || c == U'\u200C' || c == U'\u200D';
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  return at < text.size() ? next_code_point(text, at) : U'\0';
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

struct Cases {
  std::size_t upper = 0;
  std::size_t lower = 0;
  bool is_first_upper = false;
  bool is_ascii = true;
};

Cases cases_of(std::string_view written) {
  Cases cases;
  for (std::size_t at = 0; at < written.size();) {
    const bool is_first = at == 0;
    const char byte = written[at];
    bool is_upper = byte >= 'A' && byte <= 'Z';
    bool is_lower = byte >= 'a' && byte <= 'z';
    if (static_cast<unsigned char>(byte) >= 0x80) {
      const auto c = static_cast<UChar32>(next_code_point(written, at));
      is_upper = u_isupper(c) || u_istitle(c);
      is_lower = u_islower(c);
      cases.is_ascii = false;
    } else {
      ++at;
    }
    cases.upper += is_upper ? 1 : 0;
    cases.lower += is_lower ? 1 : 0;
    if (is_first) cases.is_first_upper = is_upper;
  }
  return cases;
}

Letters letters_of(std::string_view written, const Cases& cases) {
  if (is_digit_character(code_point_at(written, 0))) return Letters::Number;
  if (cases.upper + cases.lower == 0) return Letters::Uncased;
  if (cases.upper == 0) return Letters::Lower;
  if (cases.is_first_upper && cases.upper == 1) return Letters::Capitalized;
  return cases.lower == 0 ? Letters::Upper : Letters::Mixed;
}

}  // namespace

bool begins_word(char32_t c) {
  return c < 0x80 ? is_ascii_word(static_cast<char>(c)) : u_isalnum(static_cast<UChar32>(c)) != 0;
}

WordCutter::WordCutter(std::string_view language, Stemmer stemmer, Segments& segments,
                       const SentenceRules& rules)
    : segments_(segments),
      text_(segments.text()),
      rules_(rules),
      stemmer_(stemmer),
      has_elisions_(is_one_of(language.substr(0, language.find('-')), {"fr", "it", "ca", "oc"})),
      has_letter_colons_(is_one_of(language.substr(0, language.find('-')), {"sv", "fi"})),
      forms_(std::min<std::size_t>(text_.size() / 8, 1 << 16)),
      stems_(stemmer_.knows_language() ? std::min<std::size_t>(text_.size() / 8, 1 << 16) : 0) {
  segments_.words_.reserve(text_.size() / 5);
  segments_.forms_.reserve(std::min<std::size_t>(text_.size() / 9, 1 << 16));
  segments_.stems_.reserve(std::min<std::size_t>(text_.size() / 9, 1 << 16));
}

std::size_t WordCutter::add(std::size_t begin, std::size_t limit, std::uint32_t sentence) {
  if (static_cast<unsigned char>(text_[begin]) >= 0xE0 &&
      is_unspaced_script(code_point_at(text_, begin))) {
    return add_unspaced(begin, limit, sentence);
  }
  const std::size_t end = word_end(begin, limit);
  add_word(begin, end, sentence);
  return end;
}

std::size_t WordCutter::word_end(std::size_t begin, std::size_t limit) const {
  std::size_t end = begin;
  while (end < limit) {
    if (is_ascii_word(text_[end])) {
      ++end;
      continue;
    }
    std::size_t next = end;
    const char32_t c = next_code_point(text_, next);
    const bool is_of_word = c >= 0x80 && is_word_character(c) && !is_unspaced_script(c);
    if (!is_of_word && (next >= limit || !joins(begin, end, c, next))) break;
    end = next;
  }
  return end;
}

// Does the character `c` at `joiner`, with what stands at `next`, go on with the word?
bool WordCutter::joins(std::size_t begin, std::size_t joiner, char32_t c, std::size_t next) const {
  if (c == ' ' || joiner == begin) return false;
  const bool is_apostrophe = c == '\'' || c == U'’';
  const bool is_joiner = is_apostrophe || c == '.' || c == ',' || c == ':' || c == '_';
  if (!is_joiner && !is_unseen_joiner(c)) return false;
  const char32_t after = code_point_at(text_, next);
  if (!begins_word(after) || is_unspaced_script(after)) return false;
  if (c == '_' || is_unseen_joiner(c)) return true;
  const std::string_view before = text_.substr(begin, joiner - begin);
  if (is_apostrophe) return is_letter(after) && !(has_elisions_ && is_elided(before));
  const bool are_digits = is_digit(before.back()) && is_digit_character(after);
  if (are_digits || c == ',') return are_digits;
  if (is_digit(before.back()) || !is_letter(after)) return false;
  return c == ':' ? has_letter_colons_ : !rules_.lacks_space(before, next);
}

bool WordCutter::is_elided(std::string_view prefix) const {
  if (prefix.size() == 1) return true;
  if (prefix.size() > 7) return false;
  return is_one_of(lower(prefix), {"qu",  "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "dell",
                                   "all", "nell",  "dall",   "sull",   "coll",   "quell",  "quest",
                                   "un",  "gl",    "tutt",   "sant",   "bell",   "c",      "mezz"});
}

std::size_t WordCutter::add_unspaced(std::size_t begin, std::size_t limit, std::uint32_t sentence) {
  std::size_t end = begin;
  while (end < limit) {
    std::size_t next = end;
    const char32_t c = next_code_point(text_, next);
    if (!is_word_character(c) || !is_unspaced_script(c)) break;
    end = next;
  }
  std::size_t word_begin = begin;
  for (const std::size_t offset : unspaced_.ends(text_.substr(begin, end - begin))) {
    add_word(word_begin, begin + offset, sentence);
    word_begin = begin + offset;
  }
  return end;
}

void WordCutter::add_word(std::size_t begin, std::size_t end, std::uint32_t sentence) {
  const std::string_view written = text_.substr(begin, end - begin);
  const Cases cases = cases_of(written);
  std::string_view lowered = written;
  if (!cases.is_ascii) {
    lowered_ = lower(written);
    lowered = lowered_;
  } else if (cases.upper > 0) {
    lowered_.assign(written);
    for (char& c : lowered_) c = to_lower(c);
    lowered = lowered_;
  }
  const bool is_in_text = cases.is_ascii && cases.upper == 0;
  segments_.words_.push_back({.begin = static_cast<std::uint32_t>(begin),
                              .end = static_cast<std::uint32_t>(end),
                              .form = form_of(lowered, is_in_text),
                              .sentence = sentence,
                              .letters = letters_of(written, cases)});
}

std::uint32_t WordCutter::form_of(std::string_view lowered, bool is_in_text) {
  const WordIndex::Place place = forms_.find_or_add(lowered, [&](std::string_view word) {
    const std::string_view kept = is_in_text ? word : segments_.arena_.keep(word);
    segments_.forms_.push_back({.lower = kept, .stem = 0, .count = 0});
    return kept;
  });
  Form& form = segments_.forms_[place.number];
  ++form.count;
  if (place.is_new) form.stem = stem_of(form.lower, place.number);
  return place.number;
}

std::uint32_t WordCutter::stem_of(std::string_view lowered, std::uint32_t form) {
  if (!stemmer_.knows_language()) {
    segments_.stems_.push_back(lowered);
    return form;
  }
  return stems_
      .find_or_add(stemmer_.stem(lowered),
                   [&](std::string_view stem) {
                     const std::string_view kept = lowered.starts_with(stem)
                                                       ? lowered.substr(0, stem.size())
                                                       : segments_.arena_.keep(stem);
                     segments_.stems_.push_back(kept);
                     return kept;
                   })
      .number;
}

}  // namespace tidings::text
