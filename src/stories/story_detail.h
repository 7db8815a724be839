// What one story shows by itself: summary, timeline, publishers, changed headlines, how it grew.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/story.h"

namespace tidings::stories {

// A sentence of an article.
struct StorySentence {
  ArticleId article_id{};
  std::string text;
  std::string language;
};

// Two or three sentences, in the order of `sentences`: those that say most of what all say
// together, none of which repeats another (maximal marginal relevance; Carbonell and Goldstein
// 1998). At most kSentencesRead are looked at.
inline constexpr std::size_t kSummarySentences = 3, kSentencesRead = 60;
std::vector<StorySentence> summary_of(std::span<const StorySentence> sentences);

// What happened in an hour or a day: `begin` is its first moment in UTC.
struct TimelineStep {
  Time begin{};
  std::int64_t articles = 0;
  std::int64_t copies = 0;
  std::size_t headline = 0;  // index of the member whose headline stands for the step
};

// Steps without articles are left out; the newest kTimelineStepsMax. `step` is one hour for a story
// of up to two days, else one day.
struct Timeline {
  std::chrono::hours step{1};
  std::vector<TimelineStep> steps;
};
inline constexpr std::size_t kTimelineStepsMax = 60;
Timeline timeline_of(std::span<const StoryMember> members);

struct StoryPublisher {
  std::string name;
  Time first_at{};
  Duration behind{0};     // the first of all
  std::size_t first = 0;  // index of its first member
  std::int64_t articles = 0;
  std::int64_t copies = 0;
  StoryTones tones;
};

// Who was first comes first.
std::vector<StoryPublisher> publishers_of(std::span<const StoryMember> members);

// What several articles sound like together.
StoryTones tones_of(std::span<const StoryMember> members);

}  // namespace tidings::stories
