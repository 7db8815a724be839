// Which words a language's texts hold, as a filter (Bloom 1970) that the model carries: a word that
// stands there in lower case is hardly a name; in German, where nouns have capitals, one that is
// inflected as nouns are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/entity_language.h"

namespace tidings::analyze {

enum class LexiconKind : std::uint8_t {
  Lower,        // in lower case
  Capitalized,  // with a capital
  Noun,         // with a capital, and with a noun's endings
};

// A view of bytes that outlive it. An empty one has no word.
class EntityLexicon {
 public:
  static constexpr std::size_t kBlockBytes = 8;

  EntityLexicon() = default;
  // Whole blocks.
  explicit EntityLexicon(std::string_view blocks) : blocks_(blocks) {}

  // `word` is word_hash of the lower-cased word. About one unknown word in 50 is taken for a known
  // one.
  bool has(EntityLanguage language, LexiconKind kind, std::uint32_t word) const;

 private:
  std::string_view blocks_;
};

class LexiconWriter {
 public:
  void add(EntityLanguage language, LexiconKind kind, std::uint32_t word);
  // The same words give the same bytes.
  std::string blocks() const;

 private:
  std::vector<std::uint64_t> keys_;
};

}  // namespace tidings::analyze
