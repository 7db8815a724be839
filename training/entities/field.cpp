#include "entities/field.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace tidings::training {
namespace {

using analyze::kTagCount;
using analyze::kTagWidth;
using analyze::may_follow;
using Row = std::array<double, kTagWidth>;

constexpr double kNever = -1e30;

double log_sum(const Row& values) {
  const double most = *std::max_element(values.begin(), values.begin() + kTagCount);
  double sum = 0;
  for (std::size_t tag = 0; tag < kTagCount; ++tag) sum += std::exp(values[tag] - most);
  return most + std::log(sum);
}

// Weights with what AdaGrad remembers of their steps.
struct Learned {
  Weights weights = {};
  Weights squares = {};

  void step(const Row& gradient, const FieldSettings& settings) {
    for (std::size_t tag = 0; tag < kTagCount; ++tag) {
      const float slope = static_cast<float>(gradient[tag]) - settings.decay * weights[tag];
      squares[tag] += slope * slope;
      weights[tag] += settings.rate * slope / std::sqrt(squares[tag] + 1e-6F);
    }
  }
};

class Trainer {
 public:
  Trainer(const std::vector<Sequence>& sequences, const FieldSettings& settings)
      : sequences_(sequences), settings_(settings) {
    number_features();
  }

  Field train() {
    std::vector<std::size_t> order(sequences_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (int round = 0; round < settings_.rounds; ++round) {
      shuffle(order);
      for (const std::size_t index : order) learn(index);
      if (2 * round >= settings_.rounds) add_to_sum();
    }
    return result();
  }

 private:
  void number_features() {
    std::unordered_map<std::uint32_t, std::uint32_t> uses;
    for (const Sequence& sequence : sequences_)
      for (const auto& token : sequence.features)
        for (const std::uint32_t feature : token) ++uses[feature];
    for (const Sequence& sequence : sequences_) {
      auto& numbered = numbers_.emplace_back();
      for (const auto& token : sequence.features) {
        auto& kept = numbered.emplace_back();
        for (const std::uint32_t feature : token)
          if (uses[feature] >= settings_.least_uses) kept.push_back(number_of(feature));
      }
    }
    learned_.resize(hashes_.size());
  }

  std::uint32_t number_of(std::uint32_t feature) {
    const auto [known, is_new] =
        number_by_hash_.emplace(feature, static_cast<std::uint32_t>(hashes_.size()));
    if (is_new) hashes_.push_back(feature);
    return known->second;
  }

  void shuffle(std::vector<std::size_t>& order) {
    for (std::size_t at = order.size(); at > 1; --at) {
      std::swap(order[at - 1], order[random() % at]);
    }
  }

  std::uint64_t random() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 33U;
  }

  // A random part of the features is passed over at each look, so that none leans on another
  // (Srivastava et al. 2014).
  std::vector<std::vector<std::uint32_t>> thinned(
      const std::vector<std::vector<std::uint32_t>>& features) {
    std::vector<std::vector<std::uint32_t>> kept(features.size());
    for (std::size_t at = 0; at < features.size(); ++at)
      for (const std::uint32_t feature : features[at])
        if (random() % 100 >= settings_.dropped_percent) kept[at].push_back(feature);
    return kept;
  }

  double transition(std::size_t before, std::size_t tag) const {
    return transitions_[before].weights[tag];
  }

  void learn(std::size_t index) {
    const auto features = thinned(numbers_[index]);
    const std::vector<std::uint8_t>& tags = sequences_[index].tags;
    const std::size_t length = tags.size();
    scores_.assign(length, Row{});
    for (std::size_t at = 0; at < length; ++at)
      for (const std::uint32_t feature : features[at])
        for (std::size_t tag = 0; tag < kTagWidth; ++tag)
          scores_[at][tag] += learned_[feature].weights[tag];
    run_forward(length);
    run_backward(length);
    std::array<Row, kTagCount> pairs = {};
    expect_transitions(length, tags, pairs);
    for (std::size_t at = 0; at < length; ++at) {
      Row gradient = {};
      for (std::size_t tag = 0; tag < kTagCount; ++tag)
        gradient[tag] = (tag == tags[at] ? 1.0 : 0.0) -
                        std::exp(forward_[at][tag] + backward_[at][tag] - total_);
      for (const std::uint32_t feature : features[at]) learned_[feature].step(gradient, settings_);
    }
    for (std::size_t before = 0; before < kTagCount; ++before)
      transitions_[before].step(pairs[before], settings_);
  }

  // forward_[t][tag]: all ways that end in tag at t, its own score included.
  void run_forward(std::size_t length) {
    forward_.assign(length, Row{});
    for (std::size_t at = 0; at < length; ++at) {
      for (std::size_t tag = 0; tag < kTagCount; ++tag) {
        Row ways;
        ways.fill(kNever);
        for (std::size_t before = 0; before < kTagCount; ++before)
          if (may_follow(before, tag) && (at > 0 || before == 0))
            ways[before] = (at > 0 ? forward_[at - 1][before] : 0) + transition(before, tag);
        forward_[at][tag] = std::max(kNever, log_sum(ways) + scores_[at][tag]);
      }
    }
    Row ends = forward_[length - 1];
    for (std::size_t tag = 0; tag < kTagCount; ++tag) ends[tag] += transition(tag, 0);
    total_ = log_sum(ends);
  }

  void run_backward(std::size_t length) {
    backward_.assign(length, Row{});
    for (std::size_t tag = 0; tag < kTagCount; ++tag)
      backward_[length - 1][tag] = transition(tag, 0);
    for (std::size_t at = length - 1; at-- > 0;) {
      for (std::size_t tag = 0; tag < kTagCount; ++tag) {
        Row ways;
        ways.fill(kNever);
        for (std::size_t next = 0; next < kTagCount; ++next)
          if (may_follow(tag, next))
            ways[next] = transition(tag, next) + scores_[at + 1][next] + backward_[at + 1][next];
        backward_[at][tag] = log_sum(ways);
      }
    }
  }

  void expect_transitions(std::size_t length, const std::vector<std::uint8_t>& tags,
                          std::array<Row, kTagCount>& pairs) const {
    for (std::size_t tag = 0; tag < kTagCount; ++tag) {
      pairs[0][tag] -= std::exp(forward_[0][tag] + backward_[0][tag] - total_);
      pairs[tag][0] -= std::exp(forward_[length - 1][tag] + backward_[length - 1][tag] - total_);
    }
    pairs[0][tags[0]] += 1;
    pairs[tags[length - 1]][0] += 1;
    for (std::size_t at = 1; at < length; ++at) {
      pairs[tags[at - 1]][tags[at]] += 1;
      for (std::size_t before = 0; before < kTagCount; ++before)
        for (std::size_t tag = 0; tag < kTagCount; ++tag)
          if (may_follow(before, tag))
            pairs[before][tag] -= std::exp(forward_[at - 1][before] + transition(before, tag) +
                                           scores_[at][tag] + backward_[at][tag] - total_);
    }
  }

  static void add(const Weights& weights, Weights& sum) {
    for (std::size_t tag = 0; tag < kTagCount; ++tag) sum[tag] += weights[tag];
  }

  // The mean of the later rounds is steadier than the last (Polyak, Juditsky 1992).
  void add_to_sum() {
    ++summed_rounds_;
    sums_.resize(learned_.size());
    for (std::size_t number = 0; number < learned_.size(); ++number)
      add(learned_[number].weights, sums_[number]);
    for (std::size_t tag = 0; tag < kTagCount; ++tag)
      add(transitions_[tag].weights, transition_sums_[tag]);
  }

  Field result() const {
    Field field;
    const auto rounds = static_cast<float>(summed_rounds_);
    const float kept = (1 - static_cast<float>(settings_.dropped_percent) / 100) / rounds;
    for (std::size_t number = 0; number < hashes_.size(); ++number) {
      Weights& weights = field.weights.emplace(hashes_[number], sums_[number]).first->second;
      for (float& weight : weights) weight *= kept;
    }
    for (std::size_t tag = 0; tag < kTagCount; ++tag) {
      field.transitions[tag] = transition_sums_[tag];
      for (float& weight : field.transitions[tag]) weight /= rounds;
    }
    return field;
  }

  const std::vector<Sequence>& sequences_;
  FieldSettings settings_;
  std::vector<std::vector<std::vector<std::uint32_t>>>
      numbers_;  // of features, by sequence and token
  std::unordered_map<std::uint32_t, std::uint32_t> number_by_hash_;
  std::vector<std::uint32_t> hashes_;
  std::vector<Learned> learned_;
  std::array<Learned, kTagCount> transitions_ = {};
  std::vector<Weights> sums_;
  std::array<Weights, kTagCount> transition_sums_ = {};
  int summed_rounds_ = 0;
  std::vector<Row> scores_, forward_, backward_;
  double total_ = 0;
  std::uint64_t state_ = 20'26;
};

}  // namespace

Field train_field(const std::vector<Sequence>& sequences, const FieldSettings& settings) {
  return Trainer(sequences, settings).train();
}

}  // namespace tidings::training
