#include "search/article_terms.h"

#include <algorithm>

namespace tidings::search {

void ArticleTerms::begin(const IndexedArticle& article, std::size_t terms) {
  words_ = &article.words;
  numbers_ = query::ArticleNumbers(article.document, article.words.words);
  for (const TermNumber term : all_) bits_[term / 64] = 0;
  all_.clear();
  meant_.clear();
  if (bits_.size() * 64 < terms) bits_.resize(terms / 64 + 1);
  if (first_meant_.size() < terms) first_meant_.resize(terms);

  places_begin_.assign(words_->forms.size() + 2, 0);
  for (const std::uint32_t form : words_->form_at) ++places_begin_[form + 2];
  for (std::size_t form = 2; form < places_begin_.size(); ++form)
    places_begin_[form] += places_begin_[form - 1];
  places_.resize(words_->form_at.size());
  for (std::uint32_t word = 0; word < words_->words; ++word)
    places_[places_begin_[words_->form_at[word] + 1]++] = word;
}

void ArticleTerms::add(TermNumber term) {
  if (has(term)) return;
  bits_[term / 64] |= std::uint64_t{1} << (term % 64);
  first_meant_[term] = kNone;
  all_.push_back(term);
}

void ArticleTerms::add(TermNumber term, std::uint32_t form, std::uint32_t end) {
  add(term);
  std::uint32_t& first = first_meant_[term];
  if (first != kNone && meant_[first].form == form) return;
  meant_.push_back({.form = form, .end = end, .next = first});
  first = static_cast<std::uint32_t>(meant_.size() - 1);
}

std::span<const std::uint32_t> ArticleTerms::places(const Meant& meant) const {
  return std::span(places_).subspan(places_begin_[meant.form],
                                    places_begin_[meant.form + 1] - places_begin_[meant.form]);
}

std::size_t ArticleTerms::count_places(TermNumber term) const {
  std::size_t count = 0;
  for (std::uint32_t at = first_meant_[term]; at != kNone; at = meant_[at].next)
    count += places(meant_[at]).size();
  return count;
}

bool ArticleTerms::is_at(TermNumber term, std::uint32_t word) const {
  for (std::uint32_t at = first_meant_[term]; at != kNone; at = meant_[at].next) {
    if (meant_[at].form == words_->form_at[word] && word < meant_[at].end) return true;
  }
  return false;
}

bool ArticleTerms::is_phrase_at(Part terms, std::uint32_t begin) const {
  const std::size_t end = begin + terms.size();
  if (end > words_->words) return false;
  if (begin < words_->title_words && end > words_->title_words) return false;
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    if (!is_at(terms[i], begin + i)) return false;
  }
  return true;
}

template <typename Use>
bool ArticleTerms::any_begin(Part terms, Use&& use) const {
  if (!std::ranges::all_of(terms, [&](TermNumber term) { return has(term); })) return false;
  std::uint32_t lead = 0;  // the one with the fewest places
  if (terms.size() > 1) {
    std::size_t fewest = count_places(terms[0]);
    for (std::uint32_t i = 1; i < terms.size(); ++i) {
      const std::size_t count = count_places(terms[i]);
      if (count >= fewest) continue;
      fewest = count;
      lead = i;
    }
  }
  for (std::uint32_t at = first_meant_[terms[lead]]; at != kNone; at = meant_[at].next) {
    for (const std::uint32_t word : places(meant_[at])) {
      if (word >= lead && is_phrase_at(terms, word - lead) && use(word - lead)) return true;
    }
  }
  return false;
}

bool ArticleTerms::has_phrase(std::span<const TermNumber> terms) const {
  return any_begin(terms, [](std::uint32_t) { return true; });
}

void ArticleTerms::list_positions(Part terms, std::vector<std::uint32_t>& positions) const {
  positions.clear();
  any_begin(terms, [&](std::uint32_t begin) {
    positions.push_back(words_->position(begin));
    return false;
  });
  std::ranges::sort(positions);
}

// Whether the next of each part, from one place on, lies within so many words; all in the title or
// all in the text.
bool ArticleTerms::is_near_from(std::uint32_t begin, std::span<const Part> parts,
                                std::uint32_t words_max) const {
  const std::uint32_t title_end = words_->title_words;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto next = std::ranges::lower_bound(near_[i], begin);
    if (next == near_[i].end() || (*next < title_end) != (begin < title_end)) return false;
    if (*next + parts[i].size() - begin > words_max) return false;
  }
  return true;
}

bool ArticleTerms::has_near(std::span<const Part> parts, std::uint32_t distance) const {
  std::uint32_t words_max = distance;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    list_positions(parts[i], near_[i]);
    if (near_[i].empty()) return false;
    words_max += static_cast<std::uint32_t>(parts[i].size());
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const std::uint32_t begin : near_[i]) {
      if (is_near_from(begin, parts, words_max)) return true;
    }
  }
  return false;
}

}  // namespace tidings::search
