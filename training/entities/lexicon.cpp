#include "entities/lexicon.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "analyze/entity_lexicon.h"
#include "analyze/entity_words.h"
#include "core/utf8.h"
#include "language/dawg.h"
#include "text/lower.h"

namespace tidings::training {
namespace {

using analyze::EntityLanguage;
using analyze::LexiconKind;

struct WordListOf {
  EntityLanguage language;
  std::string_view file;
};
constexpr std::array<WordListOf, 6> kLists = {{{EntityLanguage::German, "deu"},
                                               {EntityLanguage::French, "fra"},
                                               {EntityLanguage::Spanish, "spa"},
                                               {EntityLanguage::Italian, "ita"},
                                               {EntityLanguage::Portuguese, "por"},
                                               {EntityLanguage::Dutch, "nld"}}};

// Dutch compounds are written as one word and would fill the filter.
constexpr std::size_t kWordBytesMax = 18;

bool is_plain_word(std::string_view word) {
  constexpr std::string_view kNot = "0123456789.,-_/@'&:()+";
  return word.size() > 1 && word.size() <= kWordBytesMax &&
         word.find_first_of(kNot) == std::string_view::npos;
}

using Words = std::unordered_set<std::string>;

// Other forms of the word are known: "Regierung" for "Regierungen". The ending of the genitive says
// nothing, for names have it too.
bool is_inflected(const std::string& word, const Words& capitalized) {
  constexpr std::array<std::string_view, 7> kEndings = {"n", "en", "e", "es", "ern", "nen", "se"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    if (capitalized.contains(word + std::string(ending))) return true;
    const std::size_t stem = word.size() - std::min(word.size(), ending.size());
    return stem >= 3 && word.ends_with(ending) && capitalized.contains(word.substr(0, stem));
  });
}

void add_words(EntityLanguage language, const std::vector<std::string>& words,
               analyze::LexiconWriter& writer) {
  Words capitalized;
  for (const std::string& word : words) {
    if (!is_plain_word(word)) continue;
    const std::string lower = text::lower(word);
    if (lower == word) {
      writer.add(language, LexiconKind::Lower, analyze::word_hash(lower));
    } else if (std::size_t rest = 0;
               next_code_point(word, rest) != 0 &&
               lower.substr(std::min(rest, lower.size())) == word.substr(rest)) {
      capitalized.insert(word);
    }
  }
  if (language != EntityLanguage::German) return;
  for (const std::string& word : words) {
    if (!capitalized.contains(word)) continue;
    const std::uint32_t hash = analyze::word_hash(text::lower(word));
    writer.add(language, LexiconKind::Capitalized, hash);
    if (is_inflected(word, capitalized)) writer.add(language, LexiconKind::Noun, hash);
  }
}

}  // namespace

Result<std::string> read_lexicon(const std::filesystem::path& folder) {
  analyze::LexiconWriter writer;
  for (const WordListOf& list : kLists)
    add_words(list.language,
              TRY(language::words_of_tesseract(folder / (std::string(list.file) + ".traineddata"))),
              writer);
  return writer.blocks();
}

}  // namespace tidings::training
