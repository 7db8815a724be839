#include "analyze/country_votes.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "analyze/evidence.h"
#include "analyze/gazetteer.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kCountriesMax = 8;
constexpr double kScoreFrom = 0.06;
constexpr double kTitleWeight = 2.5;

}  // namespace

void CountryVotes::add(std::uint8_t country, std::uint32_t place, TextSpan span, double weight) {
  if (country == 0) return;
  // A place that is named again says less each time.
  const double again = 1.0 / (1 + 0.5 * seen_[place]++);
  vote(country, text_.substr(span.begin, span.end - span.begin),
       weight * again * (span.begin < title_end_ ? kTitleWeight : 1));
}

void CountryVotes::vote(std::uint8_t country, std::string_view name, double weight) {
  votes_[country] += weight;
  if (explain_ == Explain::Yes)
    noted_.push_back({.country = country, .word = name, .weight = weight});
}

std::uint8_t CountryVotes::most(const CountryWeights& hints) const {
  constexpr double kShare = 0.4;
  CountryWeights all = hints;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] += votes_[i];
  const auto best = std::ranges::max_element(all);
  const double total = std::accumulate(all.begin(), all.end(), 0.0);
  return *best > kShare * total ? static_cast<std::uint8_t>(best - all.begin()) : 0;
}

std::vector<CountryScore> CountryVotes::scores() const {
  const Gazetteer gazetteer;
  double total = 1;  // a single mention is no certainty
  for (const double vote : votes_) total += vote;
  std::vector<CountryScore> found;
  for (std::size_t i = 1; i < votes_.size(); ++i) {
    if (votes_[i] / total < kScoreFrom) continue;
    const auto country = static_cast<std::uint8_t>(i);
    found.push_back({.code = std::string(gazetteer.country_code(country)),
                     .score = votes_[i] / total,
                     .evidence = evidence_for(country, total)});
  }
  std::ranges::sort(found, [](const CountryScore& one, const CountryScore& other) {
    return one.score != other.score ? one.score > other.score : one.code < other.code;
  });
  if (found.size() > kCountriesMax) found.resize(kCountriesMax);
  return found;
}

std::vector<Evidence> CountryVotes::evidence_for(std::uint8_t country, double total) const {
  std::vector<Evidence> names;
  for (const CountryWord& one : noted_)
    if (one.country == country)
      names.push_back({.text = std::string(one.word), .weight = one.weight / total});
  return strongest(names);
}

}  // namespace tidings::analyze
