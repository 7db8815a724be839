// Which countries an article is about, by what it names.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/document.h"
#include "analyze/place_evidence.h"
#include "analyze/place_senses.h"

namespace tidings::analyze {

class CountryVotes {
 public:
  // Of a document that outlives it. Explained, scores come with the names that made them.
  CountryVotes(const Document& document, Explain explain)
      : text_(document.segments.text()), title_end_(document.title_end), explain_(explain) {}

  // A name of a place that lies in the country (0: in none).
  void add(std::uint8_t country, std::uint32_t place, TextSpan span, double weight);
  void add(const CountryWord& word) { vote(word.country, word.word, word.weight); }

  // That which stands out, with other evidence; 0 where none does.
  std::uint8_t most(const CountryWeights& hints) const;

  // Best first; together at most 1.
  std::vector<CountryScore> scores() const;

 private:
  void vote(std::uint8_t country, std::string_view name, double weight);
  std::vector<Evidence> evidence_for(std::uint8_t country, double total) const;

  std::string_view text_;
  std::uint32_t title_end_;
  Explain explain_;
  CountryWeights votes_{};
  std::unordered_map<std::uint32_t, int> seen_;  // how often a place was named
  std::vector<CountryWord> noted_;
};

}  // namespace tidings::analyze
