#include "weights.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "text/segments.h"
#include "text/stop_words.h"

namespace tidings::training {
namespace {

using analyze::TableEntry;

constexpr double kListCount = 12;  // a list's word counts as so many headlines
constexpr double kDoubt = 3;       // headlines, spread over all topics, that nobody has seen
constexpr double kTopLevelTopics = 17;
constexpr double kHeadlinesPerTopic = 300;  // what each topic's headlines are scaled to
constexpr double kScaleMax = 2;             // few headlines are not made many
constexpr double kWeightMin = 0.35;
constexpr double kSeenWeightMin = 1.3;  // a word that no list has must say more,
constexpr double kSeenFactor = 0.35;    // and is believed less
constexpr double kSeenMin = 4;          // headlines, for a word that no list has
constexpr double kHintFactor = 0.4;
constexpr double kTagWeight = 1;

std::uint8_t stored(double weight) {
  return static_cast<std::uint8_t>(
      std::clamp(std::lround(weight * static_cast<double>(analyze::kTopicWeightSteps)), 0L, 255L));
}

}  // namespace

TopicWeights::TopicWeights(const std::vector<ListedTopic>& topics) : topics_(topics) {
  for (std::size_t i = 0; i < topics.size(); ++i) places_[topics[i].code] = i;
}

Result<std::size_t> TopicWeights::place_of(std::uint32_t code, std::string_view term) const {
  const auto found = places_.find(code);
  if (found == places_.end())
    return invalid_input(fmt::format("{} is listed for {}, which is no topic", term, code));
  return found->second;
}

Result<void> TopicWeights::add_terms(std::string_view language,
                                     const std::vector<ListedTerm>& terms) {
  std::map<std::uint32_t, ListedForms> words_of_stem;
  for (const ListedTerm& term : terms) {
    const text::Segments segments = text::segment(term.term, language);
    const std::span<const text::Word> words = segments.words();
    if (words.empty() || words.size() > 2)
      return invalid_input(fmt::format("{}: \"{}\" is not one or two words", language, term.term));
    const std::size_t place = TRY(place_of(term.code, term.term));
    const std::uint32_t hash = analyze::topic_stem_hash(language, segments.stem(words[0]));
    if (words.size() == 1) {
      words_of_stem[hash][std::string(segments.lower(words[0]))][place] = term.is_hint;
    } else {
      const std::uint32_t second = analyze::topic_stem_hash(language, segments.stem(words[1]));
      counts_[analyze::topic_pair_hash(hash, second)].listed[place] = term.is_hint;
    }
  }
  for (const auto& [hash, forms] : words_of_stem) add_words(language, hash, forms);
  return {};
}

// Whether all of these forms speak for the same topics, more or less: "universe" and "university"
// do not.
bool TopicWeights::agree(const ListedForms& forms) const {
  std::set<std::size_t> common;
  bool is_first = true;
  for (const auto& [form, listed] : forms) {
    std::set<std::size_t> tops, both;
    for (const auto& [place, is_hint] : listed) tops.insert(places_.at(topics_[place].parent));
    std::set_intersection(common.begin(), common.end(), tops.begin(), tops.end(),
                          std::inserter(both, both.end()));
    common = is_first ? tops : both;
    is_first = false;
  }
  return !common.empty();
}

// Forms of a stem speak for each other, but for those that mean something else, and for words that
// mostly say nothing.
void TopicWeights::add_words(std::string_view language, std::uint32_t stem_hash,
                             const ListedForms& forms) {
  const text::StopWords stop_words(language);
  const bool is_one_word = agree(forms);
  for (const auto& [form, listed] : forms) {
    const bool by_stem = is_one_word && !stop_words.contains(form);
    Counts& counts = counts_[by_stem ? stem_hash : analyze::topic_form_hash(language, form)];
    for (const auto& [place, is_hint] : listed) {
      counts.listed[place] = is_hint;
      if (!is_one_word) counts_[stem_hash].listed[place] = true;  // forms that nobody listed
    }
  }
}

Result<void> TopicWeights::add_tags(const std::vector<ListedTerm>& tags) {
  for (const ListedTerm& tag : tags)
    tags_[analyze::topic_tag_hash(tag.term)] = TRY(place_of(tag.code, tag.term));
  return {};
}

void TopicWeights::add_headlines(std::string_view language,
                                 const std::vector<LabeledHeadline>& headlines) {
  std::map<std::uint32_t, double> sizes;
  for (const LabeledHeadline& headline : headlines) ++sizes[headline.code];
  for (const LabeledHeadline& headline : headlines) {
    const double scale = std::min(kScaleMax, kHeadlinesPerTopic / sizes[headline.code]);
    std::set<std::uint32_t> hashes;
    add_hashes(headline.text, language, hashes);
    for (const std::uint32_t hash : hashes) counts_[hash].seen[places_.at(headline.code)] += scale;
  }
}

// What stands for the words of a text, each once: a listed form for itself, the others by stem.
void TopicWeights::add_hashes(std::string_view text, std::string_view language,
                              std::set<std::uint32_t>& hashes) const {
  const text::Segments segments = text::segment(text, language);
  for (const text::Word& word : segments.words()) {
    const std::uint32_t form = analyze::topic_form_hash(language, segments.lower(word));
    hashes.insert(counts_.contains(form) ? form
                                         : analyze::topic_stem_hash(language, segments.stem(word)));
  }
}

// A top-level topic is hinted at where all that is listed below it is a hint.
std::map<std::size_t, bool> TopicWeights::listed_above(const Counts& counts) const {
  std::map<std::size_t, bool> above;
  for (const auto& [place, is_hint] : counts.listed) {
    const auto [known, is_new] = above.emplace(places_.at(topics_[place].parent), is_hint);
    if (!is_new) known->second = known->second && is_hint;
  }
  return above;
}

std::vector<TableEntry> TopicWeights::entries_of(const Counts& counts) const {
  const std::map<std::size_t, bool> above = listed_above(counts);
  std::map<std::size_t, double> top = counts.seen;
  for (const auto& [place, is_hint] : above) top[place] += kListCount;
  double all = kDoubt;
  for (const auto& [place, count] : top) all += count;
  const auto weight_of = [&](double count) {
    return std::log((count + kDoubt / kTopLevelTopics) / all * kTopLevelTopics);
  };
  std::vector<TableEntry> entries;
  const auto add = [&](std::size_t place, double weight) {
    entries.push_back({static_cast<std::uint8_t>(place), stored(weight)});
  };
  for (const auto& [place, count] : top) {
    const double weight = weight_of(count);
    if (const auto listed = above.find(place); listed != above.end()) {
      if (weight >= kWeightMin) add(place, weight * (listed->second ? kHintFactor : 1));
    } else if (count >= kSeenMin && weight >= kSeenWeightMin) {
      add(place, weight * kSeenFactor);
    }
  }
  for (const auto& [place, is_hint] : counts.listed) {
    if (topics_[place].parent == topics_[place].code) continue;
    const double weight = weight_of(top[places_.at(topics_[place].parent)]);
    if (weight >= kWeightMin) add(place, weight * (is_hint ? kHintFactor : 1));
  }
  return entries;
}

std::vector<analyze::TopicTable::Feature> TopicWeights::features() const {
  std::map<std::uint32_t, std::vector<TableEntry>> features;
  for (const auto& [hash, counts] : counts_) features[hash] = entries_of(counts);
  for (const auto& [hash, place] : tags_) {
    features[hash] = {{static_cast<std::uint8_t>(place), stored(kTagWeight)}};
    const std::size_t parent = places_.at(topics_[place].parent);
    if (parent != place)
      features[hash].push_back({static_cast<std::uint8_t>(parent), stored(kTagWeight)});
  }
  std::vector<analyze::TopicTable::Feature> kept;
  for (auto& [hash, entries] : features) {
    if (!entries.empty()) kept.push_back({.hash = hash, .entries = std::move(entries)});
  }
  return kept;
}

}  // namespace tidings::training
