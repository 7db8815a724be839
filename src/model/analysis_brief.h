// What lists show of an analysis.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/analysis.h"

namespace tidings {

// Scores of topics and countries have three digits, that of the tone four.
struct AnalysisBrief {
  std::vector<TopicScore> topics;  // best first, without evidence
  std::optional<Tone> tone;
  double sentiment = 0;
  std::vector<CountryScore> countries;  // best first, at most kBriefCountriesMax

  friend bool operator==(const AnalysisBrief&, const AnalysisBrief&) = default;
};
inline constexpr std::size_t kBriefCountriesMax = 3;

AnalysisBrief brief_of(const Analysis& analysis);

}  // namespace tidings
