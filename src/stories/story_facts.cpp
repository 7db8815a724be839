#include "stories/story_facts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "ports/store_rules.h"
#include "stories/story_detail.h"
#include "stories/title_words.h"

namespace tidings::stories {
namespace {

constexpr std::size_t kHeadlinesCompared = 64;  // the newest originals
constexpr double kWordsComplete = 400;          // a report of so many words is complete
constexpr double kCompleteShare = 0.3;          // of what a headline is chosen by
constexpr std::size_t kTopicsMax = 3, kCountriesMax = 3, kEntitiesMax = 8;

double rounded(double value) {
  return std::round(value * 1e3) / 1e3;
}

// Those that may stand for the story: originals with a title, else whatever there is.
std::vector<std::size_t> candidates_of(std::span<const StoryMember> members) {
  std::vector<std::size_t> originals, titled;
  for (std::size_t i = members.size(); i-- > 0;) {
    if (members[i].article.title.empty()) continue;
    titled.push_back(i);
    if (!members[i].place.copy_of) originals.push_back(i);
  }
  std::vector<std::size_t>& chosen = originals.empty() ? titled : originals;
  if (chosen.empty()) return {0};
  if (chosen.size() > kHeadlinesCompared) chosen.resize(kHeadlinesCompared);
  return chosen;
}

double completeness(const StoryMember& member) {
  return std::min(1.0, std::log1p(member.place.words) / std::log1p(kWordsComplete));
}

// The sum of each over the members, divided by how many these are: strongest first.
template <class Item, class Key, class Score>
class Strongest {
 public:
  Strongest(Key key, Score score) : key_(key), score_(score) {}

  void add(const Item& item) {
    const auto [found, is_new] = items_.try_emplace(std::string(item.*key_), item);
    if (!is_new) found->second.*score_ += item.*score_;
  }

  std::vector<Item> take(std::size_t members, std::size_t most) {
    std::vector<Item> all;
    for (auto& [key, item] : items_) {
      item.*score_ = rounded(item.*score_ / static_cast<double>(members));
      if (item.*score_ > 0) all.push_back(std::move(item));
    }
    std::ranges::sort(all, [&](const Item& one, const Item& other) {
      return one.*score_ != other.*score_ ? one.*score_ > other.*score_ : one.*key_ < other.*key_;
    });
    if (all.size() > most) all.resize(most);
    return all;
  }

 private:
  Key key_;
  Score score_;
  std::map<std::string, Item> items_;
};

void add_findings(Story& story, std::span<const StoryMember> members) {
  Strongest<TopicScore, std::string TopicScore::*, double TopicScore::*> topics(&TopicScore::code,
                                                                                &TopicScore::score);
  Strongest<CountryScore, std::string CountryScore::*, double CountryScore::*> countries(
      &CountryScore::code, &CountryScore::score);
  Strongest<StoryEntity, std::string StoryEntity::*, double StoryEntity::*> entities(
      &StoryEntity::id, &StoryEntity::salience);
  for (const StoryMember& member : members) {
    const AnalysisBrief& brief = member.article.analysis;
    for (const TopicScore& topic : brief.topics) topics.add(topic);
    for (const CountryScore& country : brief.countries) countries.add(country);
    for (const StoryEntity& entity : member.place.entities) entities.add(entity);
  }
  story.topics = topics.take(members.size(), kTopicsMax);
  story.countries = countries.take(members.size(), kCountriesMax);
  story.entities = entities.take(members.size(), kEntitiesMax);
}

void add_headline(Story& story, const StoryMember& member) {
  const ArticleSummary& article = member.article;
  story.language = primary_language(article.language);
  story.headline = article.title.empty() ? article.summary : article.title;
  story.headline_article = article.id;
  story.url = article.url;
  story.image = article.image;
}

void add_counts(Story& story, std::span<const StoryMember> members) {
  std::set<std::string_view> publishers;
  for (const StoryMember& member : members) {
    publishers.insert(member.place.publisher);
    if (member.place.copy_of) ++story.copies;
  }
  story.publishers = static_cast<std::int64_t>(publishers.size());
  story.opened_at = members.front().place.published;
  story.updated_at = members.back().place.published;
}

}  // namespace

std::vector<std::size_t> settle_originals(std::span<StoryMember> members) {
  std::map<ArticleId, std::size_t> numbers;
  for (std::size_t i = 0; i < members.size(); ++i) numbers[members[i].place.article_id] = i;
  // What a member is a copy of, by way of others: a member, or an article elsewhere.
  const auto root_of = [&](std::size_t i) {
    ArticleId root = members[i].place.article_id;
    for (std::size_t steps = 0; steps < members.size(); ++steps) {
      const auto number = numbers.find(root);
      if (number == numbers.end() || !members[number->second].place.copy_of) break;
      root = *members[number->second].place.copy_of;
    }
    return root;
  };
  std::vector<ArticleId> roots;
  roots.reserve(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) roots.push_back(root_of(i));
  std::map<ArticleId, std::size_t> first;  // by root: the first to be published
  for (std::size_t i = 0; i < members.size(); ++i) first.try_emplace(roots[i], i);
  std::vector<std::size_t> changed;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!numbers.contains(roots[i])) continue;
    StoryArticle& place = members[i].place;
    StoryArticle& original = members[first[roots[i]]].place;
    const auto copy_of =
        original.article_id == place.article_id ? std::nullopt : std::optional(original.article_id);
    if (place.copy_of == copy_of) continue;
    // The original that was taken for one is as like the new one as that was like it.
    if (!place.copy_of) place.copy_similarity = original.copy_similarity;
    place.copy_of = copy_of;
    changed.push_back(i);
  }
  for (const std::size_t i : changed) {
    if (!members[i].place.copy_of) members[i].place.copy_similarity = 0;
  }
  return changed;
}

std::size_t headline_of(std::span<const StoryMember> members) {
  const std::vector<std::size_t> candidates = candidates_of(members);
  if (candidates.size() == 1) return candidates.front();
  std::vector<WordSet> titles;
  SharedWords shared;
  for (const std::size_t i : candidates) {
    const ArticleSummary& article = members[i].article;
    titles.push_back(word_set(article.title, article.language));
    shared.add(titles.back());
  }
  std::size_t best = candidates.front();
  double best_score = -1;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double complete = completeness(members[candidates[i]]);
    const double score =
        shared.centrality(titles[i]) * (1 - kCompleteShare + kCompleteShare * complete);
    if (score < best_score) continue;  // of equals the first that was published
    best = candidates[i];
    best_score = score;
  }
  return best;
}

Story story_of(StoryId id, std::span<const StoryMember> members, std::int64_t articles,
               const TopicWeights& weights) {
  Story story{.id = id, .articles = articles};
  add_counts(story, members);
  add_headline(story, members[headline_of(members)]);
  add_findings(story, members);
  story.tones = tones_of(members);
  story.rank = rank_of(members, story, weights);
  story.rank_key = rank_key(story.updated_at, story.rank);
  return story;
}

}  // namespace tidings::stories
