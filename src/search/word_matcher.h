// Which documents of a segment have a word, in any of its forms, or a value; and what that is
// worth.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "search/document_set.h"
#include "search/known_forms.h"
#include "search/postings.h"
#include "search/scoring.h"
#include "search/segment.h"

namespace tidings::search {

// A bound of each window of so many documents, which are a power of two.
struct WindowBounds {
  std::span<float> bounds;
  std::uint32_t documents = kWindowDocuments;
};

// For one thread.
class WordMatcher {
 public:
  WordMatcher(const Segment& segment, std::span<const FormPlace> forms, bool is_title_alone);

  std::uint64_t documents_max() const { return documents_max_; }
  std::uint64_t documents_read() const { return documents_max_; }  // all of them
  bool has_forms() const { return !forms_.empty(); }
  // The first document from there on that may have it; kNoDocument where none does.
  std::uint32_t next(std::uint32_t document);

  // Adds the documents of the window that have it.
  void fill(Window window, DocumentSet& set);
  // Takes out those that do not.
  void keep(Window window, DocumentSet& set);

  // fill(), with the frequency of each document in `frequencies`.
  void fill_frequencies(Window window, DocumentSet& set, const Scoring& scoring,
                        std::span<float> frequencies);
  // The frequency that scores go by, with titles or without; 0 where the document does not have it.
  float frequency(std::uint32_t document, const Scoring& scoring);
  float frequency_in_scores(std::uint32_t document, const Scoring& scoring) {
    return frequency(document, scoring);
  }
  bool is_one_form() const { return forms_.size() == 1; }
  // Of one form and of one block, of which is not known what it can give.
  bool is_short() const {
    return is_one_form() && forms_.front().postings.documents_total() < kBlockSize;
  }
  // Of words of one form: its blocks, and what term_weight() can give in one at most.
  std::uint32_t blocks() const { return forms_.front().postings.blocks(); }
  float block_bound(std::uint32_t block, const Scoring& scoring) const {
    return scoring.bound(forms_.front().postings.heaviest_at(block, scoring.with_titles));
  }
  // The block's documents are between these.
  std::uint32_t block_first(std::uint32_t block) const {
    return block == 0 ? 0 : forms_.front().postings.last_at(block - 1) + 1;
  }
  std::uint32_t block_last(std::uint32_t block) const {
    return forms_.front().postings.last_at(block);
  }
  // The block that the document would be in; blocks() where none is.
  std::uint32_t block_of(std::uint32_t document) const {
    Postings& postings = forms_.front().postings;
    postings.seek(document);
    return postings.block();
  }
  // Calls `each` with (document, frequency, norm) of those in the block that may weigh so much.
  template <class Each>
  void each_in_block(std::uint32_t block, const Scoring& scoring, WantedWeight wanted, Each&& each);
  // The same of the window. `wanted` says anew for each block what is wanted from there on; `slack`
  // is as in add_bounds().
  template <class Wanted, class Each>
  void each_weighing(Window window, const Scoring& scoring, float slack, Wanted&& wanted,
                     Each&& each);
  // Adds `idf` times its weight to the score of each document of the set that has it.
  void add_scores(Window window, const DocumentSet& set, const Scoring& scoring, float idf,
                  std::span<float> scores);
  // fill() and add_scores() at once.
  void fill_scores(Window window, DocumentSet& set, const Scoring& scoring, float idf,
                   std::span<float> scores);
  // Adds to each window's bound, 0 before, what add_scores() can add there at most. `slack` is the
  // factor by which weights can be larger than by the segment's own mean length.
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
  // Of the block that the only form stands on: the places of those that are wanted.
  std::uint32_t choose(Window window, const Scoring& scoring, WantedWeight wanted,
                       std::array<std::uint8_t, kBlockSize>& chosen);
  template <class Each>
  void each_chosen(Window window, const Scoring& scoring, WantedWeight wanted, Each&& each);
  bool counts_always(const Form& form) const {
    return form.languages == ~std::uint64_t{0} && !is_title_alone_;
  }
  void add_weights(Window window, const DocumentSet& set, const Scoring& scoring, float idf,
                   std::span<float> scores);
  // Raise each window's bound to the form's.
  void raise_bounds(const Form& form, const Scoring& scoring, float idf, float slack,
                    WindowBounds bounds) const;
  static void raise_to_blocks(const Postings& postings, const Scoring& scoring, float factor,
                              WindowBounds bounds);
  void raise_to_documents(Postings& postings, const Scoring& scoring, float idf,
                          WindowBounds bounds) const;

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

template <class Each>
void WordMatcher::each_in_block(std::uint32_t block, const Scoring& scoring, WantedWeight wanted,
                                Each&& each) {
  forms_.front().postings.go_to(block);
  each_chosen({0, segment_->documents()}, scoring, wanted, each);
}

template <class Wanted, class Each>
void WordMatcher::each_weighing(Window window, const Scoring& scoring, float slack, Wanted&& wanted,
                                Each&& each) {
  Postings& postings = forms_.front().postings;
  for (postings.seek(window.begin); !postings.is_at_end(); postings.next_block()) {
    const std::uint32_t block = postings.block();
    if (block > 0 && postings.last_at(block - 1) + 1 >= window.end) return;
    const WantedWeight least = wanted();
    if (!least.is_over(block_bound(block, scoring) * slack))
      each_chosen(window, scoring, least, each);
  }
}

template <class Each>
void WordMatcher::each_chosen(Window window, const Scoring& scoring, WantedWeight wanted,
                              Each&& each) {
  Form& form = forms_.front();
  const bool is_checked = !counts_always(form);
  std::array<std::uint8_t, kBlockSize> chosen;
  const std::uint32_t count = choose(window, scoring, wanted, chosen);
  const std::span<const std::uint32_t> documents = form.postings.documents();
  const std::uint32_t* codes = form.postings.codes();
  const std::uint8_t* lengths = segment_->columns().length_codes().data();
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t at = chosen[i], document = documents[at];
    if (!is_checked || counts(form, document, at))
      each(document, scoring.frequency(codes[at]), scoring.norms[lengths[document]]);
  }
}

}  // namespace tidings::search
