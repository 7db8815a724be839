#include "stories/ranking.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace tidings::stories {
namespace {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double kCopyShare = 0.2;
constexpr std::chrono::hours kRecent{3};
constexpr double kVelocityMax = 4;
constexpr double kAffinityMax = 7;

double publishers_of(std::span<const StoryMember> members) {
  std::set<std::string_view> own, all;
  for (const StoryMember& member : members) {
    all.insert(member.place.publisher);
    if (!member.place.copy_of) own.insert(member.place.publisher);
  }
  const double own_count = static_cast<double>(own.size());
  return own_count + kCopyShare * (static_cast<double>(all.size()) - own_count);
}

double velocity_of(std::span<const StoryMember> members) {
  const Time last = members.back().place.published;
  double recent = 0, before = 0;
  for (const StoryMember& member : members) {
    const double count = member.place.copy_of ? kCopyShare : 1;
    (member.place.published > last - kRecent ? recent : before) += count;
  }
  const double past = Hours(last - kRecent - members.front().place.published).count();
  const double window = Hours(kRecent).count();
  const double usual = std::max(1.0, before * window / std::max(past, window));
  return std::clamp(1 + std::log2((1 + recent) / (1 + usual)), 1.0, kVelocityMax);
}

double topic_of(const Story& story, const TopicWeights& weights) {
  for (const TopicScore& topic : story.topics) {
    const auto weight = weights.find(topic.code);
    if (weight != weights.end()) return weight->second;
  }
  return 1;
}

template <class Weights, class Key>
double weight_of(const Weights& weights, const Key& key) {
  const auto found = weights.find(key);
  return found == weights.end() ? 0 : found->second;
}

}  // namespace

StoryRank rank_of(std::span<const StoryMember> members, const Story& story,
                  const TopicWeights& weights) {
  return {.publishers = publishers_of(members),
          .velocity = velocity_of(members),
          .topic = topic_of(story, weights)};
}

double freshness(const Story& story, Time now) {
  const double half_lives = Hours(now - story.updated_at) / Hours(kRankHalfLife);
  return std::exp2(-std::max(half_lives, 0.0));
}

double score(const Story& story, Time now) {
  return story.rank.weight() * freshness(story, now);
}

Time rank_key(Time updated_at, const StoryRank& rank) {
  const auto lift = Hours(kRankHalfLife) * std::log2(rank.weight());
  return updated_at + std::chrono::duration_cast<Duration>(lift);
}

double personal_score(const Story& story, std::span<const StoryMember> members,
                      const Interests& interests, Time now) {
  double affinity = 0;
  for (const TopicScore& topic : story.topics)
    affinity += weight_of(interests.topics, topic.code) * topic.score;
  for (const StoryEntity& entity : story.entities)
    affinity += weight_of(interests.entities, entity.id);
  for (const StoryMember& member : members) {
    affinity +=
        weight_of(interests.sources, member.place.source_id) / static_cast<double>(members.size());
  }
  return score(story, now) * (1 + std::clamp(affinity, 0.0, kAffinityMax));
}

}  // namespace tidings::stories
