// Which terms of the standing queries one article has, and where they stand in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "query/article_numbers.h"
#include "query/parse.h"
#include "search/indexed_article.h"

namespace tidings::search {

using TermNumber = std::uint32_t;

// Used for one article after the other, so that memory grows with the longest alone. One thread.
class ArticleTerms {
 public:
  // Forgets the article before. `terms`: above all of their numbers. The article is borrowed.
  void begin(const IndexedArticle& article, std::size_t terms);

  // Whether any word has the form (by number), and whether one of the title has.
  bool stands(std::uint32_t form) const { return places_begin_[form] < places_begin_[form + 1]; }
  bool stands_in_title(std::uint32_t form) const {
    return stands(form) && places_[places_begin_[form]] < words_->title_words;
  }

  void add(TermNumber term);  // a value
  // A word's, which means this form where it stands before the word `end`.
  void add(TermNumber term, std::uint32_t form, std::uint32_t end);

  // Each once.
  std::span<const TermNumber> all() const { return all_; }
  bool has(TermNumber term) const { return (bits_[term / 64] >> (term % 64) & 1) != 0; }
  bool has_phrase(std::span<const TermNumber> terms) const;
  const query::ArticleNumbers& numbers() const { return numbers_; }

  // Of a Near: parts are terms or phrases, one after the other.
  using Part = std::span<const TermNumber>;
  bool has_near(std::span<const Part> parts, std::uint32_t distance) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  // A form that a term means; others of the same term follow.
  struct Meant {
    std::uint32_t form = 0;
    std::uint32_t end = 0;
    std::uint32_t next = kNone;
  };

  std::span<const std::uint32_t> places(const Meant& meant) const;
  std::size_t count_places(TermNumber term) const;
  bool is_at(TermNumber term, std::uint32_t word) const;
  bool is_phrase_at(Part terms, std::uint32_t begin) const;
  // Calls use(begin) for each place where the phrase may begin until one returns true.
  template <typename Use>
  bool any_begin(Part terms, Use&& use) const;
  void list_positions(Part terms, std::vector<std::uint32_t>& positions) const;
  bool is_near_from(std::uint32_t begin, std::span<const Part> parts,
                    std::uint32_t words_max) const;

  const text::SearchWords* words_ = nullptr;
  query::ArticleNumbers numbers_;
  std::vector<std::uint64_t> bits_;
  std::vector<TermNumber> all_;
  std::vector<std::uint32_t> first_meant_;  // by term, of those that are there
  std::vector<Meant> meant_;
  std::vector<std::uint32_t> places_begin_;  // by form
  std::vector<std::uint32_t> places_;        // words, ascending within a form
  mutable std::array<std::vector<std::uint32_t>, query::kNearPartsMax> near_;
};

}  // namespace tidings::search
