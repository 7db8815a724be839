// Which of IPTC's Media Topics an article is about, and the words that say so.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/document.h"
#include "analyze/topic_lookup.h"
#include "model/analysis.h"

namespace tidings::analyze {

// In English, German, French, Spanish, Italian, Portuguese and Dutch: up to four of the 17
// top-level topics, best first, each followed by those of the second level that its words name.
// A score is how likely it is that an editor would give the article that topic: a logistic function
// fitted to held-out headlines (topic_score.h). What is below a fifth is left out, so a text that
// says too little has none. Words of the title count twice. `categories` are the tags that the feed
// gave the entry: known names of topics are evidence in any language. `learned` is what an instance
// learned from its own feeds (topic_learner.h); without it, tags are the only evidence in other
// languages ("und" too). Linear time; safe to call from many threads.
std::vector<TopicScore> topics(const Document& document,
                               std::span<const std::string> categories = {},
                               const TopicTable* learned = nullptr);

// The same by another table: what makes the shipped one uses it.
std::vector<TopicScore> topics_by(const TopicTables& tables, const Document& document,
                                  std::span<const std::string> categories);

}  // namespace tidings::analyze
