// Which documents of a segment have a word, in any of its forms, or a value; and what that is
// worth.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "search/document_set.h"
#include "search/length_norm.h"
#include "search/postings.h"
#include "search/segment.h"

namespace tidings::search {

// A form of the word in a segment.
struct FormPlace {
  PostingsPlace place;
  // It counts in documents of these languages alone (a bit each); all bits: in any.
  std::uint64_t languages = ~std::uint64_t{0};
};

constexpr std::array<float, 256> inverse_frequencies_of(bool with_titles) {
  std::array<float, 256> inverse = {};  // of many: 0
  for (std::uint32_t code = 0; code < kManyCode; ++code)
    inverse[code] =
        1 / (with_titles ? weighted_frequency(code) : static_cast<float>(frequency_of(code)));
  return inverse;
}
inline constexpr auto kInverse = inverse_frequencies_of(false);
inline constexpr auto kInverseWeighted = inverse_frequencies_of(true);

// How frequencies make a score.
struct Scoring {
  explicit Scoring(double mean_words, bool titles_count = true)
      : norms(mean_words),
        with_titles(titles_count),
        inverse_frequencies(titles_count ? kInverseWeighted : kInverse) {}

  float frequency(std::uint32_t code) const {
    return with_titles ? weighted_frequency(code) : static_cast<float>(frequency_of(code));
  }
  // What the documents of a block weigh at most, by the mean length of their segment.
  float bound(Heaviest heaviest) const {
    if (heaviest.code == kManyCode) return 1;
    return term_weight(frequency(heaviest.code), norms[heaviest.length_code]);
  }
  // The bound is 1 / (1 + its lightness) but for rounding: cheaper to compare.
  float lightness(Heaviest heaviest) const {
    return norms[heaviest.length_code] * inverse_frequencies[heaviest.code];
  }

  LengthNorms norms;
  bool with_titles = true;                            // words in titles count for more
  const std::array<float, 256>& inverse_frequencies;  // by code
};

// A bound of each window of so many documents.
struct WindowBounds {
  std::span<float> bounds;
  std::uint32_t documents = kWindowDocuments;
};

// For one thread.
class WordMatcher {
 public:
  WordMatcher(const Segment& segment, std::span<const FormPlace> forms, bool is_title_alone);

  std::uint64_t documents_max() const { return documents_max_; }
  bool has_forms() const { return !forms_.empty(); }
  // The first document from there on that may have it; kNoDocument where none does.
  std::uint32_t next(std::uint32_t document);

  // Adds the documents of the window that have it.
  void fill(Window window, DocumentSet& set);
  // Takes out those that do not.
  void keep(Window window, DocumentSet& set);

  // fill() and keep(), with the frequency of each document that is left in `frequencies`.
  void fill_frequencies(Window window, DocumentSet& set, const Scoring& scoring,
                        std::span<float> frequencies);
  void keep_frequencies(Window window, DocumentSet& set, const Scoring& scoring,
                        std::span<float> frequencies);
  // The frequency that scores go by, with titles or without; 0 where the document does not have it.
  float frequency(std::uint32_t document, const Scoring& scoring);
  float frequency_in_scores(std::uint32_t document, const Scoring& scoring) {
    return frequency(document, scoring);
  }
  // Of words of one form: its blocks, what term_weight() can give in one at most, and its documents
  // with their frequencies: calls `each_one` with (document, frequency).
  std::uint32_t blocks() const { return forms_.front().postings.blocks(); }
  float block_bound(std::uint32_t block, const Scoring& scoring) const {
    return scoring.bound(forms_.front().postings.heaviest_at(block, scoring.with_titles));
  }
  float block_lightness(std::uint32_t block, const Scoring& scoring) const {
    return scoring.lightness(forms_.front().postings.heaviest_at(block, scoring.with_titles));
  }
  // No document of the block is before this one.
  std::uint32_t block_begin(std::uint32_t block) const {
    return block == 0 ? 0 : forms_.front().postings.last_at(block - 1) + 1;
  }
  template <class Each>
  void each_in_block(std::uint32_t block, const Scoring& scoring, Each&& each_one);
  bool is_one_form() const { return forms_.size() == 1; }
  // The same of the window's documents, by their places, without the blocks that `is_wanted` says
  // no of when called with their bounds.
  template <class IsWanted, class Each>
  void each_frequency(Window window, const Scoring& scoring, IsWanted&& is_wanted, Each&& each_one);
  // What term_weight() can give in this document at most.
  float bound(std::uint32_t document, const Scoring& scoring, float slack) {
    if (forms_.size() != 1) return 1;
    Postings& postings = forms_.front().postings;
    postings.seek(document);
    if (postings.is_at_end()) return 0;
    return scoring.bound(postings.heaviest_at(postings.block(), scoring.with_titles)) * slack;
  }
  // Adds `idf` times its weight to the score of each document of the set that has it.
  void add_scores(Window window, const DocumentSet& set, const Scoring& scoring, float idf,
                  std::span<float> scores);
  // fill() and add_scores() at once.
  void fill_scores(Window window, DocumentSet& set, const Scoring& scoring, float idf,
                   std::span<float> scores);
  // Adds to each window's bound what add_scores() can add there at most. `slack` is the factor by
  // which weights can be larger than by the segment's own mean length.
  void add_bounds(const Scoring& scoring, float idf, float slack, WindowBounds bounds) const;

  // Ascending; of every form.
  void positions(std::uint32_t document, std::vector<std::uint32_t>& out);

 private:
  struct Form {
    mutable Postings postings;
    std::uint64_t languages;
  };
  bool counts_in(const Form& form, std::uint32_t document) const {
    return form.languages == ~std::uint64_t{0} ||
           (form.languages >> (segment_->columns().languages()[document] & 63U) & 1) != 0;
  }
  bool counts(Form& form, std::uint32_t document, std::uint32_t index) const;
  template <class Each>
  void each(Form& form, Window window, Each&& each) const;
  bool counts_always(const Form& form) const {
    return form.languages == ~std::uint64_t{0} && !is_title_alone_;
  }
  void add_weights(Window window, const DocumentSet& set, const Scoring& scoring, float idf,
                   std::span<float> scores);
  // The document's place in the block that the form stands on then, or kNoDocument.
  std::uint32_t find(Form& form, std::uint32_t document) const;
  static void add_block_bounds(const Postings& postings, const Scoring& scoring, float slack,
                               WindowBounds bounds);
  void add_short_bounds(const Form& form, const Scoring& scoring, WindowBounds bounds) const;

  const Segment* segment_;
  std::vector<Form> forms_;
  std::uint64_t documents_max_ = 0;
  bool is_title_alone_;
  std::vector<std::uint32_t> scratch_;
};

template <class Each>
void WordMatcher::each(Form& form, Window window, Each&& each_one) const {
  Postings& postings = form.postings;
  for (postings.seek(window.begin); !postings.is_at_end(); postings.next_block()) {
    const std::span<const std::uint32_t> documents = postings.documents();
    for (std::uint32_t at = postings.place_of(window.begin); at < documents.size(); ++at) {
      const std::uint32_t place = window.place(documents[at]);
      if (place >= window.size()) return;
      each_one(place, at);
    }
  }
}

template <class IsWanted, class Each>
void WordMatcher::each_frequency(Window window, const Scoring& scoring, IsWanted&& is_wanted,
                                 Each&& each_one) {
  Form& form = forms_.front();
  Postings& postings = form.postings;
  const bool is_checked = !counts_always(form);
  for (postings.seek(window.begin); !postings.is_at_end(); postings.next_block()) {
    const std::uint32_t block = postings.block();
    if (block > 0 && postings.last_at(block - 1) + 1 >= window.end) return;
    if (!is_wanted(scoring.bound(postings.heaviest_at(block, scoring.with_titles)))) continue;
    const std::span<const std::uint32_t> documents = postings.documents();
    for (std::uint32_t at = postings.place_of(window.begin); at < documents.size(); ++at) {
      const std::uint32_t place = window.place(documents[at]);
      if (place >= window.size()) return;
      if (!is_checked || counts(form, documents[at], at))
        each_one(place, scoring.frequency(postings.codes()[at]));
    }
  }
}

template <class Each>
void WordMatcher::each_in_block(std::uint32_t block, const Scoring& scoring, Each&& each_one) {
  Form& form = forms_.front();
  Postings& postings = form.postings;
  const bool is_checked = !counts_always(form);
  postings.go_to(block);
  const std::span<const std::uint32_t> documents = postings.documents();
  const std::uint32_t* codes = postings.codes();
  for (std::uint32_t i = 0; i < documents.size() && documents[i] < segment_->documents(); ++i) {
    if (!is_checked || counts(form, documents[i], i))
      each_one(documents[i], scoring.frequency(codes[i]));
  }
}

}  // namespace tidings::search
