// The words, pairs of words and tags of an article that speak for topics.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/document.h"
#include "analyze/topic_table.h"

namespace tidings::analyze {

// `learned` is asked for what `shipped` does not know; its topics are those of `shipped`.
struct TopicTables {
  const TopicTable& shipped;
  const TopicTable* learned = nullptr;

  std::span<const TableEntry> find(std::uint32_t hash) const;
};

struct TopicTerm {
  std::string_view text;  // as it was first written; borrowed from the document or the tags
  std::span<const TableEntry> entries;
  float amount = 0;  // more for repetitions, for the title, and for a tag

  float weight(const TableEntry& entry) const {
    return amount * static_cast<float>(entry.weight) / kTopicWeightSteps;
  }
};

// Each term once. Linear time.
std::vector<TopicTerm> find_topic_terms(const TopicTables& tables, const Document& document,
                                        std::span<const std::string> tags);

// What all of them say, by place of the topic.
std::vector<float> topic_sums(std::span<const TopicTerm> terms, std::size_t topic_count);

bool has_topics(std::string_view language);  // whether the shipped table has words of it

}  // namespace tidings::analyze
