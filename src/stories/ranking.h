// Which stories come first: a stated formula (docs/user/stories.md), whose terms are shown.
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <string>

#include "core/time.h"
#include "model/story.h"

namespace tidings::stories {

// After so long without a further article a story counts half.
inline constexpr std::chrono::hours kRankHalfLife{12};

// By code ("medtop:15000000"); a topic that is not there has 1.
using TopicWeights = std::map<std::string, double, std::less<>>;

// publishers: families with a report of their own, and a fifth for each that only has copies.
// velocity:   1 + log2((1 + recent) / (1 + usual)), in [1, 4]; `recent` are the articles of the
//             three hours before the last one, copies counting a fifth, and `usual` what three
//             hours brought on average before, one at least.
// topic:      the weight of the story's strongest topic that has one.
// Of `members`, one or more, by time; `story` has its topics. Independent of the time of asking.
StoryRank rank_of(std::span<const StoryMember> members, const Story& story,
                  const TopicWeights& weights);

// A story counts half once kRankHalfLife has passed since its last article: in (0, 1].
double freshness(const Story& story, Time now);

// publishers × velocity × topic × freshness.
double score(const Story& story, Time now);

// updated_at + kRankHalfLife × log2(publishers × velocity × topic): orders stories as score() does
// at any time, so that it can be stored and paged through.
Time rank_key(Time updated_at, const StoryRank& rank);

// What a person follows, each with a weight: 1 doubles a story that is all about it.
struct Interests {
  std::map<std::string, double, std::less<>> topics;    // by code
  std::map<std::string, double, std::less<>> entities;  // by id
  std::map<SourceId, double> sources;
};

// score × (1 + affinity), where affinity, at most 7, sums for each followed topic weight × its
// score in the story; for each followed entity of the story its weight; for each followed source
// weight × its share of the members.
double personal_score(const Story& story, std::span<const StoryMember> members,
                      const Interests& interests, Time now);

}  // namespace tidings::stories
