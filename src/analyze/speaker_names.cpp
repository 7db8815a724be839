#include "analyze/speaker_names.h"

#include <algorithm>
#include <array>

#include "analyze/entity_words.h"

namespace tidings::analyze {
namespace {

using text::Letters;

// clang-format off
constexpr auto kTitles = std::to_array<std::string_view>({
    "archbishop", "baroness", "bishop", "bundeskanzler", "bundeskanzlerin", "bürgermeister", "bürgermeisterin", "cardinal", "chancellor", "col",
    "colonel", "councillor", "dj", "dr", "frau", "gen", "gouverneur", "governor",
    "gov", "herr", "inspector", "judge", "lord", "m", "madame", "mayor", "meneer", "mevrouw", "minister",
    "ministerpräsident", "miss", "mme", "monsieur", "mr", "mrs", "ms", "presidente", "president", "premier",
    "prof", "professor", "rep", "rev", "sen", "senator", "senhor",
    "senhora", "señor", "señora", "sergeant", "secretary", "sheriff", "signor", "signora", "sir", "sr", "sra", "superintendent"});
constexpr auto kNoNames = std::to_array<std::string_view>({
    "although", "am", "and", "as", "at", "auch", "aber", "but", "das", "doch", "friday", "how", "if", "im", "in", "it", "mais",
    "mas", "ma", "maar", "monday", "on", "pero", "saturday", "so", "sunday", "that", "there", "these", "this", "those",
    "thursday", "today", "tuesday", "und", "wednesday", "what", "when", "while", "who", "why", "yesterday", "yet",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "gestern", "heute", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december"});
// Before a name they make it a part of something else: "a spokesman for Boeing", "in Berlin".
constexpr auto kPrepositions = std::to_array<std::string_view>({
    "a", "am", "at", "aus", "bei", "by", "d", "da", "dal", "das", "de", "degli", "dei", "del", "della", "dello", "der", "des",
    "di", "do", "dos", "du", "em", "en", "for", "from", "für", "im", "in", "na", "nach", "no", "of", "on", "op", "te", "to",
    "uit", "van", "vom", "von", "voor", "with", "à", "au", "aux", "with", "against", "per", "para", "por", "pour", "mit"});
// clang-format on

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

constexpr std::uint32_t kClauseWordsMax = 9;
constexpr std::uint32_t kNameWordsMax = 6;
constexpr std::uint32_t kSearchedWordsMax = 20'000;

}  // namespace

SpeakerNames::SpeakerNames(const Document& document, const SpeechWords& words)
    : segments_(document.segments),
      words_(words),
      nouns_are_capitalized_(document.language == "de"),
      is_english_(document.language == "en") {}

std::string_view SpeakerNames::lower(std::uint32_t word) const {
  return segments_.lower(segments_.words()[word]);
}

SpeechWord SpeakerNames::kind(std::uint32_t word) const {
  return words_.kind(lower(word));
}

bool SpeakerNames::is_preposition(std::uint32_t word) const {
  return holds(kPrepositions, lower(word));
}

Gap SpeakerNames::gap(std::uint32_t word) const {
  const auto all = segments_.words();
  if (word == 0) return Gap::Stop;
  const text::Word& before = all[word - 1];
  if (before.sentence != all[word].sentence) return Gap::Stop;
  const std::string_view between =
      segments_.text().substr(before.end, all[word].begin - before.end);
  if (between == " " || between == "-" || between == "\n" || between.empty()) return Gap::None;
  if (between == ". ") return Gap::None;  // within a sentence: "J. Smith", "Dr. Smith"
  if (between == "'" || between == "’") return Gap::None;  // "l'eau"
  if (between.find(':') != std::string_view::npos) return Gap::Colon;
  if (between == ", " || between == ",\n" || between == " – " || between == " — " ||
      between == " - ") {
    return Gap::Comma;
  }
  return Gap::Stop;
}

bool SpeakerNames::is_name_word(std::uint32_t word) const {
  const text::Word& written = segments_.words()[word];
  const bool has_capital = written.letters == Letters::Capitalized ||
                           written.letters == Letters::Upper || written.letters == Letters::Mixed;
  if (!has_capital) return false;
  const SpeechWord kind = this->kind(word);
  return kind != SpeechWord::Pronoun && kind != SpeechWord::Article && kind != SpeechWord::Source &&
         !holds(kNoNames, lower(word));
}

bool SpeakerNames::is_group(std::uint32_t word) const {
  constexpr std::array<std::string_view, 5> kAdverbs = {"afterwards", "always", "besides",
                                                        "perhaps", "sometimes"};
  const std::string_view lowered = lower(word);
  const bool is_plural = lowered.size() > 5 && lowered.ends_with('s') && !holds(kAdverbs, lowered);
  return is_english_ && segments_.words()[word].letters == Letters::Lower &&
         kind(word) == SpeechWord::Other && (is_plural || lowered == "police");
}

WordRange SpeakerNames::name_from(std::uint32_t begin, std::uint32_t limit) const {
  limit = std::min(limit, begin + kNameWordsMax);
  WordRange name{begin, begin};
  for (std::uint32_t word = begin; word < limit; ++word) {
    if (word > begin && gap(word) != Gap::None) break;
    if (is_name_word(word)) {
      name.end = word + 1;
    } else if (word == begin || !SpeechWords::is_name_particle(lower(word)) ||
               is_german_article(word)) {
      break;
    }
  }
  return name;
}

// "Anja Wolf den Streikenden", not "von der Leyen".
bool SpeakerNames::is_german_article(std::uint32_t word) const {
  return nouns_are_capitalized_ && kind(word) == SpeechWord::Article &&
         !SpeechWords::is_name_particle(lower(word - 1));
}

WordRange SpeakerNames::name_to(std::uint32_t begin, std::uint32_t end) const {
  begin = std::max(begin, end - std::min(end, kNameWordsMax));
  WordRange name{end, end};
  for (std::uint32_t word = end; word-- > begin;) {
    if (word + 1 < end && gap(word + 1) != Gap::None) break;
    if (is_name_word(word)) {
      name.begin = word;
    } else if (word + 1 == end || !SpeechWords::is_name_particle(lower(word))) {
      break;
    }
  }
  return name;
}

// Where the owner ends of whom what follows is, "Nordbank's" or "Ernst and Young's"; the name's
// begin where there is none.
std::uint32_t SpeakerNames::possessive_end(WordRange name, std::uint32_t limit) const {
  const auto is_possessive = [&](std::uint32_t word) {
    return lower(word).ends_with("'s") || lower(word).ends_with("’s");
  };
  for (std::uint32_t word = name.begin; word < name.end; ++word) {
    if (is_possessive(word)) return word + 1;
  }
  const bool is_pair = name.end + 1 < limit && lower(name.end) == "and" &&
                       is_name_word(name.end + 1) && is_possessive(name.end + 1);
  return is_pair ? name.end + 2 : name.begin;
}

WordRange SpeakerNames::subject_from(std::uint32_t begin, std::uint32_t limit) const {
  limit = std::min(limit, begin + kClauseWordsMax);
  std::uint32_t clause_end = begin;
  while (clause_end < limit && (clause_end == begin || gap(clause_end) == Gap::None)) ++clause_end;
  const bool has_article = begin < clause_end && kind(begin) == SpeechWord::Article;
  for (std::uint32_t word = begin; word < clause_end; ++word) {
    WordRange name = name_from(word, clause_end);
    if (name.is_empty()) {
      if (!has_article && is_preposition(word) && word == begin) return {};  // "said on Monday"
      continue;
    }
    if (const std::uint32_t owner_end = possessive_end(name, clause_end); owner_end > name.begin) {
      word = owner_end - 1;  // "Nordbank's analyst Lena Vogt"
      continue;
    }
    const bool is_owned = word > begin && is_preposition(word - 1);
    if (is_owned && name.size() < 3) {  // "the head of Boeing": all of it, unless a name follows
      const WordRange later = subject_from(name.end, clause_end);
      if (!later.is_empty() && later.size() > 1) return later;
      return has_article ? WordRange{begin, name.end} : WordRange{};
    }
    if (is_owned) ++name.begin;  // "ministre des Finances Bruno Le Maire"
    if (nouns_are_capitalized_ && has_article && name.size() == 1) return {begin, name.end};
    return name;
  }
  if (clause_end == begin + 1 && is_group(begin)) return {begin, clause_end};
  if (!has_article || clause_end - begin < 2 || kind(begin + 1) != SpeechWord::Other) return {};
  std::uint32_t end = begin + 2;    // "the ministry"
  if (is_preposition(begin + 1)) {  // "one of the workers"
    return clause_end - begin <= 5 ? WordRange{begin, clause_end} : WordRange{};
  }
  if (end < clause_end && end + 1 == clause_end) ++end;
  return {begin, end};
}

WordRange SpeakerNames::subject_to(std::uint32_t begin, std::uint32_t end) const {
  begin = std::max(begin, end - std::min(end, kClauseWordsMax));
  if (begin >= end) return {};
  const WordRange name = name_to(begin, end);
  const bool is_owned = !name.is_empty() && name.begin > begin && is_preposition(name.begin - 1) &&
                        gap(name.begin) == Gap::None;
  if (!name.is_empty() && !is_owned) {
    const bool is_noun = nouns_are_capitalized_ && name.size() == 1 && name.begin > begin &&
                         kind(name.begin - 1) == SpeechWord::Article;
    return is_noun ? WordRange{name.begin - 1, name.end} : name;
  }
  // "a spokesman for Boeing", "the minister"
  for (std::uint32_t word = end; word-- > begin;) {
    if (kind(word) == SpeechWord::Article && end - word >= 2) {
      const bool is_object = word > begin && is_preposition(word - 1) && gap(word) == Gap::None;
      if (!is_object) return {word, end};
    }
    if (gap(word) != Gap::None) break;
  }
  return {};
}

WordRange SpeakerNames::without_titles(WordRange range) const {
  if (!is_name_word(range.begin)) return range;  // "the lawyer for Mr Stone"
  // "Farm Minister Peter Okoye": all that leads up to the title.
  for (std::uint32_t word = range.end - 1; word-- > range.begin;) {
    if (holds(kTitles, lower(word))) return {word + 1, range.end};
  }
  // "Bäcker Murat Yilmaz": what leads up to a given name, unless it is one itself.
  for (std::uint32_t word = range.begin; word + 1 < range.end; ++word) {
    const WordClasses classes = classes_of(word_hash(lower(word)));
    if (classes.has(WordClass::GivenName)) return {word, range.end};
    const bool is_surname = classes.has(WordClass::Surname) && !nouns_are_capitalized_;
    if (is_surname || SpeechWords::is_name_particle(lower(word))) break;
  }
  return range;
}

std::string SpeakerNames::written(WordRange range) const {
  const auto all = segments_.words();
  std::string text(segments_.text().substr(all[range.begin].begin,
                                           all[range.end - 1].end - all[range.begin].begin));
  std::ranges::replace(text, '\n', ' ');
  for (const std::string_view ending : {"'s", "’s"}) {
    if (text.ends_with(ending)) text.resize(text.size() - ending.size());
  }
  return text;
}

std::string SpeakerNames::text(WordRange range) {
  if (range.is_empty()) return {};
  const WordRange name = without_titles(range);
  if (name.size() == 1 && is_name_word(name.begin)) return full_name(name.begin);
  return written(name);
}

std::string SpeakerNames::full_name(std::uint32_t surname) {
  const std::uint32_t form = segments_.words()[surname].form;
  for (const auto& [known, name] : full_names_) {
    if (known == form) return name;
  }
  full_names_.emplace_back(form, find_full_name(surname));
  return full_names_.back().second;
}

std::string SpeakerNames::find_full_name(std::uint32_t surname) const {
  const auto all = segments_.words();
  const auto limit =
      static_cast<std::uint32_t>(std::min<std::size_t>(all.size(), kSearchedWordsMax));
  const std::uint32_t form = all[surname].form;
  std::string found;
  for (std::uint32_t word = 1; word < limit; ++word) {
    if (all[word].form != form || gap(word) != Gap::None) continue;
    if (word + 1 < limit && gap(word + 1) == Gap::None && is_name_word(word + 1)) continue;
    const WordRange name = without_titles(name_to(0, word + 1));
    if (name.size() < 2) continue;
    std::string text = written(name);
    if (!found.empty() && found != text) return written({surname, surname + 1});
    found = std::move(text);
  }
  return found.empty() ? written({surname, surname + 1}) : found;
}

}  // namespace tidings::analyze
