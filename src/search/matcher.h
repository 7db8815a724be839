// A query over one segment: which of its documents match.
#pragma once

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "model/query.h"
#include "search/document_set.h"
#include "search/expansion.h"
#include "search/phrase_matcher.h"
#include "search/range_matcher.h"
#include "search/snapshot.h"
#include "search/word_matcher.h"

namespace tidings::search {

// The expansions of a query's words, in the order in which they stand in it: made once, used for
// every segment.
std::vector<Expansion> expansions_of(const Query& query);

// For one thread; borrows from the snapshot.
class Matcher {
 public:
  Matcher(const SegmentView& view, const Query& query, std::vector<Expansion>& expansions);

  // An upper bound of how many documents match.
  std::uint64_t documents_max() const;
  // How many postings and documents are looked at to find all that match, at most.
  std::uint64_t documents_read() const;
  // And of how many of them positions are read, for phrases.
  std::uint64_t positions_read() const;
  // The first document from there on that may match; kNoDocument where none does.
  std::uint32_t next(std::uint32_t document);
  // Those of the window that match, dead ones too, are added to the set.
  void fill(Window window, DocumentSet& set);
  // Those that do not are taken out of it.
  void keep(Window window, DocumentSet& set);

  // What scores come from: words and phrases that the query does not exclude.
  struct Scored {
    std::variant<WordMatcher*, PhraseMatcher*> part;
    std::uint32_t leaf = 0;    // its number among the query's words and phrases
    bool is_required = false;  // what lacks it does not match
  };
  std::vector<Scored> scored();
  // Whether what matches has one of them at least.
  bool needs_scored() const;
  // One word, or some of which any will do.
  bool is_any_of_words() const;
  // Some words, all of which it takes.
  bool is_all_of_words() const;
  bool is_phrase() const { return std::holds_alternative<Phrase>(node_); }

 private:
  struct All {};
  struct Words {
    WordMatcher matcher;
    std::uint32_t leaf = 0;
  };
  struct Value {
    WordMatcher matcher;
  };
  struct Phrase {
    PhraseMatcher matcher;
    std::uint32_t leaf = 0;
  };
  struct Range {
    RangeMatcher matcher;
  };
  struct And {
    std::vector<Matcher> parts;  // the rarest first, exclusions last
  };
  struct Or {
    std::vector<Matcher> parts;
  };
  struct Not {
    std::vector<Matcher> part;  // one
  };
  struct Builder;
  using Node = std::variant<All, Words, Value, Phrase, Range, And, Or, Not>;
  Matcher(const SegmentView& view, Node node) : view_(&view), node_(std::move(node)) {}

  static bool is_words(const Matcher& part);
  void add_scored(bool is_required, std::vector<Scored>& scored);

  const SegmentView* view_;
  Node node_;
};

}  // namespace tidings::search
