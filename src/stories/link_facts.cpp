#include "stories/link_facts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <functional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "core/hash.h"
#include "core/utf8.h"
#include "stories/link_numbers.h"
#include "text/date_names.h"
#include "text/segments.h"

namespace tidings::stories {
namespace {

constexpr double kPerson = 1.6, kOrganization = 1.3, kThing = 1, kPlace = 1.2, kName = 0.6;
constexpr double kDate = 0.8;
constexpr std::size_t kNameLetters = 4;

double weight_of(const WrittenNumber& number) {
  constexpr std::array<double, 4> kWhole = {0, 0.3, 0.8, 1.3}, kFraction = {0, 0.3, 1, 1.5};
  const auto digits = static_cast<std::size_t>(std::clamp(number.digits, 0, 3));
  return number.has_fraction ? kFraction[digits] : kWhole[digits];
}

// By key, each once.
class Facts {
 public:
  void add(FactKind kind, std::string_view what, std::string_view text, double weight) {
    const auto key =
        static_cast<std::uint32_t>(hash64(fmt::format("{} {}", static_cast<int>(kind), what)));
    if (weight > 0 && seen_.insert(key).second)
      facts_.push_back({.kind = kind,
                        .key = key,
                        .text = std::string(utf8_prefix(text, kFactTextBytesMax)),
                        .weight = static_cast<float>(weight)});
  }
  // The weightiest, of equals those that were added first, in the order of adding.
  std::vector<LinkFact> take() {
    if (facts_.size() > kFactsOfArticleMax) {
      std::vector<float> weights;
      weights.reserve(facts_.size());
      for (const LinkFact& fact : facts_) weights.push_back(fact.weight);
      std::ranges::nth_element(weights, weights.begin() + kFactsOfArticleMax, std::greater<>());
      const float least = weights[kFactsOfArticleMax];
      auto room =
          static_cast<std::ptrdiff_t>(kFactsOfArticleMax) -
          std::ranges::count_if(facts_, [&](const LinkFact& each) { return each.weight > least; });
      std::erase_if(facts_, [&](const LinkFact& each) {
        return each.weight < least || (each.weight == least && room-- <= 0);
      });
    }
    return std::move(facts_);
  }

 private:
  std::vector<LinkFact> facts_;
  std::unordered_set<std::uint32_t> seen_;
};

// Places of one country say partly the same (often one is the country): of n, each counts for
// (n + 1) / 2n of a place.
void add_entities(const Analysis& analysis, Facts& facts) {
  for (const Entity& entity : analysis.entities) {
    switch (entity.type) {
      case EntityType::Person:
        facts.add(FactKind::Person, entity.id, entity.text, kPerson);
        break;
      case EntityType::Organization:
        facts.add(FactKind::Organization, entity.id, entity.text, kOrganization);
        break;
      case EntityType::Product:
      case EntityType::Event:
        facts.add(FactKind::Thing, entity.id, entity.text, kThing);
        break;
      case EntityType::Place:
        break;
    }
  }
  for (const Place& place : analysis.places) {
    const auto near = static_cast<double>(
        std::count_if(analysis.places.begin(), analysis.places.end(),
                      [&](const Place& each) { return each.country == place.country; }));
    facts.add(FactKind::Place, place.name + "|" + place.country, place.text,
              kPlace * (1 + near) / (2 * near));
  }
}

void add_names(const text::Segments& segments, Facts& facts) {
  for (const text::Word& word : segments.words()) {
    const bool is_name = word.letters == text::Letters::Capitalized ||
                         word.letters == text::Letters::Upper ||
                         word.letters == text::Letters::Mixed;
    const text::FoldedWord folded(segments.written(word));
    if (is_name && folded.view().size() >= kNameLetters)
      facts.add(FactKind::Name, folded.view(), segments.written(word), kName);
  }
}

bool is_near(const WrittenNumber& day, Time published) {
  using namespace std::chrono;
  const sys_days today = floor<days>(published);
  for (int off = -1; off <= 1; ++off) {
    const year_month_day date(today + days(off));
    if (static_cast<unsigned>(date.month()) == static_cast<unsigned>(day.month) &&
        static_cast<unsigned>(date.day()) == static_cast<unsigned>(day.value))
      return true;
  }
  return false;
}

void add_numbers(std::string_view document, std::string_view language, Time published,
                 Facts& facts) {
  for (const WrittenNumber& number : numbers_of(document, language)) {
    if (number.month > 0) {
      if (is_near(number, published)) continue;
      facts.add(FactKind::Date, fmt::format("{}-{}", number.month, number.value), number.text,
                kDate);
      continue;
    }
    const bool is_year = !number.has_fraction && number.value >= 1990 && number.value <= 2035;
    if (!is_year)
      facts.add(FactKind::Number, fmt::format("{:.10g}", number.value), number.text,
                weight_of(number));
  }
}

}  // namespace

void save(const LinkFact& fact, ByteWriter& out) {
  out.add(static_cast<std::uint8_t>(fact.kind));
  out.add(fact.key);
  out.add(std::string_view(fact.text));
  out.add(fact.weight);
}

Result<LinkFact> restore_fact(ByteReader& in) {
  const auto kind = TRY(in.number<std::uint8_t>());
  if (kind > static_cast<std::uint8_t>(FactKind::Date)) return corrupt("an unknown kind of fact");
  LinkFact fact{.kind = static_cast<FactKind>(kind)};
  fact.key = TRY(in.number<std::uint32_t>());
  fact.text = TRY(in.text());
  fact.weight = TRY(in.number<float>());
  if (fact.text.size() > kFactTextBytesMax) return corrupt("a fact of too long a text was kept");
  return fact;
}

LinkFacts link_facts(const text::Segments& segments, std::string_view language, Time published,
                     const Analysis& analysis) {
  Facts facts;
  add_entities(analysis, facts);
  add_numbers(segments.text(), language, published, facts);
  add_names(segments, facts);
  LinkFacts found{.language = std::string(language), .published = published, .facts = facts.take()};
  for (const TopicScore& topic : analysis.topics)
    found.topics.push_back({.code = topic.code, .label = {}, .score = topic.score});
  return found;
}

}  // namespace tidings::stories
