// What is the same for all words of a form, worked out once a document.
#pragma once

#include <cstdint>
#include <string_view>

#include "analyze/entity_lexicon.h"
#include "analyze/entity_words.h"

namespace tidings::analyze {

struct FormFacts {
  std::uint32_t hash = 0, prefix = 0, suffix = 0, long_suffix = 0, form = 0;
  WordClasses classes;
  bool is_connector = false;
  bool is_inner = false;  // see EntityToken
  bool may_open = false;  // names may begin with it, in lower case
};

class EntityForms {
 public:
  EntityForms(EntityLanguage language, EntityLexicon lexicon)
      : language_(language), lexicon_(lexicon) {}

  // Of a lower-cased word without "'s". The number of the form is the caller's to fill in.
  FormFacts facts_of(std::string_view lower) const;

  // Begins to fetch what facts_of will look up.
  void prefetch(std::string_view lower) const { prefetch_classes(word_hash(lower), language_); }

 private:
  WordClasses classes(std::string_view lower, std::uint32_t hash) const;
  WordClasses classes_of_tail(std::string_view lower) const;

  EntityLanguage language_;
  EntityLexicon lexicon_;
};

}  // namespace tidings::analyze
