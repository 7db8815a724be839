#include "analyze/places.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "analyze/place_evidence.h"
#include "analyze/place_names.h"
#include "analyze/place_senses.h"
#include "analyze/place_standing.h"

namespace tidings::analyze {
namespace {

constexpr double kPlaceFrom = 2;        // what a name must come to, to be taken for a place
constexpr double kDoubtfulLoss = 2.2;   // "Reading"
constexpr double kQualifiedGain = 3;    // "Paris, Texas"
constexpr double kCoherenceGain = 1.5;  // the article is about where it lies
constexpr double kWordsGain = 0.8;      // of a name of several words
constexpr double kHamlet = 4;           // importance: ten thousand people
constexpr std::size_t kPlacesMax = 500;
constexpr std::size_t kCountriesMax = 8;
constexpr double kCountryScoreFrom = 0.06;
constexpr double kTitleWeight = 2.5;

// What a name is worth by itself.
double worth_of(const GazetteerPlace& place) {
  switch (place.kind) {
    case PlaceKind::Country:
    case PlaceKind::Region:
      return 3.4;
    case PlaceKind::Admin1:
      return std::clamp(place.importance - 3.8, 0.5, 3.4);
    case PlaceKind::City:
      return std::clamp(2.2 * (place.importance - 4.1), 0.0, 3.4);
    case PlaceKind::Admin2:
      return 0.7;
    case PlaceKind::Water:
    case PlaceKind::Mountain:
      return 2.2;
  }
  return 0;
}

bool believed(const PlaceName& name, const ChosenSense& sense, const GazetteerPlace& place,
              double standing) {
  if (name.asked) return true;
  double worth = worth_of(place) + standing + kCoherenceGain * std::min(1.0, sense.coherence);
  if ((sense.use & Sense::kDoubtful) != 0) worth -= kDoubtfulLoss;
  if (sense.qualified) worth += kQualifiedGain;
  if (name.end_word > name.first_word + 1) worth += kWordsGain;
  return worth >= kPlaceFrom;
}

// Which country the article is about: a number for each.
class CountryVotes {
 public:
  explicit CountryVotes(std::uint32_t title_end) : title_end_(title_end) {}

  void add(std::uint8_t country, std::uint32_t place, std::uint32_t offset, double weight) {
    if (country == 0) return;
    // A place that is named again says less each time.
    const double again = 1.0 / (1 + 0.5 * seen_[place]++);
    votes_[country] += weight * again * (offset < title_end_ ? kTitleWeight : 1);
  }
  void add(const CountryWeights& weights) {
    for (std::size_t i = 0; i < weights.size(); ++i) votes_[i] += weights[i];
  }

  std::vector<CountryScore> scores() const {
    double total = 1;  // a single mention is no certainty
    for (const double vote : votes_) total += vote;
    std::vector<CountryScore> found;
    for (std::size_t i = 1; i < votes_.size(); ++i)
      if (votes_[i] / total >= kCountryScoreFrom)
        found.push_back({std::string(gazetteer_.country_code(static_cast<std::uint8_t>(i))),
                         votes_[i] / total});
    std::ranges::sort(found, [](const CountryScore& one, const CountryScore& other) {
      return one.score != other.score ? one.score > other.score : one.code < other.code;
    });
    if (found.size() > kCountriesMax) found.resize(kCountriesMax);
    return found;
  }

 private:
  std::uint32_t title_end_;
  Gazetteer gazetteer_;
  CountryWeights votes_{};
  std::unordered_map<std::uint32_t, int> seen_;
};

class Assembler {
 public:
  explicit Assembler(const Document& document) : text_(document.segments.text()) {}

  void add(const PlaceName& name, std::uint32_t number, const GazetteerPlace& place) {
    const auto [at, fresh] = known_.try_emplace(number, places_.size());
    if (fresh) {
      if (places_.size() >= kPlacesMax && !name.asked) {
        known_.erase(at);
        return;
      }
      places_.push_back(
          {.text = std::string(text_.substr(name.span.begin, name.span.end - name.span.begin)),
           .name = std::string(place.name),
           .country = std::string(gazetteer_.country_code(place.country)),
           .latitude = place.latitude,
           .longitude = place.longitude});
    }
    places_[at->second].offsets.push_back(name.span);
  }

  std::vector<Place> take() { return std::move(places_); }

 private:
  std::string_view text_;
  Gazetteer gazetteer_;
  std::vector<Place> places_;
  std::unordered_map<std::uint32_t, std::size_t> known_;
};

double vote_of(const GazetteerPlace& place, const ChosenSense& sense) {
  if ((sense.use & Sense::kDemonym) != 0) return 0.8;
  return place.kind == PlaceKind::Country ? 1.2 : 1;
}

// A name as it was decided on.
struct Verdict {
  std::uint32_t number = ChosenSense::kNone;
  GazetteerPlace place;
  bool believed = false;
};

std::vector<Verdict> verdicts(std::span<const PlaceName> names, std::span<const ChosenSense> senses,
                              std::span<const double> standing) {
  const Gazetteer gazetteer;
  std::vector<Verdict> found(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (senses[i].place == ChosenSense::kNone) continue;
    found[i].number = senses[i].place;
    found[i].place = gazetteer.place(senses[i].place);
    found[i].believed = believed(names[i], senses[i], found[i].place, standing[i]);
  }
  return found;
}

// A hamlet at the other end of the world is not what the article means: its place is one that no
// list has.
bool out_of_the_way(const ChosenSense& sense, const GazetteerPlace& place) {
  return place.kind == PlaceKind::City && place.importance < kHamlet && !sense.qualified &&
         sense.coherence < 0.1;
}

// Where an article's places that no list has are likeliest: where most of its others are.
std::uint32_t home_of(std::span<const PlaceName> names, std::span<const ChosenSense> senses,
                      std::span<const Verdict> decided) {
  std::unordered_map<std::uint32_t, double> counts;
  std::uint32_t best = ChosenSense::kNone;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Verdict& verdict = decided[i];
    if (!verdict.believed || verdict.place.country == 0 || out_of_the_way(senses[i], verdict.place))
      continue;
    const double local = verdict.place.kind == PlaceKind::Country ? 0.6 : 1;
    double& count = counts[verdict.number];
    count += local * (0.3 + senses[i].coherence);
    if (best == ChosenSense::kNone || count > counts[best]) best = verdict.number;
  }
  return best;
}

void send_home(std::span<const PlaceName> names, std::span<const ChosenSense> senses,
               std::vector<Verdict>& decided) {
  const std::uint32_t home = home_of(names, senses, decided);
  if (home == ChosenSense::kNone) return;
  const GazetteerPlace place = Gazetteer().place(home);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].asked) continue;
    if (decided[i].number == ChosenSense::kNone || out_of_the_way(senses[i], decided[i].place))
      decided[i] = {.number = home, .place = place, .believed = true};
  }
}

}  // namespace

PlacesFound places(const Document& document, const PlaceHints& hints) {
  const std::vector<PlaceName> names = find_place_names(document, hints.mentions, hints.persons);
  const std::vector<double> standing = standings(document, names);
  const CountryWeights adjectives = countries_of_adjectives(document);
  CountryWeights weights = countries_of_hints(document, hints.publisher, hints.url);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += adjectives[i];
  const std::vector<ChosenSense> senses = choose_senses(document, names, standing, weights);

  std::vector<Verdict> decided = verdicts(names, senses, standing);
  if (!hints.mentions.empty()) send_home(names, senses, decided);

  Assembler assembler(document);
  CountryVotes votes(document.title_end);
  votes.add(adjectives);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Verdict& verdict = decided[i];
    if (!verdict.believed) continue;
    votes.add(verdict.place.country, verdict.number, names[i].span.begin,
              vote_of(verdict.place, senses[i]));
    const bool place = (senses[i].use & Sense::kDemonym) == 0 || names[i].asked;
    if (place) assembler.add(names[i], verdict.number, verdict.place);
  }
  return {.places = assembler.take(), .countries = votes.scores()};
}

}  // namespace tidings::analyze
