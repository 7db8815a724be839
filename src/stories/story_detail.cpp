#include "stories/story_detail.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "stories/story_facts.h"
#include "stories/title_words.h"

namespace tidings::stories {
namespace {

constexpr std::size_t kSentenceWordsMin = 4;  // besides stop words: less says nothing
constexpr double kRepeats = 0.4;              // two sentences that share so much say the same
constexpr std::chrono::hours kHourlyMax{48};

struct Candidate {
  std::size_t index = 0;
  WordSet words;
  double score = 0;
};

std::vector<Candidate> candidates_of(std::span<const StorySentence> sentences) {
  std::vector<Candidate> candidates;
  SharedWords shared;
  for (std::size_t i = 0; i < std::min(sentences.size(), kSentencesRead); ++i) {
    WordSet words = word_set(sentences[i].text, sentences[i].language);
    if (words.size() < kSentenceWordsMin) continue;
    shared.add(words);
    candidates.push_back({.index = i, .words = std::move(words)});
  }
  for (Candidate& one : candidates) one.score = shared.centrality(one.words);
  std::ranges::sort(candidates, [](const Candidate& one, const Candidate& other) {
    return std::tie(other.score, one.index) < std::tie(one.score, other.index);
  });
  return candidates;
}

}  // namespace

std::vector<StorySentence> summary_of(std::span<const StorySentence> sentences) {
  std::vector<Candidate> chosen;
  for (Candidate& one : candidates_of(sentences)) {
    const bool is_said = std::ranges::any_of(chosen, [&](const Candidate& other) {
      return resemblance(one.words, other.words) >= kRepeats;
    });
    if (is_said) continue;
    chosen.push_back(std::move(one));
    if (chosen.size() == kSummarySentences) break;
  }
  std::ranges::sort(chosen, {}, &Candidate::index);
  std::vector<StorySentence> summary;
  summary.reserve(chosen.size());
  for (const Candidate& one : chosen) summary.push_back(sentences[one.index]);
  return summary;
}

Timeline timeline_of(std::span<const StoryMember> members) {
  Timeline timeline;
  if (members.empty()) return timeline;
  const Duration length = members.back().place.published - members.front().place.published;
  if (length > kHourlyMax) timeline.step = std::chrono::hours(24);
  const auto step_of = [&](const StoryMember& member) {
    const auto since =
        std::chrono::floor<std::chrono::hours>(member.place.published).time_since_epoch();
    return Time(since - since % timeline.step);
  };
  for (std::size_t first = 0; first < members.size();) {
    const Time begin = step_of(members[first]);
    std::size_t end = first;
    TimelineStep step{.begin = begin};
    for (; end < members.size() && step_of(members[end]) == begin; ++end) {
      ++step.articles;
      if (members[end].place.copy_of) ++step.copies;
    }
    step.headline = first + headline_of(members.subspan(first, end - first));
    timeline.steps.push_back(step);
    first = end;
  }
  if (timeline.steps.size() > kTimelineStepsMax) {
    timeline.steps.erase(timeline.steps.begin(),
                         timeline.steps.end() - static_cast<std::ptrdiff_t>(kTimelineStepsMax));
  }
  return timeline;
}

std::vector<StoryPublisher> publishers_of(std::span<const StoryMember> members) {
  std::map<std::string_view, std::vector<StoryMember>> by_name;
  std::vector<StoryPublisher> publishers;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const StoryArticle& place = members[i].place;
    std::vector<StoryMember>& own = by_name[place.publisher];
    if (own.empty()) {
      publishers.push_back({.name = place.publisher,
                            .first_at = place.published,
                            .behind = place.published - members.front().place.published,
                            .first = i});
    }
    own.push_back(members[i]);
  }
  for (StoryPublisher& publisher : publishers) {
    const std::vector<StoryMember>& own = by_name[publisher.name];
    publisher.articles = static_cast<std::int64_t>(own.size());
    publisher.copies = std::ranges::count_if(
        own, [](const StoryMember& member) { return member.place.copy_of.has_value(); });
    publisher.tones = tones_of(own);
  }
  return publishers;
}

StoryTones tones_of(std::span<const StoryMember> members) {
  StoryTones tones;
  double sum = 0;
  for (const StoryMember& member : members) {
    const AnalysisBrief& brief = member.article.analysis;
    if (!brief.tone) continue;
    sum += brief.sentiment;
    ++(*brief.tone == Tone::Negative  ? tones.negative
       : *brief.tone == Tone::Neutral ? tones.neutral
                                      : tones.positive);
  }
  if (tones.articles() > 0)
    tones.score = std::round(sum / static_cast<double>(tones.articles()) * 1e3) / 1e3;
  return tones;
}

}  // namespace tidings::stories
