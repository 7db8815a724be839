// Which documents of a segment have words one after the other, or near each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/document_set.h"
#include "search/word_matcher.h"

namespace tidings::search {

// A run of words, one after the other, that `first` says the number of.
struct RunOfWords {
  std::uint32_t first = 0;
  std::uint32_t words = 1;
};

// A phrase is one run. For one thread.
class PhraseMatcher {
 public:
  // Without a distance: one run of all words. With one: the runs in any order, at most that many
  // words between the first and the last beyond those of the runs.
  PhraseMatcher(const Segment& segment, std::vector<WordMatcher> words,
                std::vector<RunOfWords> runs, std::uint32_t distance, bool is_title_alone);

  std::uint64_t documents_max() const;
  std::uint64_t documents_read() const;  // of all its words
  std::span<const WordMatcher> words() const { return words_; }
  std::uint32_t next(std::uint32_t document);  // as WordMatcher::next()
  // Documents that have all its words.
  void fill_candidates(Window window, DocumentSet& set);
  WordMatcher& rarest_word() { return words_[rarest_first_.front()]; }
  // Of a document that has its rarest word so often: how often the phrase is in it at most.
  float frequency_max(std::uint32_t document, const Scoring& plain, float of_rarest);
  void keep_candidates(Window window, DocumentSet& set);
  void fill(Window window, DocumentSet& set);
  void keep(Window window, DocumentSet& set);
  // How often the document has it.
  std::uint32_t frequency(std::uint32_t document);
  float frequency_in_scores(std::uint32_t document, const Scoring&) {
    return static_cast<float>(frequency(document));
  }
  void add_bounds(const Scoring& scoring, float idf, float slack, WindowBounds bounds) const;
  void add_scores(Window window, const DocumentSet& set, const Scoring& scoring, float idf,
                  std::span<float> scores);

 private:
  void find_run(const RunOfWords& run, std::uint32_t document, std::vector<std::uint32_t>& begins);
  bool is_allowed(std::uint32_t document, std::uint32_t position) const;
  std::uint32_t count_near(std::uint32_t document);

  const Segment* segment_;
  std::vector<WordMatcher> words_;
  std::vector<RunOfWords> runs_;
  std::uint32_t distance_;
  bool is_title_alone_;
  std::vector<std::size_t> rarest_first_;
  std::vector<std::uint32_t> scratch_, begins_;
};

}  // namespace tidings::search
