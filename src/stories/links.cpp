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
constexpr std::uint32_t kShare = 4;         // a fact is a story's when one in four articles has it
constexpr std::size_t kPostingsMax = 2000;  // looked at for a story, of the rarest facts first
constexpr std::size_t kComparedMax = 16;    // candidates
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

double weight_of(const std::vector<LinkEvidence>& evidence) {
  double sum = 0;
  for (const LinkEvidence& each : evidence) sum += each.weight;
  return sum;
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
  std::vector<Told> facts;
  facts.reserve(article.facts.size());
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
  links.reserve(best.size());
  for (auto& [language, link] : best) links.push_back(std::move(link));
  return links;
}

// Those in other languages that share most of what few have.
std::vector<StoryLinks::Slot> StoryLinks::candidates(const Story& story) const {
  std::vector<std::tuple<std::size_t, std::uint32_t, float>> rarest;
  rarest.reserve(story.facts.size());
  for (const Fact& fact : story.facts)
    rarest.emplace_back(having_.count(fact.key), fact.key, fact.weight);
  std::sort(rarest.begin(), rarest.end());
  std::map<Slot, double> sums;
  std::size_t looked_at = 0;
  for (const auto& [count, fact, weight] : rarest) {
    looked_at += count;
    if (looked_at > kPostingsMax) break;
    const double tells = static_cast<double>(weight) * rarity(fact);
    having_.each(fact, [&](Slot slot, float) {
      if (stories_[slot].language != story.language) sums[slot] += tells;
    });
  }
  std::vector<std::tuple<double, std::int64_t, Slot>> ordered;
  ordered.reserve(sums.size());
  for (const auto& [slot, sum] : sums) ordered.emplace_back(-sum, stories_[slot].key, slot);
  std::sort(ordered.begin(), ordered.end());
  std::vector<Slot> found;
  for (std::size_t i = 0; i < std::min(ordered.size(), kComparedMax); ++i)
    found.push_back(std::get<Slot>(ordered[i]));
  return found;
}

// In [0, 1]: 1 for what one in a thousand stories has, 0 for what all have.
double StoryLinks::rarity(std::uint32_t fact) const {
  const double stories = std::max(kStoriesLeast, static_cast<double>(size()));
  const auto having = static_cast<double>(having_.count(fact));
  return std::clamp(std::log(stories / having) / std::log(kRarestStories), 0.0, 1.0);
}

StoryLink StoryLinks::compare(const Story& story, const Story& other) const {
  StoryLink link{.story = StoryId(other.key)};
  const Duration gap = std::max(story.first - other.last, other.first - story.last);
  if (gap > kGapMax) return link;
  link.evidence = shared(story, other);
  double sum = topic_bonus(story.topics, other.topics) - (gap > kGapShort ? kLate : 0) +
               weight_of(link.evidence);
  if (sum < kLinkMin) return link;  // most are done here: parts of names only take off from it
  sum -= weight_of(link.evidence);
  drop_parts(link.evidence);
  sum += weight_of(link.evidence);
  const bool agrees = std::any_of(link.evidence.begin(), link.evidence.end(),
                                  [](const auto& each) { return is_number(each.kind); });
  const bool has_name = std::any_of(link.evidence.begin(), link.evidence.end(),
                                    [](const auto& each) { return !is_number(each.kind); });
  if (!has_name || link.evidence.size() < 2) return link;
  if (!agrees && std::min(numbers_of(story), numbers_of(other)) >= kNumbersTell)
    sum -= kNumbersDiffer;
  link.score = sum > 0 ? sum / (sum + kLinkMin) : 0;
  std::sort(link.evidence.begin(), link.evidence.end(),
            [](const LinkEvidence& a, const LinkEvidence& b) {
              return a.weight != b.weight ? a.weight > b.weight : a.text < b.text;
            });
  if (link.evidence.size() > kEvidenceMax) link.evidence.resize(kEvidenceMax);
  return link;
}

// What a quarter of the articles of both have.
std::vector<LinkEvidence> StoryLinks::shared(const Story& story, const Story& other) const {
  std::vector<LinkEvidence> found;
  auto own = story.facts.begin();
  for (const Fact& fact : other.facts) {
    while (own != story.facts.end() && own->key < fact.key) ++own;
    if (own == story.facts.end()) break;
    if (own->key != fact.key || own->articles * kShare < story.articles ||
        fact.articles * kShare < other.articles)
      continue;
    const double factor = is_number(fact.kind) ? kNumberFactor : 1;
    const auto least = static_cast<double>(std::min(own->weight, fact.weight));
    found.push_back({.kind = fact.kind,
                     .text = std::string(text_of(story, *own)),
                     .other = std::string(text_of(other, fact)),
                     .weight = least * rarity(fact.key) * factor});
  }
  return found;
}

double StoryLinks::numbers_of(const Story& story) {
  double sum = 0;
  for (const Fact& fact : story.facts) {
    if (is_number(fact.kind) && fact.articles * kShare >= story.articles)
      sum += static_cast<double>(fact.weight);
  }
  return sum;
}

}  // namespace tidings::stories
