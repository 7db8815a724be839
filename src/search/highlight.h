// Where an article says what was asked for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/query.h"
#include "query/word_meaning.h"
#include "text/search_keys.h"

namespace tidings::search {

// HTML: escaped, but for <mark> around words that the query means.
struct Highlight {
  std::string title;
  // A piece of the text, about kSnippetWords words, with as many different words of the query as
  // there are; "…" where the text goes on. Empty without a text.
  std::string snippet;
};
inline constexpr std::size_t kSnippetWords = 36;

// Of many texts for one query, which is borrowed: what a word means is worked out once. For one
// thread.
class Highlighter {
 public:
  explicit Highlighter(const Query& query) : query_(query) {}

  // Words that the query excludes are not marked. Looks at the first 256 KB of the text.
  Highlight mark(std::string_view title, std::string_view text, std::string_view language);

  // The words of the query as a language has them.
  class Words {
   public:
    Words(const Query& query, text::SearchLanguage language);
    std::size_t count() const { return words_.size(); }
    // Which of them a word of a text, in lower case, is; kNone of them.
    std::uint32_t meant_by(std::string_view lower);
    static constexpr std::uint32_t kNone = ~0U;

   private:
    bool may_mean(char first_byte) const {
      return may_begin_[static_cast<unsigned char>(first_byte)];
    }
    std::uint32_t meant_by_form(std::string_view form) const;

    text::SearchLanguage language_;
    std::vector<query::WordMeaning> words_;
    std::array<bool, 256> may_begin_ = {};                  // by byte; spares most words the rest
    std::unordered_map<std::string, std::uint32_t> known_;  // at most kKnownMax
  };

 private:
  const Query& query_;
  std::map<text::SearchLanguage, Words> words_;
};

}  // namespace tidings::search
