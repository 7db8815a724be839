#include "search/word_matcher.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace tidings::search {
namespace {

// So few are looked up one by one.
constexpr std::uint32_t kFew = 16;

}  // namespace

WordMatcher::WordMatcher(const Segment& segment, std::span<const FormPlace> forms,
                         bool is_title_alone)
    : segment_(&segment), is_title_alone_(is_title_alone) {
  forms_.reserve(forms.size());
  for (const FormPlace& form : forms) {
    forms_.push_back({.postings = Postings(form.place), .languages = form.languages});
    documents_max_ += form.place.documents;
  }
}

std::uint32_t WordMatcher::next(std::uint32_t document) {
  std::uint32_t next = kNoDocument;
  for (Form& form : forms_) {
    form.postings.seek(document);
    if (form.postings.is_at_end()) continue;
    const std::span<const std::uint32_t> documents = form.postings.documents();
    const std::uint32_t at = form.postings.place_of(document);
    if (at < documents.size()) next = std::min(next, documents[at]);
  }
  return next;
}

bool WordMatcher::counts(Form& form, std::uint32_t document, std::uint32_t index) const {
  return counts_in(form, document) &&
         (!is_title_alone_ || is_in_title(form.postings.code_at(index)));
}

void WordMatcher::fill(Window window, DocumentSet& set) {
  for (Form& form : forms_) {
    if (counts_always(form)) {
      each(form, window, [&](std::uint32_t place, std::uint32_t) { set.set(place); });
    } else {
      each(form, window, [&](std::uint32_t place, std::uint32_t index) {
        if (counts(form, window.begin + place, index)) set.set(place);
      });
    }
  }
}

void WordMatcher::keep(Window window, DocumentSet& set) {
  DocumentSet kept(window);
  if (set.has_more_than(kFew)) {
    fill(window, kept);
    set &= kept;
    return;
  }
  set.each([&](std::uint32_t place) {
    const std::uint32_t document = window.begin + place;
    const bool has = std::ranges::any_of(forms_, [&](Form& form) {
      const std::uint32_t index = form.postings.find(document);
      return index != kNoDocument && counts(form, document, index);
    });
    if (!has) set.reset(place);
  });
}

void WordMatcher::fill_frequencies(Window window, DocumentSet& set, const Scoring& scoring,
                                   std::span<float> frequencies) {
  DocumentSet own(window);
  for (Form& form : forms_) {
    const bool is_checked = !counts_always(form);
    each(form, window, [&](std::uint32_t place, std::uint32_t index) {
      if (is_checked && !counts(form, window.begin + place, index)) return;
      const float before = own.has(place) ? frequencies[place] : 0.0F;
      frequencies[place] = before + scoring.frequency(form.postings.codes()[index]);
      own.set(place);
    });
  }
  set |= own;
}

// Without branches: which of them are wanted cannot be foretold.
std::uint32_t WordMatcher::choose(Window window, const Scoring& scoring, WantedWeight wanted,
                                  std::array<std::uint8_t, kBlockSize>& chosen) {
  Postings& postings = forms_.front().postings;
  const std::span<const std::uint32_t> documents = postings.documents();
  const std::uint8_t* lengths = segment_->columns().length_codes().data() + window.begin;
  const auto size = static_cast<std::uint32_t>(documents.size());
  const std::uint32_t begin = postings.place_of(window.begin);
  const std::uint32_t end =
      postings.last() < window.end ? size : std::min(size, postings.place_of(window.end));
  std::array<float, kBlockSize> norms;
  for (std::uint32_t at = begin; at < end; ++at) {
    const std::uint32_t place = window.place(documents[at]);
    const bool is_inside = place < window.size();  // or nobody wrote this
    const float norm = scoring.norms[lengths[is_inside ? place : 0]];
    norms[at] = is_inside ? norm : std::numeric_limits<float>::quiet_NaN();
  }
  std::array<std::int32_t, kBlockSize> admitted;
  wanted.admits(scoring, begin, end, postings.codes(), norms.data(), admitted.data());
  std::uint32_t count = 0;
  for (std::uint32_t at = begin; at < end; ++at) {
    chosen[count] = static_cast<std::uint8_t>(at);
    count -= static_cast<std::uint32_t>(admitted[at]);
  }
  return count;
}

float WordMatcher::frequency(std::uint32_t document, const Scoring& scoring) {
  float frequency = 0;
  for (Form& form : forms_) {
    const std::uint32_t index = form.postings.find(document);
    if (index != kNoDocument && counts(form, document, index))
      frequency += scoring.frequency(form.postings.code_at(index));
  }
  return frequency;
}

void WordMatcher::fill_scores(Window window, DocumentSet& set, const Scoring& scoring, float idf,
                              std::span<float> scores) {
  const std::uint8_t* lengths = segment_->columns().length_codes().data() + window.begin;
  const auto add = [&](std::uint32_t place, float frequency) {
    scores[place] += idf * term_weight(frequency, scoring.norms[lengths[place]]);
  };
  if (!is_one_form()) {
    DocumentSet own(window);
    std::array<float, kWindowDocuments> frequencies;
    fill_frequencies(window, own, scoring, frequencies);
    own.each([&](std::uint32_t place) { add(place, frequencies[place]); });
    set |= own;
    return;
  }
  Form& form = forms_.front();
  const bool is_checked = !counts_always(form);
  each(form, window, [&](std::uint32_t place, std::uint32_t index) {
    if (is_checked && !counts(form, window.begin + place, index)) return;
    add(place, scoring.frequency(form.postings.codes()[index]));
    set.set(place);
  });
}

void WordMatcher::add_scores(Window window, const DocumentSet& set, const Scoring& scoring,
                             float idf, std::span<float> scores) {
  const std::uint8_t* lengths = segment_->columns().length_codes().data() + window.begin;
  if (!set.has_more_than(kFew)) {
    set.each([&](std::uint32_t place) {
      const float found = frequency(window.begin + place, scoring);
      if (found > 0) scores[place] += idf * term_weight(found, scoring.norms[lengths[place]]);
    });
    return;
  }
  add_weights(window, set, scoring, idf, scores);
}

void WordMatcher::add_weights(Window window, const DocumentSet& set, const Scoring& scoring,
                              float idf, std::span<float> scores) {
  const std::uint8_t* lengths = segment_->columns().length_codes().data() + window.begin;
  std::array<float, kWindowDocuments> frequencies = {};
  for (Form& form : forms_) {
    each(form, window, [&](std::uint32_t place, std::uint32_t index) {
      if (set.has(place) && counts(form, window.begin + place, index))
        frequencies[place] += scoring.frequency(form.postings.codes()[index]);
    });
  }
  set.each([&](std::uint32_t place) {
    if (frequencies[place] > 0)
      scores[place] += idf * term_weight(frequencies[place], scoring.norms[lengths[place]]);
  });
}

void WordMatcher::add_bounds(const Scoring& scoring, float idf, float slack,
                             WindowBounds bounds) const {
  if (is_one_form()) return raise_bounds(forms_.front(), scoring, idf, slack, bounds);
  std::vector<float> largest(bounds.bounds.size());
  for (const Form& form : forms_) {
    std::ranges::fill(largest, 0.0F);
    raise_bounds(form, scoring, idf, slack, {largest, bounds.documents});
    for (std::size_t i = 0; i < largest.size(); ++i) bounds.bounds[i] += largest[i];
  }
}

void WordMatcher::raise_bounds(const Form& form, const Scoring& scoring, float idf, float slack,
                               WindowBounds bounds) const {
  if (form.postings.documents_total() < kBlockSize) {
    raise_to_documents(form.postings, scoring, idf, bounds);
  } else {
    raise_to_blocks(form.postings, scoring, idf * slack, bounds);
  }
}

void WordMatcher::raise_to_blocks(const Postings& postings, const Scoring& scoring, float factor,
                                  WindowBounds bounds) {
  const int shift = std::countr_zero(bounds.documents);
  const auto windows = static_cast<std::uint32_t>(bounds.bounds.size());
  std::uint32_t first = 0;  // window
  for (std::uint32_t block = 0; block < postings.blocks(); ++block) {
    const float bound = scoring.bound(postings.heaviest_at(block, scoring.with_titles)) * factor;
    const std::uint32_t last = postings.last_at(block) >> shift;
    for (std::uint32_t i = first; i < std::min(last + 1, windows); ++i)
      bounds.bounds[i] = std::max(bounds.bounds[i], bound);
    first = last;
  }
}

void WordMatcher::raise_to_documents(Postings& postings, const Scoring& scoring, float idf,
                                     WindowBounds bounds) const {
  const int shift = std::countr_zero(bounds.documents);
  const std::span<const std::uint8_t> lengths = segment_->columns().length_codes();
  postings.go_to(0);
  const std::span<const std::uint32_t> documents = postings.documents();
  for (std::size_t i = 0; i < documents.size() && documents[i] < lengths.size(); ++i) {
    float& bound = bounds.bounds[documents[i] >> shift];
    bound = std::max(bound, idf * term_weight(scoring.frequency(postings.codes()[i]),
                                              scoring.norms[lengths[documents[i]]]));
  }
}

void WordMatcher::positions(std::uint32_t document, std::vector<std::uint32_t>& out) {
  out.clear();
  for (Form& form : forms_) {
    const std::uint32_t index = form.postings.find(document);
    if (index == kNoDocument || !counts_in(form, document)) continue;
    if (out.empty()) {
      form.postings.positions(index, out);
      continue;
    }
    form.postings.positions(index, scratch_);
    out.insert(out.end(), scratch_.begin(), scratch_.end());
    std::ranges::sort(out);
  }
}

}  // namespace tidings::search
