// Stories that become two, and what people know better.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "stories/drift.h"
#include "stories/grouping.h"

namespace tidings::stories {
namespace {

constexpr std::uint32_t kSplitEvery = 8;  // articles of a story
// What is left of a term once the articles that said it have gone: less than this share of what
// they took is what was not remembered of them.
constexpr float kRest = 0.25;

Error not_live(std::int64_t key) {
  return not_found(
      fmt::format("no live story {}: it is unknown, has ended, or is part of another "
                  "now",
                  key));
}

}  // namespace

std::optional<Grouping::Slot> Grouping::find(std::int64_t key) const {
  for (Slot slot = 0; slot < stories_.size(); ++slot) {
    if (stories_[slot].articles > 0 && stories_[slot].key == key) return slot;
  }
  return std::nullopt;
}

Result<std::int64_t> Grouping::merge(std::int64_t first, std::int64_t second) {
  if (first == second) return invalid_input("a story is one with itself already");
  const std::optional<Slot> a = find(first), b = find(second);
  if (!a || !b) return not_live(a ? second : first);
  apart_.remove(first, second);
  Story& story = stories_[unite(*a, *b)];
  story.is_held = true;
  return story.key;
}

Result<Split> Grouping::split(std::int64_t story, std::span<const Grouped> leaving) {
  const std::optional<Slot> slot = find(story);
  if (!slot) return not_live(story);
  if (leaving.empty()) return invalid_input("no article is to leave the story");
  if (leaving.size() >= stories_[*slot].articles)
    return invalid_input(fmt::format("story {} has {} articles: one at least has to stay", story,
                                     stories_[*slot].articles));
  Part part_of;
  std::vector<Term> sum;
  for (const Grouped& article : leaving) {
    stories::add(part_of.sum, vector_of(article), 1, sum);
    part_of.sum.swap(sum);
    part_of.articles.push_back(article.key);
  }
  std::vector<std::int64_t> keys = part_of.articles;
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) != keys.end())
    return invalid_input("an article can leave a story once only");
  std::optional<Split> split = part(*slot, std::move(part_of));
  if (!split)
    return invalid_input(fmt::format(
        "each of these articles has given a live story its name: take out of {} the others",
        story));
  return *std::move(split);
}

// Makes what leaves a story of its own; nothing where no key is left to name it.
std::optional<Split> Grouping::part(Slot slot, Part leaving) {
  const auto key = std::find_if(leaving.articles.begin(), leaving.articles.end(),
                                [&](std::int64_t article) { return !find(article); });
  if (key == leaving.articles.end()) return std::nullopt;
  const Slot opened = open(*key);
  Story &from = stories_[slot], &to = stories_[opened];
  add_terms(opened, leaving.sum);
  take_off(slot, leaving.sum);
  to.articles = static_cast<std::uint32_t>(leaving.articles.size());
  from.articles -= to.articles;
  to.last = from.last;
  std::vector<std::uint64_t> stays, goes;
  for (const std::uint64_t number : members_.of(from.newest)) {
    const bool leaves = std::find(leaving.articles.begin(), leaving.articles.end(),
                                  members_.at(number).article) != leaving.articles.end();
    (leaves ? goes : stays).push_back(number);
  }
  from.newest = members_.link(stays);
  to.newest = members_.link(goes);
  apart_.add(from.key, to.key);
  return Split{.story = to.key, .articles = std::move(leaving.articles)};
}

void Grouping::take_off(Slot slot, std::span<const Term> sum) {
  std::vector<Term> rest;
  stories::add(stories_[slot].terms, sum, -1, rest);
  auto taken = sum.begin();
  auto had = stories_[slot].terms.cbegin();
  std::erase_if(rest, [&](const Term& term) {
    while (taken != sum.end() && taken->term < term.term) ++taken;
    while (had != stories_[slot].terms.cend() && had->term < term.term) ++had;
    if (taken == sum.end() || taken->term != term.term) return false;
    const bool was_had = had != stories_[slot].terms.cend() && had->term == term.term;
    if (was_had && term.weight >= kRest * taken->weight) {
      postings_.set(term.term, slot, term.weight);
      return false;
    }
    if (was_had) postings_.remove(term.term, slot);
    return true;
  });
  set_terms(slot, rest);
}

// Looked at each time that a story has grown by a few.
void Grouping::split_drifted(Slot slot, Joined& joined) {
  const Story& story = stories_[slot];
  if (story.is_held || story.articles % kSplitEvery != 0) return;
  Part leaving;
  std::vector<std::vector<Term>> vectors;
  for (const std::uint64_t number : drifted(story)) {
    leaving.articles.push_back(members_.at(number).article);
    vectors.push_back(members_.at(number).vector());
  }
  if (vectors.empty()) return;
  leaving.sum = sum_of(vectors);
  if (std::optional<Split> split = part(slot, std::move(leaving)))
    joined.splits.push_back(*std::move(split));
}

// The numbers of the articles that tell of another event than the rest of the story.
std::vector<std::uint64_t> Grouping::drifted(const Story& story) const {
  const std::vector<std::uint64_t> numbers = members_.of(story.newest);
  std::vector<std::vector<Term>> vectors;
  std::optional<std::size_t> opener;
  for (const std::uint64_t number : numbers) {
    if (members_.at(number).article == story.key) opener = vectors.size();
    vectors.push_back(members_.at(number).vector());
  }
  std::vector<std::uint64_t> leaving;
  for (const std::size_t index : other_event(vectors, opener)) leaving.push_back(numbers[index]);
  const bool is_long = story.articles >= 2 * Members::kOfStoryMax && !opener;
  if (leaving.empty() && is_long && has_drifted(vectors, story.beginning)) return numbers;
  return leaving;
}

}  // namespace tidings::stories
