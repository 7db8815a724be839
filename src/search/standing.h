// Queries that stand: which of them does a new article match?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "model/query.h"
#include "search/article_terms.h"
#include "search/indexed_article.h"
#include "search/standing_program.h"
#include "search/standing_terms.h"

namespace tidings::search {

struct StandingSettings {
  std::size_t queries_max = 4'000'000;
  // Queries that no word or value must be there for (NOT x, words:>500): every article is asked
  // about each of them.
  std::size_t broad_queries_max = 1'000;
};

// Matches exactly what query::matches() does (but for words whose keys share a 64-bit hash).
//
// A query lies with the rarest of the terms that an article must have, so that an article meets few
// that it does not match. Which terms are rare is learned from the articles that come, and queries
// move by and by. About 180 bytes a query of two or three words among 100,000. One thread.
class StandingQueries {
 public:
  explicit StandingQueries(StandingSettings settings = {}) : settings_(settings) {}

  // Replaces the one of this id. InvalidInput, with all as before, where there are too many, or it
  // is longer than parse_query() makes any; with code "query_too_broad" where there are too many
  // that ask for nothing.
  Result<void> add(std::int64_t id, const Query& query);
  // Whether there was one.
  bool remove(std::int64_t id);
  std::size_t size() const { return by_id_.size(); }

  // The ids of those that match, ascending.
  std::vector<std::int64_t> match(const IndexedArticle& article);

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  // A query at a term: what else an article must have for it.
  struct Posting {
    std::uint32_t place = 0;  // in queries_
    TermNumber also = kNone;
  };
  struct Standing {
    std::int64_t id = 0;
    std::uint32_t code =
        0;  // where its code begins: how many terms it lies with, they, its program
    std::uint32_t asked = 0;  // the article that it was asked of last
  };

  const std::uint32_t* program(const Standing& query) const;
  std::size_t code_size(const Standing& query) const;
  std::vector<TermNumber> terms_of(const Standing& query) const;
  std::uint32_t free_place();
  void write(std::uint32_t place, const std::vector<TermNumber>& terms,
             const StandingProgram& code);
  void list(std::uint32_t place);
  void unlist(std::uint32_t place);
  void drop(std::uint32_t place);
  void compact_if_worth_it();

  void ask_listed(TermNumber term, std::size_t& considered);
  void ask(std::uint32_t place);
  void move(std::uint32_t place);

  StandingSettings settings_;
  StandingTerms terms_;
  std::unordered_map<std::int64_t, std::uint32_t> by_id_;
  std::vector<Standing> queries_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> code_;
  std::size_t dropped_code_ = 0;
  std::vector<std::vector<Posting>> listed_;  // by term
  std::vector<std::uint32_t> broad_;
  std::uint32_t articles_ = 0;

  // Of the article at hand.
  ArticleTerms article_;
  std::vector<std::int64_t> matching_;
  std::vector<std::uint32_t> moving_;
};

}  // namespace tidings::search
