#include "analyze/topics.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace tidings::analyze {
namespace {

constexpr std::array<std::string_view, 7> kLanguages = {"en", "de", "fr", "es", "it", "pt", "nl"};
constexpr std::size_t kTopicsMax = 4;     // of the top level
constexpr std::size_t kSubtopicsMax = 2;  // of each
constexpr std::size_t kEvidenceMax = 5;   // of each topic
constexpr float kTitleFactor = 2;
constexpr float kTagFactor = 8;  // a tag is an editor's word for it
constexpr double kScoreMin = 0.2;
constexpr double kSubtopicShareMin = 0.35;  // of its parent's evidence
constexpr float kSubtopicEvidenceMin = 2;

// Chosen by hand, not fitted: what makes a score of the evidence for a topic against all other
// evidence, and of how much there is.
constexpr double kBias = -1.0;
constexpr double kOddsFactor = 1.6;
constexpr double kAmountFactor = 0.7;

struct Found {
  std::string_view text;  // as it was first written
  std::span<const TableEntry> entries;
  float amount = 0;
};

float repeated(std::uint32_t count) {
  return 1 + std::log(static_cast<float>(count));
}

// Looks every stem and every pair of stems of a document up, each once.
class Lookup {
 public:
  Lookup(const Document& document, const TopicTable& table)
      : document_(document), table_(table), stems_(document.segments.stem_count()) {}

  std::vector<Found> run() {
    for (const text::Word& word : words()) count(word);
    for (const Stem& stem : stems_) add(stem);
    add_pairs();
    return std::move(found_);
  }

 private:
  struct Stem {
    const text::Word* first = nullptr;
    std::uint32_t hash = 0;
    std::uint32_t count = 0;
  };

  std::span<const text::Word> words() const { return document_.segments.words(); }
  std::uint32_t stem_of(const text::Word& word) const {
    return document_.segments.forms()[word.form].stem;
  }
  bool is_in_title(const text::Word& word) const { return word.end <= document_.title_end; }

  void count(const text::Word& word) {
    Stem& stem = stems_[stem_of(word)];
    if (stem.count++ > 0) return;
    stem.first = &word;
    stem.hash = topic_stem_hash(document_.language, document_.segments.stem(word));
  }

  void add(const Stem& stem) {
    if (stem.first == nullptr) return;
    const std::span<const TableEntry> entries = table_.find(stem.hash);
    if (entries.empty()) return;
    const float factor = is_in_title(*stem.first) ? kTitleFactor : 1;
    found_.push_back({.text = document_.segments.written(*stem.first),
                      .entries = entries,
                      .amount = repeated(stem.count) * factor});
  }

  void add_pairs() {
    for (std::size_t i = 1; i < words().size(); ++i) {
      const text::Word &before = words()[i - 1], &word = words()[i];
      if (before.sentence != word.sentence) continue;
      const std::span<const TableEntry> entries =
          table_.find(topic_pair_hash(stems_[stem_of(before)].hash, stems_[stem_of(word)].hash));
      if (!entries.empty()) add_pair(before, word, entries);
    }
  }

  // A pair that comes again adds little: it is looked for among the pairs, of which there are few.
  void add_pair(const text::Word& before, const text::Word& word,
                std::span<const TableEntry> entries) {
    for (Pair& pair : pairs_) {
      if (pair.entries != entries.data()) continue;
      Found& found = found_[pair.found];
      found.amount += 1.0F / static_cast<float>(++pair.count);
      return;
    }
    if (pairs_.size() >= kPairsMax) return;
    pairs_.push_back({.entries = entries.data(), .found = found_.size(), .count = 1});
    found_.push_back(
        {.text = document_.segments.text().substr(before.begin, word.end - before.begin),
         .entries = entries,
         .amount = is_in_title(word) ? kTitleFactor : 1});
  }

  struct Pair {
    const TableEntry* entries = nullptr;
    std::size_t found = 0;
    std::uint32_t count = 0;
  };
  static constexpr std::size_t kPairsMax = 200;

  const Document& document_;
  const TopicTable& table_;
  std::vector<Stem> stems_;
  std::vector<Found> found_;
  std::vector<Pair> pairs_;
};

void add_tags(std::span<const std::string> categories, const TopicTable& table,
              std::vector<Found>& found) {
  for (const std::string& category : categories) {
    const std::span<const TableEntry> entries = table.find(topic_tag_hash(category));
    if (!entries.empty())
      found.push_back({.text = category, .entries = entries, .amount = kTagFactor});
  }
}

float weight_of(const Found& found, const TableEntry& entry) {
  return found.amount * static_cast<float>(entry.weight) / kTopicWeightSteps;
}

std::vector<float> sums_of(std::span<const Found> found, std::size_t topic_count) {
  std::vector<float> sums(topic_count, 0);
  for (const Found& one : found) {
    for (const TableEntry& entry : one.entries) sums[entry.topic] += weight_of(one, entry);
  }
  return sums;
}

std::vector<Evidence> evidence_for(std::size_t topic, std::span<const Found> found) {
  std::vector<Evidence> evidence;
  for (const Found& one : found) {
    for (const TableEntry& entry : one.entries) {
      if (entry.topic != topic) continue;
      evidence.push_back(
          {.text = std::string(one.text), .weight = static_cast<double>(weight_of(one, entry))});
    }
  }
  std::sort(evidence.begin(), evidence.end(), [](const Evidence& a, const Evidence& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.text < b.text;
  });
  if (evidence.size() > kEvidenceMax) evidence.resize(kEvidenceMax);
  return evidence;
}

double probability(double evidence, double all) {
  if (evidence <= 0) return 0;
  const double odds = evidence / (all - evidence + 1);
  const double logit =
      kBias + kOddsFactor * std::log(odds) + kAmountFactor * std::log(1 + evidence);
  return 1 / (1 + std::exp(-logit));
}

// Places in the table of the topics with `parent` (a top-level topic's own place for the top
// level), most evidence first.
template <class Belongs>
std::vector<std::size_t> ranked(const TopicTable& table, const std::vector<float>& sums,
                                Belongs belongs) {
  std::vector<std::size_t> places;
  for (std::size_t topic = 0; topic < sums.size(); ++topic) {
    if (sums[topic] > 0 && belongs(topic, table.topics()[topic].parent)) places.push_back(topic);
  }
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return sums[a] != sums[b] ? sums[a] > sums[b] : a < b;
  });
  return places;
}

class Answer {
 public:
  Answer(const TopicTable& table, std::span<const Found> found)
      : table_(table), found_(found), sums_(sums_of(found, table.topics().size())) {}

  std::vector<TopicScore> run() {
    const std::vector<std::size_t> top = ranked(
        table_, sums_, [](std::size_t topic, std::size_t parent) { return topic == parent; });
    double all = 0;
    for (const std::size_t topic : top) all += static_cast<double>(sums_[topic]);
    for (std::size_t i = 0; i < std::min(top.size(), kTopicsMax); ++i) {
      const double score = probability(static_cast<double>(sums_[top[i]]), all);
      if (score < kScoreMin) break;
      add(top[i], score);
      add_subtopics(top[i], score);
    }
    return std::move(scores_);
  }

 private:
  void add(std::size_t topic, double score) {
    scores_.push_back({.code = fmt::format("medtop:{:08}", table_.topics()[topic].code),
                       .label = std::string(table_.topics()[topic].label),
                       .score = score,
                       .evidence = evidence_for(topic, found_)});
  }

  void add_subtopics(std::size_t top, double score) {
    const std::vector<std::size_t> places =
        ranked(table_, sums_, [&](std::size_t topic, std::size_t parent) {
          return topic != top && parent == top && sums_[topic] >= kSubtopicEvidenceMin;
        });
    for (std::size_t i = 0; i < std::min(places.size(), kSubtopicsMax); ++i) {
      const double share =
          std::min(1.0, static_cast<double>(sums_[places[i]]) / static_cast<double>(sums_[top]));
      if (share >= kSubtopicShareMin) add(places[i], score * share);
    }
  }

  const TopicTable& table_;
  std::span<const Found> found_;
  std::vector<float> sums_;
  std::vector<TopicScore> scores_;
};

}  // namespace

bool has_topics(std::string_view language) {
  return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
}

std::vector<TopicScore> topics(const Document& document, std::span<const std::string> categories) {
  return topics_by(TopicTable::shipped(), document, categories);
}

std::vector<TopicScore> topics_by(const TopicTable& table, const Document& document,
                                  std::span<const std::string> categories) {
  std::vector<Found> found;
  if (has_topics(document.language)) found = Lookup(document, table).run();
  add_tags(categories, table, found);
  return Answer(table, found).run();
}

}  // namespace tidings::analyze
