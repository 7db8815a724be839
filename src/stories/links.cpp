#include "stories/links.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "text/date_names.h"
#include "text/segments.h"

namespace tidings::stories {
namespace {

constexpr Duration kGapMax = std::chrono::hours(36), kGapShort = std::chrono::hours(24);
constexpr std::uint32_t kShare = 4;          // a fact is a story's when one in four articles has it
constexpr std::size_t kStoriesOfFact = 500;  // a fact of more finds no candidates
constexpr std::size_t kComparedMax = 16;     // candidates
constexpr std::size_t kEvidenceMax = 12;
constexpr std::uint64_t kSweepEvery = 256;  // articles
constexpr double kStoriesLeast = 1000;      // rarity is told as if there were so many
constexpr double kRarestStories = 1000;     // a fact of one story in so many has its full weight

// Chosen on the development half of tests/stories.
constexpr double kNumberFactor = 1.2;
constexpr double kNumbersDiffer = 1.5, kNumbersTell = 0.8;
constexpr double kTopicsAgree = 0.5, kTopicsDiffer = 0.5, kTopicsLike = 0.5;
constexpr double kLate = 0.5;

bool is_number(FactKind kind) {
  return kind == FactKind::Number || kind == FactKind::Date;
}

using Topics = std::vector<std::pair<std::string, double>>;

double cosine_of(const Topics& first, const Topics& second) {
  double product = 0, a = 0, b = 0;
  const std::map<std::string_view, double> by_code(second.begin(), second.end());
  for (const auto& [code, score] : first) {
    a += score * score;
    if (const auto found = by_code.find(code); found != by_code.end())
      product += score * found->second;
  }
  for (const auto& [code, score] : second) b += score * score;
  return product > 0 ? product / std::sqrt(a * b) : 0;
}

double topic_bonus(const Topics& first, const Topics& second) {
  if (first.empty() || second.empty()) return 0;
  const double like = cosine_of(first, second);
  if (like == 0) return -kTopicsDiffer;
  return like >= kTopicsLike ? kTopicsAgree : 0;
}

void add_words(std::string_view text, std::set<std::string, std::less<>>& words) {
  const text::Segments segments = text::segment(text, "und");
  for (const text::Word& word : segments.words())
    words.emplace(text::FoldedWord(segments.written(word)).view());
}

// Leaves out single names that are part of what both have by its full name.
void drop_parts(std::vector<LinkEvidence>& evidence) {
  std::set<std::string, std::less<>> words;
  for (const LinkEvidence& each : evidence) {
    if (is_number(each.kind) || each.kind == FactKind::Name) continue;
    add_words(each.text, words);
    add_words(each.other, words);
  }
  std::erase_if(evidence, [&](const LinkEvidence& each) {
    return each.kind == FactKind::Name && words.contains(text::FoldedWord(each.text).view());
  });
}

}  // namespace

std::vector<StoryLink> StoryLinks::add(std::int64_t story, const LinkFacts& article) {
  clock_.move(article.published);
  if (++added_ % kSweepEvery == 0) end_idle();
  const Slot slot = slot_of(story);
  Story& into = stories_[slot];
  if (into.articles == 0) {
    into.language = article.language;
    into.first = into.last = article.published;
  }
  ++into.articles;
  into.first = std::min(into.first, article.published);
  into.last = std::max(into.last, article.published);
  std::vector<Fact> facts;
  for (const LinkFact& fact : article.facts) facts.push_back({.fact = fact, .articles = 1});
  add_facts(slot, std::move(facts));
  Topics topics;
  for (const TopicScore& topic : article.topics) topics.emplace_back(topic.code, topic.score);
  add_topics(into, topics);
  return links(story);
}

std::vector<StoryLink> StoryLinks::links(std::int64_t story) const {
  const auto found = slots_.find(story);
  if (found == slots_.end()) return {};
  const Story& own = stories_[found->second];
  std::map<std::string_view, StoryLink> best;  // by language
  for (const Slot slot : candidates(own)) {
    StoryLink link = compare(own, stories_[slot]);
    if (link.score < 0.5) continue;
    StoryLink& known = best[stories_[slot].language];
    if (link.score > known.score || (link.score == known.score && link.story < known.story))
      known = std::move(link);
  }
  std::vector<StoryLink> links;
  for (auto& [language, link] : best) links.push_back(std::move(link));
  return links;
}

// Those in other languages that share most of what few have.
std::vector<StoryLinks::Slot> StoryLinks::candidates(const Story& story) const {
  std::map<Slot, double> sums;
  for (const Fact& fact : story.facts) {
    const std::vector<Slot>& having = having_.at(fact.fact.key);
    if (having.size() > kStoriesOfFact) continue;
    const double weight = fact.fact.weight * rarity(fact.fact.key);
    for (const Slot slot : having) {
      if (stories_[slot].language != story.language) sums[slot] += weight;
    }
  }
  std::vector<std::tuple<double, std::int64_t, Slot>> ordered;
  for (const auto& [slot, sum] : sums) ordered.emplace_back(-sum, stories_[slot].key, slot);
  std::sort(ordered.begin(), ordered.end());
  std::vector<Slot> found;
  for (const auto& [sum, key, slot] : ordered) {
    if (found.size() == kComparedMax) break;
    found.push_back(slot);
  }
  return found;
}

// In [0, 1]: 1 for what one in a thousand stories has, 0 for what all have.
double StoryLinks::rarity(std::uint64_t fact) const {
  const double stories = std::max(kStoriesLeast, static_cast<double>(size()));
  const auto having = static_cast<double>(having_.at(fact).size());
  return std::clamp(std::log(stories / having) / std::log(kRarestStories), 0.0, 1.0);
}

StoryLink StoryLinks::compare(const Story& story, const Story& other) const {
  StoryLink link{.story = other.key};
  const Duration gap = std::max(story.first - other.last, other.first - story.last);
  if (gap > kGapMax) return link;
  double numbers = 0, others_numbers = 0, shared_numbers = 0, sum = 0;
  const auto is_own = [](const Fact& fact, const Story& of) {
    return fact.articles * kShare >= of.articles;
  };
  for (const Fact& fact : story.facts) {
    if (is_number(fact.fact.kind) && is_own(fact, story)) numbers += fact.fact.weight;
  }
  for (const Fact& fact : other.facts) {
    if (is_number(fact.fact.kind) && is_own(fact, other)) others_numbers += fact.fact.weight;
    const auto same =
        std::lower_bound(story.facts.begin(), story.facts.end(), fact.fact.key,
                         [](const Fact& a, std::uint64_t key) { return a.fact.key < key; });
    if (same == story.facts.end() || same->fact.key != fact.fact.key || !is_own(*same, story) ||
        !is_own(fact, other))
      continue;
    const double factor = is_number(fact.fact.kind) ? kNumberFactor : 1;
    link.evidence.push_back(
        {.kind = fact.fact.kind,
         .text = same->fact.text,
         .other = fact.fact.text,
         .weight = std::min(same->fact.weight, fact.fact.weight) * rarity(fact.fact.key) * factor});
  }
  drop_parts(link.evidence);
  bool has_name = false;
  for (const LinkEvidence& each : link.evidence) {
    sum += each.weight;
    has_name |= !is_number(each.kind);
    if (is_number(each.kind)) shared_numbers += each.weight;
  }
  if (!has_name || link.evidence.size() < 2) return link;
  if (shared_numbers == 0 && std::min(numbers, others_numbers) >= kNumbersTell)
    sum -= kNumbersDiffer;
  sum += topic_bonus(story.topics, other.topics);
  if (gap > kGapShort) sum -= kLate;
  link.score = sum > 0 ? sum / (sum + kLinkMin) : 0;
  std::sort(link.evidence.begin(), link.evidence.end(),
            [](const LinkEvidence& a, const LinkEvidence& b) {
              return a.weight != b.weight ? a.weight > b.weight : a.text < b.text;
            });
  if (link.evidence.size() > kEvidenceMax) link.evidence.resize(kEvidenceMax);
  return link;
}

}  // namespace tidings::stories
