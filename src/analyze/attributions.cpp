#include "analyze/attributions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace tidings::analyze {

Attributions::Attributions(const Document& document, const SpeakerNames& names)
    : segments_(document.segments),
      names_(names),
      drops_pronouns_(document.language == "es" || document.language == "it" ||
                      document.language == "pt"),
      inverts_(document.language != "en"),
      interrupts_(document.language == "fr" || document.language == "it") {}

Attribution Attributions::after(const Quoted& quote, std::uint32_t limit) const {
  limit = std::min(limit, quote.words.end + kClauseWordsMax);
  const std::uint32_t begin = quote.words.end;
  if (begin >= limit || !is_beside(quote, begin)) return {};
  std::uint32_t end = begin + 1;
  while (end < limit && names_.gap(end) != Gap::Stop && names_.gap(end) != Gap::Colon) ++end;
  if (const std::uint32_t next = behind_source(begin, end); next > begin) return source(next, end);

  const std::uint32_t verb = verb_from(begin, end);
  if (verb == end) return {};
  if (verb == begin || are_before_verb(begin, verb)) return behind_verb(begin, verb, end);
  if (names_.kind(begin) == SpeechWord::Pronoun) return {.is_anaphor = verb - begin <= 3};
  return {.name = subject_at(begin, verb), .has_verb = verb - begin <= 2};
}

// A comma at most between the closing mark and the word; what ends with a point inside is
// followed by a sentence of its own unless that begins small.
bool Attributions::is_beside(const Quoted& quote, std::uint32_t word) const {
  const text::Word& next = segments_.words()[word];
  const std::string_view between =
      segments_.text().substr(quote.span.end, next.begin - quote.span.end);
  if (between.size() > 8) return false;
  if (between.find_first_of(".!?:;(\n") != std::string_view::npos) return false;
  const std::string_view inside =
      segments_.text().substr(quote.span.begin, quote.span.end - quote.span.begin);
  const bool is_closed = inside.ends_with('.') && !inside.ends_with("..");
  const bool has_comma = between.find(',') != std::string_view::npos;
  return !is_closed || has_comma || next.letters == text::Letters::Lower;
}

std::uint32_t Attributions::verb_from(std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t verb = begin;
  while (verb < end && names_.kind(verb) != SpeechWord::Verb) ++verb;
  return verb;
}

// "a-t-il déclaré", "ha detto", "hatte er gesagt": only auxiliaries, and pronouns behind one.
bool Attributions::are_before_verb(std::uint32_t begin, std::uint32_t verb) const {
  if (names_.kind(begin) != SpeechWord::Auxiliary || verb - begin > 4) return false;
  for (std::uint32_t word = begin; word < verb; ++word) {
    const SpeechWord kind = names_.kind(word);
    if (kind != SpeechWord::Auxiliary && kind != SpeechWord::Pronoun) return false;
  }
  return true;
}

Attribution Attributions::behind_verb(std::uint32_t begin, std::uint32_t verb,
                                      std::uint32_t end) const {
  for (std::uint32_t word = begin; word < verb; ++word) {
    if (names_.kind(word) == SpeechWord::Pronoun) return {.is_anaphor = true};
  }
  // "fügte er hinzu", "dit-il", "has said": a second verb is the participle of the first.
  std::uint32_t next = verb + 1;
  if (next < end && names_.gap(next) == Gap::None) {
    if (names_.kind(next) == SpeechWord::Pronoun) return {.is_anaphor = true};
    const WordRange name = names_.subject_from(next, end);
    if (!name.is_empty()) return {.name = name};
  }
  return {.is_anaphor = drops_pronouns_, .has_verb = true};
}

// "Ann Lee said", "Ann Lee, the mayor, said", "BA chairman Ann Lee said", "the minister said".
WordRange Attributions::subject_at(std::uint32_t begin, std::uint32_t verb) const {
  if (names_.gap(verb) == Gap::Comma) {
    const WordRange name = names_.name_from(begin, verb);
    const bool has_apposition =
        !name.is_empty() && name.end < verb && names_.gap(name.end) == Gap::Comma;
    return has_apposition ? name : WordRange{};
  }
  for (std::uint32_t word = begin + 1; word <= verb; ++word) {
    if (names_.gap(word) != Gap::None) return {};
  }
  std::uint32_t end = verb;
  while (end > begin && names_.kind(end - 1) == SpeechWord::Auxiliary) --end;
  if (end == begin + 1 && names_.is_group(begin)) return {begin, end};
  const WordRange subject = names_.subject_to(begin, end);
  // All of what is before the verb must be about the subject: "and as Lee said" is not.
  const bool starts_well =
      !subject.is_empty() &&
      (subject.begin == begin || names_.is_name_word(begin) ||
       names_.kind(begin) == SpeechWord::Article || subject.begin - begin <= 2);
  return starts_well && !is_conjunction(begin) ? subject : WordRange{};
}

bool Attributions::is_conjunction(std::uint32_t word) const {
  const std::string_view lowered = segments_.lower(segments_.words()[word]);
  constexpr std::string_view kConjunctions[] = {
      "and", "as",   "but", "when", "which", "while", "und", "et",  "y",   "e",
      "en",  "that", "who", "if",   "or",    "qui",   "que", "che", "die", "dat"};
  return std::ranges::find(kConjunctions, lowered) != std::end(kConjunctions);
}

// "according to Ann Lee", "selon le ministre", "pour Ann Lee": the word behind; `word` itself where
// no source is named.
std::uint32_t Attributions::behind_source(std::uint32_t word, std::uint32_t end) const {
  struct Phrase {
    std::array<std::string_view, 3> words;
    bool opens_sentence = false;  // elsewhere it means something else
  };
  constexpr std::array kPhrases = {
      Phrase{{"according", "to"}},     Phrase{{"nach", "angaben", "von"}},
      Phrase{{"nach", "angaben"}},     Phrase{{"nach", "ansicht"}},
      Phrase{{"d", "après"}},          Phrase{{"de", "acuerdo", "con"}},
      Phrase{{"de", "acordo", "com"}}, Phrase{{"a", "detta", "di"}},
      Phrase{{"pour"}, true},          Phrase{{"para"}, true},
      Phrase{{"per"}, true},
  };
  const auto holds = [&](const Phrase& phrase) {
    if (phrase.opens_sentence && names_.gap(word) != Gap::Stop) return false;
    for (std::uint32_t i = 0; i < phrase.words.size() && !phrase.words[i].empty(); ++i) {
      if (word + i >= end || segments_.lower(segments_.words()[word + i]) != phrase.words[i])
        return false;
    }
    return true;
  };
  if (inverts_ || segments_.lower(segments_.words()[word]) == "according") {
    const auto found = std::ranges::find_if(kPhrases, holds);
    if (found != kPhrases.end())
      return word + static_cast<std::uint32_t>(std::ranges::count_if(
                        found->words, [](std::string_view part) { return !part.empty(); }));
  }
  return names_.kind(word) == SpeechWord::Source ? word + 1 : word;
}

Attribution Attributions::source(std::uint32_t begin, std::uint32_t end) const {
  if (begin >= end || names_.gap(begin) != Gap::None) return {};
  return {.name = names_.subject_from(begin, end)};
}

Attribution Attributions::before(const Quoted& quote, std::uint32_t limit) const {
  const std::uint32_t end = quote.words.begin;
  if (end == 0) return {};
  const text::Word& last = segments_.words()[end - 1];
  const std::string_view between = segments_.text().substr(last.end, quote.span.begin - last.end);
  const bool has_colon = between.find(':') != std::string_view::npos && between.size() < 12;
  if (!has_colon && last.sentence != segments_.words()[end].sentence) return {};
  if (between.find_first_of(".!?;()") != std::string_view::npos) return {};
  std::uint32_t begin = end - 1;
  while (begin > limit && end - begin < kClauseWordsMax && names_.gap(begin) != Gap::Stop) --begin;
  for (std::uint32_t verb = end; verb-- > begin;) {
    const std::uint32_t next = behind_source(verb, end);
    if (next > verb && next < end) return source(next, end);
    const SpeechWord kind = names_.kind(verb);
    const bool is_naming = kind == SpeechWord::Naming && verb + 1 < end &&
                           segments_.words()[end].letters == text::Letters::Lower;
    if (kind == SpeechWord::Verb || is_naming) return around_verb(begin, verb, end);
  }
  return {};
}

Attribution Attributions::inside(const Quoted& quote) const {
  constexpr std::uint32_t kWordsMax = 20;
  if (!interrupts_) return {};
  const std::uint32_t limit = std::min(quote.words.end, quote.words.begin + kWordsMax);
  for (std::uint32_t begin = quote.words.begin + 1; begin < limit; ++begin) {
    if (names_.gap(begin) != Gap::Comma) continue;
    std::uint32_t end = begin + 1;
    while (end < quote.words.end && names_.gap(end) == Gap::None) ++end;
    if (end < quote.words.end && names_.gap(end) != Gap::Comma) continue;
    const std::uint32_t verb = verb_from(begin, end);
    if (verb == end || (verb != begin && !are_before_verb(begin, verb))) continue;
    const Attribution found = behind_verb(begin, verb, end);
    if (!found.name.is_empty()) return found;
  }
  return {};
}

Attribution Attributions::around_verb(std::uint32_t begin, std::uint32_t verb,
                                      std::uint32_t end) const {
  std::uint32_t subject_end = verb;
  while (subject_end > begin && names_.gap(subject_end) == Gap::None &&
         names_.kind(subject_end - 1) == SpeechWord::Auxiliary) {
    --subject_end;
  }
  if (subject_end > begin && names_.gap(subject_end) == Gap::None) {
    if (names_.kind(subject_end - 1) == SpeechWord::Pronoun) return {.is_anaphor = true};
    const WordRange subject = names_.subject_to(begin, subject_end);
    if (!subject.is_empty()) return {.name = subject};
  }
  if (subject_end > begin && names_.gap(subject_end) == Gap::Comma) {
    const WordRange name = before_apposition(begin, subject_end - 1);
    if (!name.is_empty()) return {.name = name};
  }
  const bool is_followed = verb + 1 < end && names_.gap(verb + 1) == Gap::None;
  if (is_followed && names_.kind(verb + 1) == SpeechWord::Pronoun) return {.is_anaphor = true};
  if (is_followed && inverts_) return {.name = names_.subject_from(verb + 1, end)};
  return {};
}

// "Ann Lee, the mayor of York, said": the name before the last comma but one; or the one behind it,
// "the mayor of York, Ann Lee, said".
WordRange Attributions::before_apposition(std::uint32_t begin, std::uint32_t last) const {
  for (std::uint32_t word = last; word > begin; --word) {
    if (names_.gap(word) == Gap::Comma) {
      const WordRange name = names_.name_to(begin, word);
      const WordRange apposed = names_.name_from(word, last + 1);
      return name.is_empty() && apposed.end == last + 1 ? apposed : name;
    }
    if (names_.gap(word) != Gap::None) break;
  }
  return {};
}

}  // namespace tidings::analyze
