#include "analyze/places.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "analyze/country_votes.h"
#include "analyze/place_evidence.h"
#include "analyze/place_names.h"
#include "analyze/place_senses.h"
#include "analyze/place_standing.h"
#include "text/stop_words.h"

namespace tidings::analyze {
namespace {

constexpr double kPlaceFrom = 2;        // what a name must come to, to be taken for a place
constexpr double kDoubtfulLoss = 2.2;   // "Reading"
constexpr double kQualifiedGain = 3;    // "Paris, Texas"
constexpr double kCoherenceGain = 1.5;  // the article is about where it lies
constexpr double kWordsGain = 0.8;      // of a name of several words
constexpr double kHamlet = 4;           // importance: ten thousand people
constexpr std::size_t kPlacesMax = 500;

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

double vote_of(const GazetteerPlace& place, const ChosenSense& sense) {
  if ((sense.use & Sense::kDemonym) != 0) return 0.8;
  return place.kind == PlaceKind::Country ? 1.2 : 1;
}

// A hamlet at the other end of the world is not what the article means: its place is one that no
// list has.
bool out_of_the_way(const ChosenSense& sense, const GazetteerPlace& place) {
  return place.kind == PlaceKind::City && place.importance < kHamlet && !sense.qualified &&
         sense.coherence < 0.1;
}

// A name as it was decided on.
struct Verdict {
  std::uint32_t number = ChosenSense::kNone;
  GazetteerPlace place;
  bool believed = false;
  bool only_country = false;  // a place that no list has: `place` is the country around it
};

class Assembler {
 public:
  explicit Assembler(const Document& document) : text_(document.segments.text()) {}

  void add(const PlaceName& name, const Verdict& verdict) {
    const std::string_view written = text_.substr(name.span.begin, name.span.end - name.span.begin);
    const auto key = std::pair(verdict.number, verdict.only_country ? written : std::string_view());
    const auto [at, fresh] = known_.try_emplace(key, places_.size());
    if (fresh) {
      if (places_.size() >= kPlacesMax && !name.asked) {
        known_.erase(at);
        return;
      }
      places_.push_back({.text = std::string(written),
                         .name = std::string(verdict.place.name),
                         .country = std::string(gazetteer_.country_code(verdict.place.country)),
                         .latitude = verdict.place.latitude,
                         .longitude = verdict.place.longitude});
    }
    places_[at->second].offsets.push_back(name.span);
  }

  std::vector<Place> take() { return std::move(places_); }

 private:
  std::string_view text_;
  Gazetteer gazetteer_;
  std::vector<Place> places_;
  std::map<std::pair<std::uint32_t, std::string_view>, std::size_t> known_;
};

std::vector<Verdict> verdicts(std::span<const PlaceName> names, std::span<const ChosenSense> senses,
                              std::span<const double> standing) {
  const Gazetteer gazetteer;
  std::vector<Verdict> found(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (senses[i].place == ChosenSense::kNone) continue;
    const GazetteerPlace place = gazetteer.place(senses[i].place);
    if (names[i].asked && out_of_the_way(senses[i], place)) continue;
    found[i] = {.number = senses[i].place,
                .place = place,
                .believed = believed(names[i], senses[i], place, standing[i])};
  }
  return found;
}

// "Smallplaceville", not "P", "the" or "2026".
bool looks_like_name(const Document& document, const PlaceName& name) {
  constexpr std::size_t kBytesMin = 3;
  const text::StopWords stop_words(document.language);
  const auto words =
      document.segments.words().subspan(name.first_word, name.end_word - name.first_word);
  return std::ranges::any_of(words, [&](const text::Word& word) {
    const std::uint32_t begin = std::max(word.begin, name.span.begin);
    const std::uint32_t end = std::min(word.end, name.span.end);
    return word.letters != text::Letters::Lower && word.letters != text::Letters::Number &&
           end >= begin + kBytesMin && !stop_words.contains(document.segments.lower(word));
  });
}

// Given places that no list has are most likely in the country that the article is about; more
// cannot be said of them.
void place_in_country(const Document& document, std::span<const PlaceName> names,
                      std::uint8_t country, std::vector<Verdict>& decided) {
  if (country == 0) return;
  const Gazetteer gazetteer;
  const std::uint32_t number = gazetteer.place_of_country(country);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].asked || decided[i].believed || !looks_like_name(document, names[i])) continue;
    decided[i] = {.number = number, .place = gazetteer.place(number), .only_country = true};
  }
}

}  // namespace

PlacesFound places(const Document& document, const PlaceHints& hints) {
  const std::vector<PlaceName> names = find_place_names(document, hints.mentions, hints.persons);
  const std::vector<double> standing = standings(
      document, names, {.persons = hints.persons, .places = hints.likely, .others = hints.others});
  const std::vector<CountryWord> adjectives = country_adjectives(document);
  CountryWeights weights = countries_of_hints(document, hints.publisher, hints.url);
  for (const CountryWord& adjective : adjectives) weights[adjective.country] += adjective.weight;
  const std::vector<ChosenSense> senses = choose_senses(document, names, standing, weights);

  std::vector<Verdict> decided = verdicts(names, senses, standing);
  CountryVotes votes(document, hints.explain);
  for (const CountryWord& adjective : adjectives) votes.add(adjective);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!decided[i].believed) continue;
    votes.add(decided[i].place.country, decided[i].number, names[i].span,
              vote_of(decided[i].place, senses[i]));
  }
  if (!hints.mentions.empty()) place_in_country(document, names, votes.most(weights), decided);

  Assembler assembler(document);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_place = (senses[i].use & Sense::kDemonym) == 0 || names[i].asked;
    if (is_place && (decided[i].believed || decided[i].only_country))
      assembler.add(names[i], decided[i]);
  }
  return {.places = assembler.take(), .countries = votes.scores()};
}

}  // namespace tidings::analyze
