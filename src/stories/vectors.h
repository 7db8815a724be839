// Sparse vectors of terms, ascending by term.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tidings::stories {

struct Term {
  std::uint32_t term = 0;
  float weight = 0;
};

inline bool is_weightier(const Term& a, const Term& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
}

// Leaves out all but the weightiest.
inline void keep_weightiest(std::vector<Term>& terms, std::size_t most) {
  if (terms.size() <= most) return;
  std::nth_element(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(most), terms.end(),
                   is_weightier);
  terms.resize(most);
  std::sort(terms.begin(), terms.end(),
            [](const Term& a, const Term& b) { return a.term < b.term; });
}

// Calls `use(a, b)` for each term that both have.
template <class Use>
void each_common(std::span<const Term> first, std::span<const Term> second, Use use) {
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() && b != second.end()) {
    if (a->term == b->term) {
      use(*a++, *b++);
    } else if (a->term < b->term) {
      ++a;
    } else {
      ++b;
    }
  }
}

// 1 where there is nothing, so that it can always be divided by.
inline float norm_of(std::span<const Term> terms) {
  float sum = 0;
  for (const Term& term : terms) sum += term.weight * term.weight;
  return sum > 0 ? std::sqrt(sum) : 1;
}

inline double cosine(std::span<const Term> first, std::span<const Term> second) {
  float product = 0;
  each_common(first, second, [&](const Term& a, const Term& b) { product += a.weight * b.weight; });
  return static_cast<double>(product / (norm_of(first) * norm_of(second)));
}

// `into` becomes `first` + `factor` · `second`.
inline void add(std::span<const Term> first, std::span<const Term> second, float factor,
                std::vector<Term>& into) {
  into.clear();
  auto known = first.begin();
  for (const Term& term : second) {
    while (known != first.end() && known->term < term.term) into.push_back(*known++);
    const bool is_known = known != first.end() && known->term == term.term;
    const float weight = is_known ? known++->weight : 0;
    into.push_back({.term = term.term, .weight = weight + factor * term.weight});
  }
  into.insert(into.end(), known, first.end());
}

inline std::vector<Term> sum_of(std::span<const std::vector<Term>> vectors) {
  std::vector<Term> sum, next;
  for (const std::vector<Term>& vector : vectors) {
    add(sum, vector, 1, next);
    sum.swap(next);
  }
  return sum;
}

}  // namespace tidings::stories
