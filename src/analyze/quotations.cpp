#include "analyze/quotations.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "analyze/quoted_spans.h"
#include "analyze/speaker_names.h"
#include "analyze/speech_words.h"
#include "core/utf8.h"
#include "text/marks.h"

namespace tidings::analyze {
namespace {

using text::Letters;

constexpr std::size_t kQuotationsMax = 200;
constexpr std::uint32_t kClauseWordsMax = 14;

struct Quote {
  TextSpan span;
  WordRange words;
  std::string speaker;
  bool has_speech = false;  // a verb of speech stands beside it
  bool is_attributed_after = false;
};

// Who is said to speak: a name, or someone named before.
struct Attribution {
  WordRange name;
  bool is_anaphor = false;
  bool has_verb = false;  // someone speaks, we cannot tell who

  bool is_there() const { return is_anaphor || has_verb || !name.is_empty(); }
};

class Attributor {
 public:
  explicit Attributor(const Document& document)
      : segments_(document.segments),
        speech_(document.language),
        names_(document, speech_),
        title_end_(document.title_end),
        drops_pronouns_(document.language == "es" || document.language == "it" ||
                        document.language == "pt"),
        inverts_(document.language != "en") {}

  std::vector<Quotation> run() {
    collect();
    std::vector<Quotation> found;
    for (std::size_t i = 0; i < quotes_.size(); ++i) attribute(i);
    for (Quote& quote : quotes_) {
      if (!is_quotation(quote)) continue;
      found.push_back({.text = std::string(text_of(quote)),
                       .speaker = std::move(quote.speaker),
                       .span = quote.span});
    }
    return found;
  }

 private:
  std::string_view text_of(const Quote& quote) const {
    return segments_.text().substr(quote.span.begin, quote.span.end - quote.span.begin);
  }
  std::uint32_t word_count() const { return static_cast<std::uint32_t>(segments_.words().size()); }

  void collect() {
    const auto all = segments_.words();
    std::uint32_t word = 0;
    for (TextSpan span : quoted_spans(segments_.text(), title_end_, kQuotationsMax)) {
      span = trimmed(span);
      while (word < all.size() && all[word].begin < span.begin) ++word;
      const std::uint32_t first = word;
      while (word < all.size() && all[word].begin < span.end) ++word;
      if (word > first) quotes_.push_back({.span = span, .words = {first, word}});
    }
  }

  // Without the spaces of French marks, and without the comma that belongs to the sentence around.
  TextSpan trimmed(TextSpan span) const {
    const std::string_view text = segments_.text();
    const auto rest = [&] { return text.substr(span.begin, span.end - span.begin); };
    for (const std::string_view space : {" ", "\n", "\u00A0", "\u202F"}) {
      while (rest().starts_with(space)) span.begin += static_cast<std::uint32_t>(space.size());
      while (rest().ends_with(space)) span.end -= static_cast<std::uint32_t>(space.size());
    }
    if (rest().ends_with(',')) --span.end;
    return span;
  }

  void attribute(std::size_t number) {
    if (!speech_.knows_language()) return;
    Quote& quote = quotes_[number];
    const std::uint32_t after_end =
        number + 1 < quotes_.size() ? quotes_[number + 1].words.begin : word_count();
    const std::uint32_t before_begin = number > 0 ? quotes_[number - 1].words.end : 0;
    Attribution found = after(quote, std::min(after_end, quote.words.end + kClauseWordsMax));
    quote.is_attributed_after = found.is_there();
    if (!found.is_there()) found = before(quote, before_begin);
    quote.has_speech = found.is_there();
    if (!found.name.is_empty()) {
      quote.speaker = names_.text(found.name);
    } else if (number > 0) {
      const Quote& last = quotes_[number - 1];
      const bool is_same = found.is_anaphor ? is_near(last, quote) : continues(last, quote);
      if (is_same) quote.speaker = last.speaker;
      if (!found.is_anaphor && is_same) quote.has_speech = last.has_speech;
    }
  }

  // "…," said Ann Lee; "…," Ann Lee said; "…", laut Ann Lee.
  Attribution after(const Quote& quote, std::uint32_t limit) const {
    const std::uint32_t begin = quote.words.end;
    if (begin >= limit || !is_beside(quote, begin)) return {};
    std::uint32_t end = begin + 1;
    while (end < limit && names_.gap(end) != Gap::Stop && names_.gap(end) != Gap::Colon) ++end;
    if (names_.kind(begin) == SpeechWord::Source) return source(begin, end);

    const std::uint32_t verb = verb_from(begin, end);
    if (verb == end) return {};
    if (verb == begin || are_before_verb(begin, verb)) return behind_verb(begin, verb, end);
    if (names_.kind(begin) == SpeechWord::Pronoun) return {.is_anaphor = verb - begin <= 3};
    return {.name = subject_at(begin, verb), .has_verb = verb - begin <= 2};
  }

  // A comma at most between the closing mark and the word; what ends with a point inside is
  // followed by a sentence of its own unless that begins small.
  bool is_beside(const Quote& quote, std::uint32_t word) const {
    const text::Word& next = segments_.words()[word];
    const std::string_view between =
        segments_.text().substr(quote.span.end, next.begin - quote.span.end);
    if (between.size() > 8) return false;
    if (between.find_first_of(".!?:;(\n") != std::string_view::npos) return false;
    const std::string_view inside = text_of(quote);
    const bool is_closed = inside.ends_with('.') && !inside.ends_with("..");
    const bool has_comma = between.find(',') != std::string_view::npos;
    return !is_closed || has_comma || next.letters == Letters::Lower;
  }

  std::uint32_t verb_from(std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t verb = begin;
    while (verb < end && names_.kind(verb) != SpeechWord::Verb) ++verb;
    return verb;
  }

  // "a-t-il déclaré", "ha detto", "hatte er gesagt": only auxiliaries, and pronouns behind one.
  bool are_before_verb(std::uint32_t begin, std::uint32_t verb) const {
    if (names_.kind(begin) != SpeechWord::Auxiliary || verb - begin > 4) return false;
    for (std::uint32_t word = begin; word < verb; ++word) {
      const SpeechWord kind = names_.kind(word);
      if (kind != SpeechWord::Auxiliary && kind != SpeechWord::Pronoun) return false;
    }
    return true;
  }

  Attribution behind_verb(std::uint32_t begin, std::uint32_t verb, std::uint32_t end) const {
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
  WordRange subject_at(std::uint32_t begin, std::uint32_t verb) const {
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

  bool is_conjunction(std::uint32_t word) const {
    const std::string_view lowered = segments_.lower(segments_.words()[word]);
    constexpr std::string_view kConjunctions[] = {
        "and", "as",   "but", "when", "which", "while", "und", "et",  "y",   "e",
        "en",  "that", "who", "if",   "or",    "qui",   "que", "che", "die", "dat"};
    return std::ranges::find(kConjunctions, lowered) != std::end(kConjunctions);
  }

  // "according to Ann Lee", "selon le ministre".
  Attribution source(std::uint32_t source, std::uint32_t end) const {
    std::uint32_t next = source + 1;
    if (next < end && segments_.lower(segments_.words()[next]) == "to") ++next;
    if (next >= end || names_.gap(next) != Gap::None) return {};
    return {.name = names_.subject_from(next, end)};
  }

  // Ann Lee told reporters: "…"; the minister called it "…"; Gestern sagte Ann Lee: „…“.
  Attribution before(const Quote& quote, std::uint32_t limit) const {
    const std::uint32_t end = quote.words.begin;
    if (end == 0) return {};
    const text::Word& last = segments_.words()[end - 1];
    const std::string_view between = segments_.text().substr(last.end, quote.span.begin - last.end);
    const bool has_colon = between.find(':') != std::string_view::npos && between.size() < 12;
    if (!has_colon && last.sentence != segments_.words()[end].sentence) return {};
    if (between.find_first_of(".!?;()") != std::string_view::npos) return {};
    std::uint32_t begin = end - 1;
    while (begin > limit && end - begin < kClauseWordsMax && names_.gap(begin) != Gap::Stop)
      --begin;
    for (std::uint32_t verb = end; verb-- > begin;) {
      const SpeechWord kind = names_.kind(verb);
      if (kind == SpeechWord::Source && verb + 1 < end) return source(verb, end);
      if (kind == SpeechWord::Verb) return around_verb(begin, verb, end);
    }
    return {};
  }

  Attribution around_verb(std::uint32_t begin, std::uint32_t verb, std::uint32_t end) const {
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

  // "Ann Lee, the mayor of York, said": the name before the last comma but one.
  WordRange before_apposition(std::uint32_t begin, std::uint32_t last) const {
    for (std::uint32_t word = last; word > begin; --word) {
      if (names_.gap(word) == Gap::Comma) return names_.name_to(begin, word);
      if (names_.gap(word) != Gap::None) break;
    }
    return {};
  }

  // Is "he" the speaker of `last`? Only in the same or the next sentence, with no other name
  // between.
  bool is_near(const Quote& last, const Quote& quote) const {
    const auto all = segments_.words();
    if (last.speaker.empty()) return false;
    const std::uint32_t from = all[last.words.end - 1].sentence;
    if (all[quote.words.begin].sentence > from + 1) return false;
    for (std::uint32_t word = last.words.end; word < quote.words.begin; ++word) {
      const bool is_of_speaker =
          last.speaker.find(segments_.written(all[word])) != std::string::npos;
      const bool opens = word == segments_.sentences()[all[word].sentence].first_word;
      if (names_.is_name_word(word) && !is_of_speaker && !opens) return false;
    }
    return true;
  }

  // "…," he said. "…": a quotation that begins the sentence behind another's speaker and is a
  // sentence itself.
  bool continues(const Quote& last, const Quote& quote) const {
    if (!last.is_attributed_after || last.speaker.empty()) return false;
    const auto all = segments_.words();
    const std::uint32_t sentence = all[quote.words.begin].sentence;
    if (sentence == all[last.words.end].sentence) {  // "…," he said, "…"
      const std::uint32_t gap_begin = all[quote.words.begin - 1].end;
      const auto gap = segments_.text().substr(gap_begin, quote.span.begin - gap_begin);
      return gap.starts_with(',');
    }
    const text::Sentence& own = segments_.sentences()[sentence];
    return own.first_word == quote.words.begin && own.end_word <= quote.words.end &&
           !own.opens_paragraph && sentence == all[last.words.end].sentence + 1;
  }

  // "The Lord of the Rings" and the like have capitals where a sentence has none.
  bool is_title(const Quote& quote) const {
    std::uint32_t capitals = 0, longer = 0;
    for (std::uint32_t word = quote.words.begin; word < quote.words.end; ++word) {
      const text::Word& written = segments_.words()[word];
      if (written.end - written.begin <= 3) continue;
      ++longer;
      if (written.letters == Letters::Capitalized || written.letters == Letters::Upper) ++capitals;
    }
    return !quote.has_speech && capitals * 2 > longer;
  }

  bool is_quotation(const Quote& quote) const {
    const std::uint32_t words = quote.words.size();
    if (quote.is_attributed_after) return true;
    if (quote.has_speech) return words >= 2;
    std::string_view inside = text_of(quote);
    if (inside.empty() || words < 4 || is_title(quote)) return false;
    std::size_t at = inside.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(inside[at]) & 0xC0) == 0x80) --at;
    const char32_t last = next_code_point(inside, at);
    return text::is_mark(last) || last == ',' || words >= 6;
  }

  const text::Segments& segments_;
  SpeechWords speech_;
  SpeakerNames names_;
  std::size_t title_end_;
  bool drops_pronouns_;
  bool inverts_;
  std::vector<Quote> quotes_;
};

}  // namespace

std::vector<Quotation> quotations(const Document& document) {
  return Attributor(document).run();
}

}  // namespace tidings::analyze
