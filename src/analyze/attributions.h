// Who is said to speak beside a quotation.
#pragma once

#include <cstdint>

#include "analyze/document.h"
#include "analyze/speaker_names.h"

namespace tidings::analyze {

// What stands between quotation marks.
struct Quoted {
  TextSpan span;    // without the marks
  WordRange words;  // at least one
};

// Who is said to speak: a name, or someone named before.
struct Attribution {
  WordRange name;
  bool is_anaphor = false;
  bool has_verb = false;  // someone speaks, we cannot tell who

  bool is_there() const { return is_anaphor || has_verb || !name.is_empty(); }
};

// For one document, which must outlive it, as `names` must. Each question looks at a clause of at
// most kClauseWordsMax words.
class Attributions {
 public:
  static constexpr std::uint32_t kClauseWordsMax = 14;

  Attributions(const Document& document, const SpeakerNames& names);

  // "…," said Ann Lee; "…," Ann Lee said; "…", laut Ann Lee. Not beyond the word `limit`.
  Attribution after(const Quoted& quote, std::uint32_t limit) const;
  // Ann Lee told reporters: "…"; the minister called it "…"; Gestern sagte Ann Lee: „…“. Not before
  // the word `limit`.
  Attribution before(const Quoted& quote, std::uint32_t limit) const;
  // « Personne, a assuré Ann Lee, ne partira »: French and Italian do not close the marks for it.
  Attribution inside(const Quoted& quote) const;

 private:
  bool is_beside(const Quoted& quote, std::uint32_t word) const;
  std::uint32_t verb_from(std::uint32_t begin, std::uint32_t end) const;
  bool are_before_verb(std::uint32_t begin, std::uint32_t verb) const;
  Attribution behind_verb(std::uint32_t begin, std::uint32_t verb, std::uint32_t end) const;
  WordRange subject_at(std::uint32_t begin, std::uint32_t verb) const;
  bool is_conjunction(std::uint32_t word) const;
  std::uint32_t behind_source(std::uint32_t word, std::uint32_t end) const;
  Attribution source(std::uint32_t begin, std::uint32_t end) const;
  Attribution around_verb(std::uint32_t begin, std::uint32_t verb, std::uint32_t end) const;
  WordRange before_apposition(std::uint32_t begin, std::uint32_t last) const;

  const text::Segments& segments_;
  const SpeakerNames& names_;
  bool drops_pronouns_;  // "ha detto"
  bool inverts_;         // "sagte Ann Lee" before what she said
  bool interrupts_;      // within the marks
};

}  // namespace tidings::analyze
