// What an instance learns from its own feeds: the tags that they give their entries.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_trainer.h"
#include "core/result.h"

namespace tidings::analyze {

struct TaggedText {
  std::string_view text;  // title, newline, text
  std::span<const std::string> tags;
};

// "medtop:15000000" for "Fútbol" or " SPORT "; empty for a tag that names no topic or several.
std::string topic_of_tag(std::string_view tag);

// Trains a model (see topic_model.h) whose labels are the codes of top-level topics, from the texts
// whose tags name exactly one; the others say nothing and are passed over. InvalidInput where fewer
// than two topics have ten texts each: too little to learn from, keep what there is.
//
// An instance runs it at night over its last articles, keeps the bytes beside the store, and mixes
// the model's probabilities into the scores of topics() for languages without a table.
Result<std::string> train_from_tags(std::span<const TaggedText> texts);

}  // namespace tidings::analyze
