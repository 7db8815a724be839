#include "search/phrase_matcher.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace tidings::search {

PhraseMatcher::PhraseMatcher(const Segment& segment, std::vector<WordMatcher> words,
                             std::vector<RunOfWords> runs, std::uint32_t distance,
                             bool is_title_alone)
    : segment_(&segment),
      words_(std::move(words)),
      runs_(std::move(runs)),
      distance_(distance),
      is_title_alone_(is_title_alone),
      rarest_first_(words_.size()) {
  std::iota(rarest_first_.begin(), rarest_first_.end(), std::size_t{0});
  std::ranges::sort(rarest_first_, {},
                    [&](std::size_t i) { return std::pair(words_[i].documents_max(), i); });
}

std::uint64_t PhraseMatcher::documents_max() const {
  return words_[rarest_first_.front()].documents_max();
}

std::uint64_t PhraseMatcher::documents_read() const {
  std::uint64_t documents = 0;
  for (const WordMatcher& word : words_) documents += word.documents_max();
  return documents;
}

std::uint32_t PhraseMatcher::next(std::uint32_t document) {
  for (const std::size_t i : rarest_first_) {
    if (document != kNoDocument) document = words_[i].next(document);
  }
  return document;
}

void PhraseMatcher::fill_candidates(Window window, DocumentSet& set) {
  DocumentSet candidates(window);
  words_[rarest_first_.front()].fill(window, candidates);
  for (std::size_t i = 1; i < rarest_first_.size() && !candidates.empty(); ++i)
    words_[rarest_first_[i]].keep(window, candidates);
  set |= candidates;
}

float PhraseMatcher::frequency_max(std::uint32_t document, const Scoring& plain, float of_rarest) {
  float least = of_rarest;
  for (std::size_t i = 1; i < rarest_first_.size() && least > 0; ++i)
    least = std::min(least, words_[rarest_first_[i]].frequency(document, plain));
  return least;
}

void PhraseMatcher::keep_candidates(Window window, DocumentSet& set) {
  for (const std::size_t i : rarest_first_) {
    if (set.empty()) return;
    words_[i].keep(window, set);
  }
}

void PhraseMatcher::fill(Window window, DocumentSet& set) {
  DocumentSet candidates(window);
  fill_candidates(window, candidates);
  candidates.each([&](std::uint32_t place) {
    if (frequency(window.begin + place) > 0) set.set(place);
  });
}

void PhraseMatcher::keep(Window window, DocumentSet& set) {
  keep_candidates(window, set);
  set.each([&](std::uint32_t place) {
    if (frequency(window.begin + place) == 0) set.reset(place);
  });
}

// Where the run begins: positions of its rarest words moved back, less those that the others lack.
void PhraseMatcher::find_run(const RunOfWords& run, std::uint32_t document,
                             std::vector<std::uint32_t>& begins) {
  bool is_first = true;
  begins.clear();
  for (const std::size_t i : rarest_first_) {
    if (i < run.first || i >= run.first + run.words) continue;
    const auto offset = static_cast<std::uint32_t>(i - run.first);
    words_[i].positions(document, scratch_);
    if (is_first) {
      for (const std::uint32_t position : scratch_) {
        if (position >= offset) begins.push_back(position - offset);
      }
    } else {
      auto at = scratch_.begin();
      std::erase_if(begins, [&](std::uint32_t begin) {
        at = std::lower_bound(at, scratch_.end(), begin + offset);
        return at == scratch_.end() || *at != begin + offset;
      });
    }
    is_first = false;
    if (begins.empty()) return;
  }
  if (!is_title_alone_) return;
  const std::uint32_t title_words = segment_->columns().title_words()[document];
  std::erase_if(begins, [&](std::uint32_t begin) { return begin + run.words > title_words; });
}

std::uint32_t PhraseMatcher::frequency(std::uint32_t document) {
  if (runs_.size() > 1) return count_near(document);
  find_run(runs_.front(), document, begins_);
  return static_cast<std::uint32_t>(begins_.size());
}

// Goes through the runs' places in the order of their begins: of each, the nearest of the others at
// or after it.
std::uint32_t PhraseMatcher::count_near(std::uint32_t document) {
  std::vector<std::vector<std::uint32_t>> begins(runs_.size());
  std::uint32_t words = 0, count_max = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    find_run(runs_[i], document, begins[i]);
    if (begins[i].empty()) return 0;
    // What scores are bounded by: no more than its rarest part.
    count_max = std::min(count_max, static_cast<std::uint32_t>(begins[i].size()));
    words += runs_[i].words;
  }
  std::vector<std::size_t> at(runs_.size());
  std::uint32_t count = 0;
  while (true) {
    std::size_t first = 0;
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (begins[i][at[i]] < begins[first][at[first]]) first = i;
      end = std::max(end, begins[i][at[i]] + runs_[i].words);
    }
    if (end - begins[first][at[first]] <= words + distance_) ++count;
    if (++at[first] == begins[first].size()) return std::min(count, count_max);
  }
}

void PhraseMatcher::add_bounds(const Scoring& scoring, float idf, float slack,
                               WindowBounds bounds) const {
  std::vector<float> least(bounds.bounds.size(), std::numeric_limits<float>::max());
  std::vector<float> one(least.size());
  for (const WordMatcher& word : words_) {
    std::ranges::fill(one, 0.0F);
    word.add_bounds(scoring, idf, slack, {one, bounds.documents});
    for (std::size_t i = 0; i < least.size(); ++i) least[i] = std::min(least[i], one[i]);
  }
  for (std::size_t i = 0; i < least.size(); ++i) bounds.bounds[i] += least[i];
}

void PhraseMatcher::add_scores(Window window, const DocumentSet& set, const Scoring& scoring,
                               float idf, std::span<float> scores) {
  const std::uint8_t* lengths = segment_->columns().length_codes().data() + window.begin;
  set.each([&](std::uint32_t place) {
    const std::uint32_t found = frequency(window.begin + place);
    if (found > 0)
      scores[place] += idf * term_weight(static_cast<float>(found), scoring.norms[lengths[place]]);
  });
}

}  // namespace tidings::search
