// How likely a topic is, by the evidence for it.
#pragma once

namespace tidings::analyze {

// logit p = bias + odds · ln(evidence / (others + 1)) + amount · ln(1 + evidence), where `others`
// is the evidence for all other topics. script/train fits the factors to headlines that the words'
// weights were not trained on; those here serve until it has.
struct TopicScoring {
  float bias = -1;
  float odds = 1.6F;
  float amount = 0.7F;
};

// 0 where there is no evidence. `all` is what all topics of the level have, this one with them.
double topic_probability(const TopicScoring& scoring, double evidence, double all);

}  // namespace tidings::analyze
