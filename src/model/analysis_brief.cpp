#include "model/analysis_brief.h"

#include <algorithm>
#include <cmath>

namespace tidings {
namespace {

double rounded(double score, double steps) {
  return std::round(score * steps) / steps;
}

}  // namespace

AnalysisBrief brief_of(const Analysis& analysis) {
  AnalysisBrief brief;
  brief.topics.reserve(analysis.topics.size());
  for (const TopicScore& topic : analysis.topics) {
    brief.topics.push_back(
        {.code = topic.code, .label = topic.label, .score = rounded(topic.score, 1e3)});
  }
  if (analysis.sentiment) {
    brief.tone = analysis.sentiment->label;
    brief.sentiment = rounded(analysis.sentiment->score, 1e4);
  }
  const std::size_t countries = std::min(analysis.countries.size(), kBriefCountriesMax);
  for (std::size_t i = 0; i < countries; ++i) {
    const CountryScore& country = analysis.countries[i];
    brief.countries.push_back({.code = country.code, .score = rounded(country.score, 1e3)});
  }
  return brief;
}

}  // namespace tidings
