// From lists and labeled headlines to what each word says about each topic.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_table.h"
#include "huffpost.h"
#include "lists.h"

namespace tidings::training {

// A word's weight for a topic is how much likelier the topic becomes by it (the logarithm of the
// ratio), where a list counts as so many headlines of that topic. Words that say little are left
// out.
class TopicWeights {
 public:
  explicit TopicWeights(const std::vector<ListedTopic>& topics);

  // InvalidInput for a term of more than two words or an unknown code.
  Result<void> add_terms(std::string_view language, const std::vector<ListedTerm>& terms);
  Result<void> add_tags(const std::vector<ListedTerm>& tags);
  void add_headlines(std::string_view language, const std::vector<LabeledHeadline>& headlines);

  std::vector<analyze::TopicTable::Feature> features() const;

 private:
  struct Counts {
    std::map<std::size_t, bool> listed;  // by place of the topic, both levels: as a hint only?
    std::map<std::size_t, double> seen;  // by place of the top-level topic
  };
  // By form, the topics it is listed for.
  using ListedForms = std::map<std::string, std::map<std::size_t, bool>>;
  void add_words(std::string_view language, std::uint32_t stem_hash, const ListedForms& forms);
  bool agree(const ListedForms& forms) const;
  void add_hashes(std::string_view text, std::string_view language,
                  std::set<std::uint32_t>& hashes) const;
  Result<std::size_t> place_of(std::uint32_t code, std::string_view term) const;
  std::map<std::size_t, bool> listed_above(const Counts& counts) const;
  std::vector<analyze::TableEntry> entries_of(const Counts& counts) const;

  const std::vector<ListedTopic>& topics_;
  std::map<std::uint32_t, std::size_t> places_;
  std::map<std::uint32_t, Counts> counts_;     // by hash
  std::map<std::uint32_t, std::size_t> tags_;  // hash to place
};

}  // namespace tidings::training
