#include "analyze/place_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "text/lower.h"

namespace tidings::analyze {
namespace {

using text::Form;

constexpr double kAdjective = 0.8;
constexpr double kCue = 0.5;
constexpr double kCuesMax = 2;  // however many there are
constexpr double kPublisher = 1.5;
constexpr double kDomain = 1;
constexpr std::size_t kStemBytesMin = 4;
constexpr std::size_t kEndingBytesMax = 4;

std::uint8_t country_of(const Senses& senses, std::uint8_t wanted) {
  const Gazetteer gazetteer;
  for (std::size_t i = 0; i < senses.size(); ++i)
    if ((senses[i].use & wanted) == wanted) return gazetteer.place(senses[i].place).country;
  return 0;
}

// A word itself, or the longest known stem that it begins with.
std::uint8_t country_of_adjective(std::string_view word) {
  const Gazetteer gazetteer;
  std::array<NameHash, 64> hashes;
  if (word.size() >= hashes.size() || word.size() < kStemBytesMin) return 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    hashes[i + 1] = hashes[i];
    hashes[i + 1].add(word.substr(i, 1));
  }
  if (const std::uint8_t country =
          country_of(gazetteer.find(word, hashes[word.size()]), Sense::kDemonym))
    return country;
  const std::size_t shortest =
      std::max(kStemBytesMin, word.size() - std::min(word.size(), kEndingBytesMax));
  for (std::size_t size = word.size(); size >= shortest; --size) {
    const std::uint8_t country = country_of(gazetteer.find(word.substr(0, size), hashes[size]),
                                            Sense::kDemonym | Sense::kStem);
    if (country != 0) return country;
  }
  return 0;
}

bool has_small_adjectives(std::string_view language) {
  constexpr auto kLanguages = std::to_array<std::string_view>({"de", "fr", "es", "it", "pt", "nl"});
  return std::ranges::find(kLanguages, language) != kLanguages.end();
}

// "The Boston Globe": the most important place that one to three of its words name.
void add_publisher(std::string_view publisher, CountryWeights& weights) {
  const std::string lowered = text::lower(publisher.substr(0, 100));
  double best = 0;
  std::uint8_t country = 0;
  const Gazetteer gazetteer;
  for (std::size_t begin = 0; begin < lowered.size(); ++begin) {
    if (begin != 0 && lowered[begin - 1] != ' ') continue;
    std::size_t end = begin;
    for (int words = 0; words < 3 && end != std::string::npos; ++words) {
      end = lowered.find(' ', end + 1);
      const Senses senses = gazetteer.find(std::string_view(lowered).substr(begin, end - begin));
      if (senses.empty() || senses[0].is(Sense::kAbbreviation) || senses[0].is(Sense::kDoubtful))
        continue;
      const GazetteerPlace place = gazetteer.place(senses[0].place);
      if (place.importance <= best) continue;
      best = place.importance;
      country = place.country;
    }
  }
  if (country != 0) weights[country] += kPublisher;
}

// "https://example.co.uk/a": GB. Domains that everyone uses say nothing.
void add_domain(std::string_view url, CountryWeights& weights) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return;
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  const std::size_t point = host.rfind('.');
  if (point == std::string_view::npos || host.size() - point != 3) return;
  std::string code(host.substr(point + 1));
  for (char& letter : code) letter = static_cast<char>(letter & ~0x20);
  constexpr auto kOfEveryone =
      std::to_array<std::string_view>({"TV", "IO", "ME", "CO", "AI", "FM", "LY", "TO", "CC", "WS"});
  if (std::ranges::find(kOfEveryone, code) != kOfEveryone.end()) return;
  if (code == "UK") code = "GB";
  if (const std::uint8_t country = Gazetteer().country_number(code)) weights[country] += kDomain;
}

void add_cues(const Document& document, CountryWeights& weights) {
  const Gazetteer gazetteer;
  CountryWeights cues{};
  for (const Form& form : document.segments.forms())
    if (const std::uint8_t country = gazetteer.country_of_cue(form.lower)) cues[country] += kCue;
  for (std::size_t i = 0; i < cues.size(); ++i) weights[i] += std::min(cues[i], kCuesMax);
}

}  // namespace

std::vector<CountryWord> country_adjectives(const Document& document) {
  std::vector<CountryWord> found;
  if (!has_small_adjectives(document.language)) return found;
  for (const Form& form : document.segments.forms())
    if (const std::uint8_t country = country_of_adjective(form.lower))
      found.push_back({.country = country,
                       .word = form.lower,
                       .weight = kAdjective * (1 + 0.3 * std::log(form.count))});
  return found;
}

CountryWeights countries_of_hints(const Document& document, std::string_view publisher,
                                  std::string_view url) {
  CountryWeights weights{};
  if (document.language == "en") add_cues(document, weights);
  add_publisher(publisher, weights);
  add_domain(url, weights);
  return weights;
}

}  // namespace tidings::analyze
