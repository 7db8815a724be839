#include "analyze/topic_learner.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "analyze/topics.h"
#include "core/hash.h"
#include "core/strings.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kTopicArticlesMin = 20;
constexpr std::size_t kTagArticlesMin = 10, kWordArticlesMin = 8;
constexpr double kDisagreementMax = 0.25;
constexpr double kSurpriseMin = 15;
constexpr double kSureScore = 0.6;   // of the shipped words, to be believed
constexpr double kWordFactor = 0.6;  // a learned word is believed less than a listed one
constexpr double kWordWeightMax = 1.6;
constexpr std::size_t kWordBytesMin = 4, kTextBytesMax = 64;

// Whether `agreeing` of `count` is surprising where `share` was to be expected.
double surprise(double agreeing, double count, double share) {
  const double rest = count - agreeing;
  const double expected = count * share;
  if (agreeing <= expected) return 0;
  double sum = agreeing * std::log(agreeing / expected);
  if (rest > 0) sum += rest * std::log(rest / (count - expected));
  return 2 * sum;
}

// A share that is never 0: that all agreed so far is no promise.
double disagreement(std::size_t agreeing, std::size_t count) {
  return (static_cast<double>(count - agreeing) + 1) / (static_cast<double>(count) + 2);
}

// The one top-level topic that `entries` speak for.
std::optional<std::uint8_t> top_topic(std::span<const TableEntry> entries) {
  std::optional<std::uint8_t> top;
  for (const TableEntry& entry : entries) {
    if (TopicTable::shipped().topics()[entry.topic].parent != entry.topic) continue;
    if (top) return std::nullopt;
    top = entry.topic;
  }
  return top;
}

std::string code_of(std::size_t place) {
  return fmt::format("medtop:{:08}", TopicTable::shipped().topics()[place].code);
}

std::optional<std::uint8_t> place_of(std::string_view code) {
  for (std::size_t place = 0; place < TopicTable::shipped().topics().size(); ++place) {
    if (code_of(place) == code) return static_cast<std::uint8_t>(place);
  }
  return std::nullopt;
}

// Collects votes that must all be for one topic.
class Unanimous {
 public:
  void vote(std::uint8_t topic) {
    is_split_ = is_split_ || (topic_ && *topic_ != topic);
    topic_ = topic;
  }
  std::uint8_t topic_or(std::uint8_t none) const { return topic_ && !is_split_ ? *topic_ : none; }

 private:
  std::optional<std::uint8_t> topic_;
  bool is_split_ = false;
};

bool is_word_to_learn(const text::Word& word, std::string_view lower) {
  return word.letters != text::Letters::Number && lower.size() >= kWordBytesMin &&
         lower.size() <= kTextBytesMax;
}

}  // namespace

// How many articles with a term are about each topic.
struct TopicLearner::Tally {
  std::vector<std::uint32_t> by_topic =
      std::vector<std::uint32_t>(TopicTable::shipped().topics().size(), 0);
  std::size_t all = 0;

  void count(std::uint8_t topic) {
    ++by_topic[topic];
    ++all;
  }
  std::uint8_t most() const {
    return static_cast<std::uint8_t>(std::max_element(by_topic.begin(), by_topic.end()) -
                                     by_topic.begin());
  }
  double share_of(std::uint8_t topic) const {
    return static_cast<double>(by_topic[topic]) / static_cast<double>(all);
  }
};

struct TopicLearner::Tallies {
  Tally base;  // of all articles
  std::unordered_map<std::uint32_t, Tally> of_terms;
};

struct TopicLearner::Learning {
  std::vector<std::uint8_t> topic_of_term;
  LearnedTopics result;
  std::vector<TopicTable::Feature> features;
};

// 0 where too little is known, too few agree, or no more than by accident.
double TopicLearner::learned_weight(LearnedTerm::Kind kind, const Tally& tally, const Tally& base) {
  const bool is_tag = kind == LearnedTerm::Kind::Tag;
  if (tally.all < (is_tag ? kTagArticlesMin : kWordArticlesMin)) return 0;
  const std::uint8_t topic = tally.most();
  const double doubt = disagreement(tally.by_topic[topic], tally.all);
  const double share = base.share_of(topic);
  if (doubt > kDisagreementMax) return 0;
  if (surprise(tally.by_topic[topic], static_cast<double>(tally.all), share) < kSurpriseMin)
    return 0;
  if (is_tag) return 1 - 2 * doubt;
  return std::min(kWordFactor * std::log((1 - doubt) / share), kWordWeightMax);
}

void TopicLearner::add(const Document& document, std::span<const std::string> tags) {
  if (is_full()) return;
  const std::string_view title = document.segments.text().substr(0, document.title_end);
  if (!title.empty() && !titles_.insert(hash64(title)).second) return;
  Example example;
  Unanimous named;
  for (const std::string& tag : tags) {
    if (const auto topic = top_topic(TopicTable::shipped().find(topic_tag_hash(tag))))
      named.vote(*topic);
  }
  example.by_tags = named.topic_or(kNone);
  const std::vector<TopicScore> found = topics(document);
  if (!found.empty() && found.front().score >= kSureScore)
    example.by_words = place_of(found.front().code).value_or(kNone);
  std::unordered_set<std::uint32_t> seen;
  add_tags(tags, seen);
  if (document.language != "und") add_words(document, seen);
  example.terms_end = terms_of_examples_.size();
  examples_.push_back(example);
}

void TopicLearner::add_tags(std::span<const std::string> tags,
                            std::unordered_set<std::uint32_t>& seen) {
  for (const std::string& tag : tags) {
    const std::string_view text = trim(tag);
    if (text.empty() || text.size() > kTextBytesMax) continue;
    add_term(
        {.kind = LearnedTerm::Kind::Tag, .hash = topic_tag_hash(tag), .text = std::string(text)},
        seen);
  }
}

void TopicLearner::add_words(const Document& document, std::unordered_set<std::uint32_t>& seen) {
  const text::Segments& segments = document.segments;
  for (const text::Word& word : segments.words()) {
    if (!is_word_to_learn(word, segments.lower(word))) continue;
    add_term({.kind = LearnedTerm::Kind::Word,
              .hash = topic_stem_hash(document.language, segments.stem(word)),
              .text = std::string(segments.written(word)),
              .language = document.language},
             seen);
  }
}

void TopicLearner::add_term(Term term, std::unordered_set<std::uint32_t>& seen) {
  if (seen.size() >= kArticleTermsMax || !TopicTable::shipped().find(term.hash).empty()) return;
  if (!seen.insert(term.hash).second) return;
  const auto known = term_numbers_.find(term.hash);
  if (known != term_numbers_.end()) {
    terms_of_examples_.push_back(known->second);
  } else if (terms_.size() < kTermsMax) {
    const auto number = static_cast<std::uint32_t>(terms_.size());
    term_numbers_.emplace(term.hash, number);
    terms_of_examples_.push_back(number);
    terms_.push_back(std::move(term));
  }
}

std::span<const std::uint32_t> TopicLearner::terms_of(std::size_t example) const {
  const std::size_t begin = example == 0 ? 0 : examples_[example - 1].terms_end;
  return std::span(terms_of_examples_).subspan(begin, examples_[example].terms_end - begin);
}

// Of each example whose tags, the learned ones with them, name one topic; kNone for the others, and
// for topics with too few examples.
std::vector<std::uint8_t> TopicLearner::topics_by_all_tags(
    std::span<const std::uint8_t> topic_of_term) const {
  std::vector<std::uint8_t> topics;
  std::vector<std::size_t> counts(kNone + std::size_t{1}, 0);
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    Unanimous named;
    if (examples_[i].by_tags != kNone) named.vote(examples_[i].by_tags);
    for (const std::uint32_t term : terms_of(i)) {
      if (topic_of_term[term] != kNone) named.vote(topic_of_term[term]);
    }
    ++counts[topics.emplace_back(named.topic_or(kNone))];
  }
  for (std::uint8_t& topic : topics) {
    if (counts[topic] < kTopicArticlesMin) topic = kNone;
  }
  return topics;
}

// What is said of each term of a kind, where `topics` are those of the examples.
TopicLearner::Tallies TopicLearner::tally(LearnedTerm::Kind kind,
                                          std::span<const std::uint8_t> topics) const {
  Tallies tallies;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    if (topics[i] == kNone) continue;
    tallies.base.count(topics[i]);
    for (const std::uint32_t term : terms_of(i)) {
      if (terms_[term].kind == kind) tallies.of_terms[term].count(topics[i]);
    }
  }
  return tallies;
}

void TopicLearner::learn_kind(LearnedTerm::Kind kind, std::span<const std::uint8_t> topics,
                              Learning& learning) const {
  const Tallies tallies = tally(kind, topics);
  for (std::uint32_t number = 0; number < terms_.size(); ++number) {
    const auto tally = tallies.of_terms.find(number);
    if (tally == tallies.of_terms.end()) continue;
    const double weight = learned_weight(kind, tally->second, tallies.base);
    if (weight <= 0) continue;
    const std::uint8_t topic = tally->second.most();
    const long steps = std::lround(weight * static_cast<double>(kTopicWeightSteps));
    const Term& term = terms_[number];
    learning.topic_of_term[number] = topic;
    learning.features.push_back(
        {.hash = term.hash,
         .entries = {{.topic = topic, .weight = static_cast<std::uint8_t>(steps)}}});
    learning.result.terms.push_back({.kind = kind,
                                     .text = term.text,
                                     .language = term.language,
                                     .topic = code_of(topic),
                                     .articles = tally->second.all,
                                     .agreeing = tally->second.by_topic[topic],
                                     .weight = weight});
  }
}

LearnedTopics TopicLearner::learn() const {
  Learning learning{.topic_of_term = std::vector<std::uint8_t>(terms_.size(), kNone)};
  std::vector<std::uint8_t> topics;
  topics.reserve(examples_.size());
  for (const Example& example : examples_)
    topics.push_back(example.by_tags != kNone ? example.by_tags : example.by_words);
  learn_kind(LearnedTerm::Kind::Tag, topics, learning);
  topics = topics_by_all_tags(learning.topic_of_term);
  learning.result.tagged_articles = static_cast<std::size_t>(std::count_if(
      topics.begin(), topics.end(), [](std::uint8_t topic) { return topic != kNone; }));
  learn_kind(LearnedTerm::Kind::Word, topics, learning);
  std::sort(learning.features.begin(), learning.features.end(),
            [](const auto& a, const auto& b) { return a.hash < b.hash; });
  std::sort(learning.result.terms.begin(), learning.result.terms.end(),
            [](const LearnedTerm& a, const LearnedTerm& b) {
              return a.articles != b.articles ? a.articles > b.articles : a.text < b.text;
            });
  learning.result.table = TopicTable::write(TopicTable::shipped().topics(), learning.features);
  return std::move(learning.result);
}

}  // namespace tidings::analyze
