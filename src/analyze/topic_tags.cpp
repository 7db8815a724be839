#include "analyze/topic_tags.h"

#include <map>
#include <optional>

#include <fmt/format.h>

#include "analyze/topic_table.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kTextsMin = 10;  // of a topic
constexpr std::size_t kTopicsMin = 2;

// The one topic that the tags name.
std::string topic_of_tags(std::span<const std::string> tags) {
  std::string topic;
  for (const std::string& tag : tags) {
    const std::string named = topic_of_tag(tag);
    if (named.empty()) continue;
    if (!topic.empty() && topic != named) return {};
    topic = named;
  }
  return topic;
}

}  // namespace

std::string topic_of_tag(std::string_view tag) {
  const TopicTable& table = TopicTable::shipped();
  std::optional<std::size_t> top;
  for (const TableEntry& entry : table.find(topic_tag_hash(tag))) {
    if (table.topics()[entry.topic].parent != entry.topic) continue;
    if (top) return {};
    top = entry.topic;
  }
  return top ? fmt::format("medtop:{:08}", table.topics()[*top].code) : std::string();
}

Result<std::string> train_from_tags(std::span<const TaggedText> texts) {
  std::vector<std::string> topics;
  std::map<std::string, std::size_t> counts;
  for (const TaggedText& text : texts) ++counts[topics.emplace_back(topic_of_tags(text.tags))];
  TopicTrainer trainer;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!topics[i].empty() && counts[topics[i]] >= kTextsMin)
      TRY(trainer.add(texts[i].text, topics[i]));
  }
  if (trainer.label_count() < kTopicsMin) {
    return invalid_input(fmt::format(
        "fewer than {} topics are named by the tags of {} texts each: wait for more articles",
        kTopicsMin, kTextsMin));
  }
  return trainer.train();
}

}  // namespace tidings::analyze
