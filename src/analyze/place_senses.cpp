#include "analyze/place_senses.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <unordered_map>

namespace tidings::analyze {
namespace {

constexpr std::size_t kSensesMax = 40;   // of a name; more are smaller villages
constexpr std::size_t kAnchorsMax = 12;  // places that nearness is measured to
constexpr std::size_t kGroupsToMeasure =
    300;  // a text with more names is a list: nearness says nothing
constexpr int kRounds = 2;
constexpr double kCountryWeight =
    2.5;  // what the other evidence for its country adds, in tenfold populations
constexpr double kAdmin1Weight = 2.5;
constexpr double kNearWeight = 1.5;
constexpr double kSecondaryLoss = 2;
constexpr double kNear_km = 150;

struct Option {
  std::uint32_t place = 0;
  std::uint8_t use = 0;
  GazetteerPlace about;
  double share = 0;  // of those who live in places of the name
};

// All mentions of a name.
struct Group {
  std::vector<Option> options;
  double weight = 0;  // what its place says about the article
  std::size_t chosen = 0;
  bool pinned = false;
  double coherence = 0;
};

double weight_of(const Option& option) {
  if ((option.use & Sense::kDemonym) != 0) return 0.8;
  switch (option.about.kind) {
    case PlaceKind::Country:
    case PlaceKind::Admin1:
    case PlaceKind::Admin2:
      return 1;
    default:
      return 0.8;
  }
}

double distance_km(const GazetteerPlace& one, const GazetteerPlace& other) {
  constexpr double kDegree_km = 111.2;
  const double middle = (one.latitude + other.latitude) / 2 * std::numbers::pi / 180;
  double across = std::abs(one.longitude - other.longitude);
  if (across > 180) across = 360 - across;
  return kDegree_km * std::hypot(one.latitude - other.latitude, across * std::cos(middle));
}

class Chooser {
 public:
  Chooser(const Document& document, std::span<const PlaceName> names,
          std::span<const double> standings, const CountryWeights& hints)
      : text_(document.segments.text()),
        names_(names),
        standings_(standings),
        hints_(hints),
        admin1_(1 << 12) {}

  std::vector<ChosenSense> choose() {
    chosen_.resize(names_.size());
    group_names();
    for (std::size_t i = 0; i + 1 < names_.size(); ++i) qualify(i);
    weigh(/*by_importance=*/true);
    for (int round = 0; round < kRounds; ++round) {
      find_anchors();
      for (Group& group : groups_) decide(group);
      weigh(/*by_importance=*/false);
    }
    for (std::size_t i = 0; i < names_.size(); ++i) conclude(i);
    return std::move(chosen_);
  }

 private:
  static constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;

  void group_names() {
    std::unordered_map<const void*, std::uint32_t> known;
    group_of_.assign(names_.size(), kNoGroup);
    std::vector<std::uint32_t> counts;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const Senses& senses = names_[i].senses;
      if (senses.empty()) continue;
      const auto [at, fresh] =
          known.try_emplace(senses.identity(), static_cast<std::uint32_t>(groups_.size()));
      if (fresh) {
        groups_.push_back(make_group(senses, names_[i].asked));
        counts.push_back(0);
      }
      group_of_[i] = at->second;
      // A name that is hardly a place is hardly evidence.
      const double belief = names_[i].asked || standings_[i] > 0 ? 1
                            : standings_[i] < -1                 ? 0.1
                                                                 : 0.6;
      groups_[at->second].weight = std::max(groups_[at->second].weight, belief);
      ++counts[at->second];
    }
    for (std::size_t i = 0; i < groups_.size(); ++i)
      groups_[i].weight *= 1 + 0.3 * std::log(counts[i]);
  }

  Group make_group(const Senses& senses, bool asked) const {
    Group group;
    const std::size_t count = std::min(senses.size(), kSensesMax);
    for (std::size_t i = 0; i < count; ++i) {
      const Sense sense = senses[i];
      if (sense.is(Sense::kAbbreviation) && !asked) continue;
      group.options.push_back(
          {.place = sense.place, .use = sense.use, .about = gazetteer_.place(sense.place)});
    }
    double sum = 0;
    for (Option& option : group.options)
      sum += option.share = std::pow(10.0, option.about.importance);
    for (Option& option : group.options) option.share /= sum;
    return group;
  }

  // "Ontario, Calif.", "Paris (Texas)": the second says where the first is.
  void qualify(std::size_t index) {
    const PlaceName& name = names_[index];
    const PlaceName& next = names_[index + 1];
    if (next.span.begin <= name.span.end || next.span.begin - name.span.end > 3) return;
    const std::string_view gap = text_.substr(name.span.end, next.span.begin - name.span.end);
    if (gap != ", " && gap != " (" && gap != ",") return;
    for (std::size_t of_next = 0; of_next < std::min(next.senses.size(), kSensesMax); ++of_next) {
      const Sense region = next.senses[of_next];
      if (region.is(Sense::kDemonym)) continue;
      const GazetteerPlace around = gazetteer_.place(region.place);
      if (around.kind != PlaceKind::Country && around.kind != PlaceKind::Admin1 &&
          around.kind != PlaceKind::Admin2)
        continue;
      if (!pin(index, around)) continue;
      chosen_[index + 1] = {.place = region.place, .use = region.use, .qualified = true};
      return;
    }
  }

  bool pin(std::size_t index, const GazetteerPlace& around) {
    const Senses& senses = names_[index].senses;
    for (std::size_t i = 0; i < senses.size(); ++i) {
      const Sense sense = senses[i];
      const GazetteerPlace place = gazetteer_.place(sense.place);
      const bool small = place.kind == PlaceKind::City || place.kind == PlaceKind::Admin2;
      if (!small || sense.is(Sense::kAbbreviation) || sense.is(Sense::kDemonym) ||
          place.country != around.country)
        continue;
      if (around.kind != PlaceKind::Country && place.admin1 != around.admin1) continue;
      chosen_[index] = {.place = sense.place, .use = sense.use, .qualified = true};
      pin_group(group_of_[index],
                {.place = sense.place, .use = sense.use, .about = place, .share = 1});
      return true;
    }
    return false;
  }

  // The name means the same where it stands alone.
  void pin_group(std::uint32_t number, const Option& option) {
    if (number == kNoGroup || groups_[number].pinned) return;
    Group& group = groups_[number];
    group.options = {option};
    group.pinned = true;
    group.weight *= 1.5;
  }

  void weigh(bool by_importance) {
    by_importance_ = by_importance;
    countries_ = hints_;
    std::ranges::fill(admin1_, 0.0);
    total_ = 0;
    for (const double hint : hints_) total_ += hint;
    for (const Group& group : groups_) {
      add_own(group, 1);
      total_ += group.weight;
    }
  }

  // What the group itself says, added (1) or taken away (-1).
  void add_own(const Group& group, double sign) {
    if (group.options.empty()) return;
    if (!by_importance_) return add(group.options[group.chosen], sign * group.weight);
    for (const Option& option : group.options) add(option, sign * group.weight * option.share);
  }

  void add(const Option& option, double weight) {
    weight *= weight_of(option);
    countries_[option.about.country] += weight;
    if (option.about.admin1 < admin1_.size()) admin1_[option.about.admin1] += weight;
  }

  // The places that nearness counts from: those that nothing else could be, then those that are
  // named most.
  void find_anchors() {
    anchors_.clear();
    if (groups_.size() > kGroupsToMeasure) return;
    std::vector<const Group*> sorted;
    for (const Group& group : groups_)
      if (!group.options.empty() && group.options[group.chosen].about.kind != PlaceKind::Country &&
          group.options[group.chosen].about.kind != PlaceKind::Region)
        sorted.push_back(&group);
    const std::size_t count = std::min(sorted.size(), kAnchorsMax);
    std::ranges::partial_sort(
        sorted, sorted.begin() + static_cast<std::ptrdiff_t>(count),
        [](const Group* a, const Group* b) {
          const double left = a->weight / static_cast<double>(a->options.size());
          const double right = b->weight / static_cast<double>(b->options.size());
          return left > right;
        });
    sorted.resize(count);
    for (const Group* group : sorted)
      anchors_.push_back({group, group->options[group->chosen].about});
  }

  double nearness(const Group& group, const GazetteerPlace& place) const {
    double nearest = 1e9;
    if (anchors_.empty()) return 0;
    for (const auto& [other, anchor] : anchors_)
      if (other != &group && std::abs(anchor.latitude - place.latitude) < 6)
        nearest = std::min(nearest, distance_km(anchor, place));
    return std::exp(-nearest / kNear_km);
  }

  void decide(Group& group) {
    if (group.options.empty()) return;
    add_own(group, -1);
    const double others = std::max(0.0, total_ - group.weight) + 1;
    double best = -1e9;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < group.options.size(); ++i) {
      const Option& option = group.options[i];
      const double country =
          option.about.country == 0 ? 0 : countries_[option.about.country] / others;
      const double admin1 = option.about.admin1 == 0 ? 0 : admin1_[option.about.admin1] / others;
      const bool local =
          option.about.kind != PlaceKind::Country && option.about.kind != PlaceKind::Region;
      double score = option.about.importance + kCountryWeight * country + kAdmin1Weight * admin1;
      if (local && group.options.size() > 1) score += kNearWeight * nearness(group, option.about);
      if ((option.use & Sense::kSecondary) != 0) score -= kSecondaryLoss;
      if (score <= best) continue;
      best = score;
      chosen = i;
      group.coherence = country + admin1;
    }
    group.chosen = chosen;
    add_own(group, 1);
  }

  void conclude(std::size_t index) {
    ChosenSense& sense = chosen_[index];
    if (sense.qualified || group_of_[index] == kNoGroup) return;
    const Group& group = groups_[group_of_[index]];
    if (group.options.empty()) return;
    const Option& option = group.options[group.chosen];
    sense = {.place = option.place,
             .use = option.use,
             .qualified = group.pinned,
             .coherence = group.coherence};
  }

  std::string_view text_;
  std::span<const PlaceName> names_;
  std::span<const double> standings_;
  const CountryWeights& hints_;
  Gazetteer gazetteer_;
  std::vector<ChosenSense> chosen_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_;
  CountryWeights countries_{};
  std::vector<double> admin1_;
  std::vector<std::pair<const Group*, GazetteerPlace>> anchors_;
  double total_ = 0;
  bool by_importance_ = true;  // before anything is chosen, a name counts for all that have it
};

}  // namespace

std::vector<ChosenSense> choose_senses(const Document& document, std::span<const PlaceName> names,
                                       std::span<const double> standings,
                                       const CountryWeights& hints) {
  return Chooser(document, names, standings, hints).choose();
}

}  // namespace tidings::analyze
