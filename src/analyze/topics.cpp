#include "analyze/topics.h"

#include <algorithm>

#include <fmt/format.h>

namespace tidings::analyze {
namespace {

constexpr std::size_t kTopicsMax = 4;     // of the top level
constexpr std::size_t kSubtopicsMax = 2;  // of each
constexpr std::size_t kEvidenceMax = 5;   // of each topic
constexpr double kScoreMin = 0.2;
constexpr double kSubtopicShareMin = 0.35;  // of its parent's evidence
constexpr float kSubtopicEvidenceMin = 2;

std::vector<Evidence> evidence_for(std::size_t topic, std::span<const TopicTerm> found) {
  std::vector<Evidence> evidence;
  for (const TopicTerm& one : found) {
    for (const TableEntry& entry : one.entries) {
      if (entry.topic != topic) continue;
      evidence.push_back(
          {.text = std::string(one.text), .weight = static_cast<double>(one.weight(entry))});
    }
  }
  std::sort(evidence.begin(), evidence.end(), [](const Evidence& a, const Evidence& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.text < b.text;
  });
  if (evidence.size() > kEvidenceMax) evidence.resize(kEvidenceMax);
  return evidence;
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
  Answer(const TopicTable& table, std::span<const TopicTerm> found)
      : table_(table), found_(found), sums_(topic_sums(found, table.topics().size())) {}

  std::vector<TopicScore> run() {
    const std::vector<std::size_t> top = ranked(
        table_, sums_, [](std::size_t topic, std::size_t parent) { return topic == parent; });
    double all = 0;
    for (const std::size_t topic : top) all += static_cast<double>(sums_[topic]);
    for (std::size_t i = 0; i < std::min(top.size(), kTopicsMax); ++i) {
      const double score =
          topic_probability(table_.scoring().top, static_cast<double>(sums_[top[i]]), all);
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
      const auto all = static_cast<double>(sums_[top]);
      const auto evidence = std::min(static_cast<double>(sums_[places[i]]), all);
      if (evidence < kSubtopicShareMin * all) break;
      add(places[i], score * topic_probability(table_.scoring().second, evidence, all));
    }
  }

  const TopicTable& table_;
  std::span<const TopicTerm> found_;
  std::vector<float> sums_;
  std::vector<TopicScore> scores_;
};

}  // namespace

std::vector<TopicScore> topics(const Document& document, std::span<const std::string> categories,
                               const TopicTable* learned) {
  return topics_by({.shipped = TopicTable::shipped(), .learned = learned}, document, categories);
}

std::vector<TopicScore> topics_by(const TopicTables& tables, const Document& document,
                                  std::span<const std::string> categories) {
  const std::vector<TopicTerm> found = find_topic_terms(tables, document, categories);
  return Answer(tables.shipped, found).run();
}

}  // namespace tidings::analyze
