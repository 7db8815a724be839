#include "text/sentence_rules.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/lower.h"
#include "text/marks.h"

namespace tidings::text {
namespace {

constexpr std::size_t kGapBytesMax = 64;  // white space that is looked past
constexpr std::size_t kWordBytesMax = 48;
constexpr std::size_t kMarksMax = 64;  // in one run

char32_t code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return U'\0';
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? byte : next_code_point(text, at);
}

bool is_letter(char32_t c) {
  return c < 0x80 ? is_alpha(static_cast<char>(c)) : u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool is_gap(std::string_view text, std::size_t at) {
  return at < text.size() && (is_space(text[at]) || code_point_at(text, at) == U'\u00A0' ||
                              code_point_at(text, at) == U'\u3000');
}

std::size_t gap_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kGapBytesMax);
  while (at < limit && is_gap(text, at)) next_code_point(text, at);
  return at;
}

std::string_view word_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kWordBytesMax) {
    std::size_t next = end;
    const char32_t c = next_code_point(text, next);
    const bool is_apostrophe = (c == '\'' || c == U'’') && is_letter(code_point_at(text, next));
    if (!is_letter(c) && !(c < 0x80 && is_digit(static_cast<char>(c))) && !is_apostrophe) break;
    end = next;
  }
  return text.substr(begin, end - begin);
}

Next kind_of(std::string_view text, std::size_t at) {
  if (at >= text.size()) return Next::End;
  const auto c = static_cast<UChar32>(next_code_point(text, at));
  if (u_isdigit(c)) return Next::Digit;
  if (u_isupper(c) || u_istitle(c)) return Next::Upper;
  // A brand, "iPhone", opens a sentence as a capital does.
  if (u_islower(c)) {
    return u_isupper(static_cast<UChar32>(code_point_at(text, at))) ? Next::Upper : Next::Lower;
  }
  return u_isalpha(c) ? Next::Uncased : Next::Other;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// One letter, or letters with points between them: "e", "u.s".
bool is_initials(std::string_view lowered) {
  std::size_t at = 0;
  while (at < lowered.size()) {
    if (!is_letter(next_code_point(lowered, at))) return false;
    if (at == lowered.size()) return true;
    if (lowered[at++] != '.') return false;
  }
  return false;
}

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return is_digit(c); });
}

bool is_roman_number(std::string_view written) {
  return !written.empty() && written.size() <= 5 &&
         std::ranges::all_of(written, [](char c) { return c == 'I' || c == 'V' || c == 'X'; });
}

// "Today": a capital, then only small letters.
bool is_capitalized(std::string_view word) {
  std::size_t at = 0;
  if (word.empty() || !u_isupper(static_cast<UChar32>(next_code_point(word, at)))) return false;
  if (at == word.size()) return false;
  while (at < word.size()) {
    if (!u_islower(static_cast<UChar32>(next_code_point(word, at)))) return false;
  }
  return true;
}

bool is_first_person(std::string_view word) {
  return word == "I" || word.starts_with("I'") || word.starts_with("I’");
}

// What follows the time of a day: "6 p.m. EST", "6 p.m. Tuesday".
bool goes_with_hour(std::string_view word) {
  const bool is_upper = std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  return (is_upper && word.size() > 1) || word.ends_with("day") ||
         is_one_of(word, {"Eastern", "Central", "Mountain", "Pacific", "Greenwich", "January",
                          "February", "March", "April", "May", "June", "July", "August",
                          "September", "October", "November", "December"});
}

bool continues_japanese_quotation(char32_t c) {
  return c == U'と' || c == U'っ' || c == U'て' || c == U'な' || c == U'の' || c == U'、';
}

}  // namespace

SentenceRules::SentenceRules(std::string_view text, std::string_view language)
    : text_(text),
      words_(language),
      has_ordinal_points_(is_one_of(
          language.substr(0, 2), {"de", "da", "nb", "nn", "no", "is", "fi", "et", "lv", "lt", "cs",
                                  "sk", "pl", "hu", "sl", "hr", "bs", "sr", "tr"})),
      is_greek_(language.substr(0, 2) == "el"),
      is_chinese_(language.substr(0, 2) == "zh") {}

Marks SentenceRules::marks(std::size_t at) const {
  Marks run{.begin = at, .end = at};
  run.is_bracketed = at > 0 && (text_[at - 1] == '[' || text_[at - 1] == '(');
  const std::size_t limit = std::min(text_.size(), at + kMarksMax);
  while (run.end < limit) {
    std::size_t next = run.end;
    const char32_t c = next_code_point(text_, next);
    const bool is_greek_question = is_greek_ && (c == ';' || c == U'\u037E');
    if (is_mark(c) || is_greek_question) {
      if (c == '.') ++run.points;
      if (c == U'…') run.points += 3;
      run.is_strong |= c != '.' && c != U'…';
      run.is_uncased |= is_uncased_mark(c);
      run.end = next;
    } else if (c == ' ' && run.points > 0 && next < text_.size() && text_[next] == '.' &&
               !is_letter(code_point_at(text_, next + 1)) &&
               !is_digit(static_cast<char>(code_point_at(text_, next + 1) & 0x7F))) {
      run.end = next;  // ". . ."
    } else {
      break;
    }
  }
  // "compounds. . . . The practice": the sentence's own point, then an ellipsis.
  if (run.points == 4 && run.end - at == 7 && at > 0 && text_[at - 1] != ' ' &&
      following(run.end).kind == Next::Upper) {
    run.points = 1;
    run.end = at + 1;
    return run;
  }
  while (run.end < limit) {
    std::size_t next = run.end;
    char32_t c = next_code_point(text_, next);
    const bool is_space = c == ' ' || c == U'\u00A0' || c == U'\u202F';
    if (is_space && code_point_at(text_, next) == U'»') c = next_code_point(text_, next);  // French
    if (!is_closer(c)) break;
    run.has_closer = true;
    run.end = next;
  }
  run.end = footnote_end(run.end);
  return run;
}

// Past "[12][13]" and, where a new sentence follows, "10" and "11 12".
std::size_t SentenceRules::footnote_end(std::size_t at) const {
  std::size_t end = at;
  const std::size_t limit = std::min(text_.size(), at + kMarksMax);
  while (end < limit && text_[end] == '[') {
    std::size_t digit = end + 1;
    while (digit < limit && is_digit(text_[digit])) ++digit;
    if (digit == end + 1 || digit >= limit || text_[digit] != ']') break;
    end = digit + 1;
  }
  if (end > at || end >= limit || !is_digit(text_[end])) return end;
  std::size_t number_end = end;
  while (number_end < limit && (is_digit(text_[number_end]) || text_[number_end] == ' '))
    ++number_end;
  const bool is_followed = number_end < limit && text_[number_end - 1] == ' ' &&
                           kind_of(text_, number_end) == Next::Upper && at >= 2 &&
                           !is_digit(text_[at - 2]);
  return is_followed ? number_end - 1 : end;
}

Following SentenceRules::following(std::size_t end) const {
  Following next;
  std::size_t at = gap_end(text_, end);
  next.has_gap = at > end;
  next.line_breaks =
      static_cast<std::size_t>(std::ranges::count(text_.substr(end, at - end), '\n'));
  next.begin = at;
  for (int openers = 0; openers < 4 && at < text_.size(); ++openers) {
    std::size_t after = at;
    if (!is_opener(next_code_point(text_, after))) break;
    at = gap_end(text_, after);
  }
  next.kind = kind_of(text_, at);
  if (next.kind != Next::End && next.kind != Next::Other) next.word = word_at(text_, at);
  return next;
}

bool SentenceRules::ends(const Marks& marks, const Preceding& before) const {
  const Following next = following(marks.end);
  if (next.kind == Next::End || marks.is_bracketed) return false;
  if (marks.is_uncased) {
    // Chinese has this point between the parts of foreign names.
    if (is_chinese_ && text_.substr(marks.begin).starts_with("．")) return false;
    return !marks.has_closer || next.has_gap ||
           !continues_japanese_quotation(code_point_at(text_, marks.end));
  }
  if (next.line_breaks >= 2) return true;
  if (!next.has_gap) {
    return next.kind == Next::Upper && (marks.has_closer || marks.is_strong || marks.points == 1) &&
           lacks_space(before.written, marks.end);
  }
  if (next.kind == Next::Lower) {
    const bool is_new_line = next.line_breaks == 1 && marks.points <= 1;
    if (!is_new_line && !(before.sentence_is_lower && before.lowered.size() > 1)) return false;
    return marks.is_strong || (marks.points == 1 && ends_after_word(before, next));
  }
  if (marks.is_strong) return before.lowered != "yahoo" || opens_sentence(next);
  // "…see . . . I didn’t mean it": this word's capital says nothing.
  if (marks.points > 1) return marks.points != 3 || !is_first_person(next.word);
  if (before.lowered.empty()) {
    const bool is_numero = marks.begin >= 2 && text_.substr(marks.begin - 2, 2) == "°";
    return !is_numero;
  }
  return ends_after_word(before, next);
}

bool SentenceRules::opens_sentence(const Following& next) const {
  if (next.kind == Next::Digit || next.word.empty()) return false;
  // "L'eau", "It’s": the part that is elided or contracted with.
  const std::size_t apostrophe = std::min(next.word.find('\''), next.word.find("’"));
  if (apostrophe != std::string_view::npos) {
    return words_.opens_sentence(lower(next.word.substr(0, apostrophe)));
  }
  return !is_initial(next.word) && words_.opens_sentence(lower(next.word));
}

// "J." or "J.-P.", not "A dog".
bool SentenceRules::is_initial(std::string_view word) const {
  const auto end = static_cast<std::size_t>(word.data() - text_.data()) + word.size();
  return word.size() == 1 && end < text_.size() && text_[end] == '.';
}

bool SentenceRules::ends_after_word(const Preceding& before, const Following& next) const {
  if (is_initials(before.lowered)) return ends_after_initials(before, next);
  const bool is_item = before.words_before == 0;  // "1." of a list
  if (is_number(before.lowered)) return ends_after_number(before, next);
  switch (words_.abbreviation(before.lowered)) {
    case Abbreviation::BeforeNames:
      return false;
    case Abbreviation::BeforeNumbers:
      if (next.kind == Next::Digit) return false;
      // "el Cap. Ramos": what is short for a chapter is short for a captain too.
      return is_item || !is_capitalized(before.written) || opens_sentence(next);
    case Abbreviation::Anywhere:
      return !is_item && opens_sentence(next);
    case Abbreviation::None:
      break;
  }
  if (has_ordinal_points_ && is_roman_number(before.written)) return opens_sentence(next);
  return true;
}

bool SentenceRules::ends_after_initials(const Preceding& before, const Following& next) const {
  if (before.words_before == 0) return false;  // "J. Smith said", "A. The first item"
  const bool is_small_letter = before.written.size() == 1 && before.written == before.lowered;
  Abbreviation known = words_.abbreviation(before.lowered);
  if (next.kind == Next::Digit) return known == Abbreviation::None && before.lowered.size() == 1;
  // "P." before a name is no "p.".
  if (before.written.size() == 1 && !is_small_letter) known = Abbreviation::None;
  if (known == Abbreviation::BeforeNames) return false;
  if (known == Abbreviation::BeforeNumbers) return true;
  const bool is_hour = before.lowered == "a.m" || before.lowered == "p.m";
  if (is_hour && next.kind == Next::Upper) {
    // "At 5 a.m. Mr. Smith left", but "He left the bank at 6 p.m. Mr. Smith stayed."
    const bool is_title = words_.abbreviation(lower(next.word)) == Abbreviation::BeforeNames;
    return !goes_with_hour(next.word) && (!is_title || before.words_before >= 4);
  }
  if (is_small_letter) return !is_initial(next.word);  // "z. B."
  return opens_sentence(next);
}

bool SentenceRules::ends_after_number(const Preceding& before, const Following& next) const {
  if (before.words_before == 0 && before.lowered.size() <= 3) return false;  // "1." of a list
  if (has_ordinal_points_ && before.lowered.size() <= 2) return opens_sentence(next);
  return true;
}

bool SentenceRules::lacks_space(std::string_view written_before, std::size_t after) const {
  if (written_before.size() < 2) return false;
  const std::size_t begin = static_cast<std::size_t>(written_before.data() - text_.data());
  // An address or a file's name, not a word: "www.x", "/x", "@x".
  if (begin > 0 && !is_space(text_[begin - 1]) && !is_opener(code_point_at(text_, begin - 1))) {
    return false;
  }
  const std::string_view word = word_at(text_, after);
  if (!is_capitalized(word) || word.size() < 2) return false;
  const bool is_small_before = is_digit(written_before.back()) || is_capitalized(written_before) ||
                               lower(written_before) == written_before;
  if (!is_small_before || is_one_of(lower(word), {"com", "org", "net", "info", "de", "fr", "js"})) {
    return false;
  }
  const std::size_t word_end = after + word.size();
  const char32_t behind = code_point_at(text_, word_end);
  if (behind == '.') return !is_letter(code_point_at(text_, word_end + 1));
  return behind != '@' && behind != '/' && behind != '_' && behind != '(';
}

}  // namespace tidings::text
