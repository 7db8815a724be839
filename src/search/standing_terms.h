// The words and values that standing queries ask for, each once, and how an article's are found
// among them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/query.h"
#include "search/article_terms.h"
#include "search/hashed_numbers.h"
#include "text/search_keys.h"

namespace tidings::search {

// One thread. What a word means in a language is worked out when the first article in it comes:
// about two microseconds a word, once.
class StandingTerms {
 public:
  // The number of a Word, Prefix, Fuzzy or Value; counted, so that it stays until it was given back
  // as often. Numbers are used again.
  TermNumber take(const Query& leaf);
  void give_back(TermNumber term);

  // Above every number that was given.
  std::size_t end() const { return terms_.size(); }

  // The share of the articles that have it, as far as they came; a guess from its length before.
  double share(TermNumber term) const;

  // What `article` has of the terms, which is counted.
  void find(const IndexedArticle& article, ArticleTerms& found);

 private:
  enum class Kind : std::uint8_t { Exact, Keyed, Prefix, Fuzzy, Value };
  struct Term {
    std::string text;  // of a value as query::value_term() has it
    Kind kind = Kind::Exact;
    bool is_title = false;
    std::uint32_t uses = 0;
    std::uint32_t seen = 0;   // articles that had it
    std::uint32_t since = 0;  // articles that came before it
  };
  // The letters of a word, so that most that are no typos of it are passed over.
  struct FuzzyWord {
    std::uint64_t letters = 0;
    std::uint32_t length = 0;
    TermNumber term = 0;
  };

  static Term term_of(const Query& leaf);
  static std::uint64_t hash(Kind kind, std::string_view text);
  static FuzzyWord fuzzy_word(std::string_view text, TermNumber term);
  static double guessed_share(const Term& term);
  TermNumber add(Term term);
  void list(TermNumber term);
  void unlist(TermNumber term);
  const HashedNumbers& keys(text::SearchLanguage language);
  void add_keys(text::SearchLanguage language, TermNumber term);
  void remove_keys(text::SearchLanguage language, TermNumber term);

  struct Search;  // of one article
  void find_text(Search& search, Kind kind, std::string_view text, std::uint32_t form) const;
  void find_form(Search& search, std::uint32_t form) const;
  void find_folded(Search& search, std::uint32_t form) const;
  void find_value(Search& search, std::string_view value) const;
  void count(const ArticleTerms& found);

  std::vector<Term> terms_;
  std::vector<TermNumber> free_;
  HashedNumbers by_text_;
  std::map<std::size_t, std::size_t> prefix_lengths_;              // in bytes, and how many
  std::unordered_map<std::string, std::vector<FuzzyWord>> fuzzy_;  // by first character
  std::size_t keyed_ = 0;                                          // of all
  std::array<std::unique_ptr<HashedNumbers>, text::kSearchLanguages> keys_;
  std::uint32_t articles_ = 0;
};

}  // namespace tidings::search
