#include "stories/grouping.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/check.h"

namespace tidings::stories {
namespace {

constexpr std::size_t kArticleTerms = 48;  // the weightiest
constexpr std::size_t kPostingsMax = 800;  // looked at for an article, of the rarest terms first
constexpr std::size_t kComparedMax = 16;   // candidates
constexpr std::size_t kEvidenceMax = 8;
constexpr std::size_t kSweepEvery = 256;  // articles
constexpr std::uint32_t kBeginning = 8;   // articles that a story begins with

// Chosen on the development half of a stream of headlines (docs/quality.md).
constexpr double kJoinMin = 0.12;
constexpr int kCommonMin = 2;
constexpr double kOneWord = 0.5;     // one word in common is weak evidence
constexpr std::uint32_t kSmall = 5;  // articles; what is smaller is young and merges sooner
constexpr double kMergeSmallMin = 0.22, kMergeMin = 0.32;
// A story of hundreds takes in only what is plainly its own, and never more than a quarter of all
// articles of live stories: a template under a thousand titles must not swallow the rest.
constexpr double kLarge = 300, kLargeFactor = 0.1, kShareMax = 0.25;
constexpr double kDecayDays = 10;

double join_min(std::uint32_t articles) {
  return articles <= kLarge ? kJoinMin : kJoinMin + kLargeFactor * std::log2(articles / kLarge);
}

}  // namespace

Grouping::Grouping(TermCounts counts, const GroupingLimits& limits)
    : counts_(std::move(counts)), limits_(limits) {
  CHECK(limits.live_max + kSweepEvery < Posting::kStoriesMax);
}

Joined Grouping::add(const Grouped& article) {
  clock_.move(article.published);
  if (++added_ % kSweepEvery == 0) end_idle();
  counts_.add_article(article.language);
  for (const TermAmount& term : article.terms) counts_.add(term.term);
  const std::vector<Term> vector = vector_of(article);
  const Nearest found = nearest(vector, 1, std::nullopt);
  const bool joins = found.story && found.similarity >= join_min(stories_[*found.story].articles);
  Joined joined{.similarity = joins ? found.similarity : 0,
                .next_similarity = joins ? found.next : found.similarity};
  Slot slot = joins ? *found.story : open(article.key);
  if (joins) joined.evidence = shared(stories_[slot], vector);
  add_terms(slot, vector);
  ++stories_[slot].articles;
  ++articles_;
  stories_[slot].last = clock_.now();
  remember(slot, article.key, vector);
  // What it did not join it is not merged with either.
  if (joins) merge_alike(slot, joined, slot);
  joined.story = stories_[slot].key;
  if (joins) split_drifted(slot, joined);
  return joined;
}

// The weightiest terms, by term, of length one together.
std::vector<Term> Grouping::vector_of(const Grouped& article) const {
  const double articles = counts_.articles(article.language);
  std::vector<Term> vector;
  vector.reserve(article.terms.size());
  for (const TermAmount& term : article.terms) {
    const double rarity = std::log1p(articles / counts_.count(term.term));
    vector.push_back({term.term, term.amount * static_cast<float>(rarity)});
  }
  keep_weightiest(vector, kArticleTerms);
  const float norm = norm_of(vector);
  for (Term& term : vector) term.weight /= norm;
  return vector;
}

Grouping::Nearest Grouping::nearest(std::span<const Term> terms, float norm,
                                    std::optional<Slot> except) {
  find_candidates(terms, except);
  Nearest best;
  for (const Slot slot : candidates_) {
    const double found = similarity(stories_[slot], terms, norm);
    if (found > best.similarity) {
      best = {.story = slot, .similarity = found, .next = best.similarity};
    } else {
      best.next = std::max(best.next, found);
    }
  }
  return best;
}

// With how many stories have each.
std::vector<std::pair<std::size_t, Term>> Grouping::rarest_first(
    std::span<const Term> terms) const {
  std::vector<std::pair<std::size_t, Term>> ordered;
  ordered.reserve(terms.size());
  for (const Term& term : terms) ordered.emplace_back(postings_.count(term.term), term);
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.term < b.second.term;
  });
  return ordered;
}

// Those that share most of what is rare, most first, the oldest first among equals.
void Grouping::find_candidates(std::span<const Term> terms, std::optional<Slot> except) {
  candidates_.clear();
  std::size_t looked_at = 0;
  for (const auto& [count, term] : rarest_first(terms)) {
    looked_at += count;
    if (looked_at > kPostingsMax) break;
    postings_.each(term.term, [&, weight = term.weight](Slot story, float other) {
      if (products_[story] == 0) candidates_.push_back(story);
      products_[story] += weight * other;
    });
  }
  for (const Slot slot : candidates_) products_[slot] /= stories_[slot].norm;
  const auto most =
      candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(candidates_.size(), kComparedMax));
  std::partial_sort(candidates_.begin(), most, candidates_.end(), [&](Slot a, Slot b) {
    return products_[a] != products_[b] ? products_[a] > products_[b]
                                        : stories_[a].key < stories_[b].key;
  });
  for (const Slot slot : candidates_) products_[slot] = 0;
  candidates_.erase(most, candidates_.end());
  std::erase_if(candidates_, [&](Slot slot) {
    return slot == except || !has_room(stories_[slot].articles) ||
           (except && apart_.contains(stories_[*except].key, stories_[slot].key));
  });
}

// The cosine; less for one word in common, and for a story of which nothing was heard for days.
double Grouping::similarity(const Story& story, std::span<const Term> terms, float norm) const {
  float product = 0;
  int common = 0;
  each_common(story.terms, terms, [&](const Term& a, const Term& b) {
    product += a.weight * b.weight;
    ++common;
  });
  const double idle_days =
      std::chrono::duration<double, std::ratio<86400>>(clock_.now() - story.last).count();
  return static_cast<double>(product / (story.norm * norm)) *
         (common >= kCommonMin ? 1.0 : kOneWord) * std::exp(-std::max(idle_days, 0.0) / kDecayDays);
}

bool Grouping::has_room(std::uint32_t articles) const {
  return articles <= kLarge || articles <= kShareMax * static_cast<double>(articles_);
}

Grouping::Slot Grouping::open(std::int64_t key) {
  if (free_.empty()) {
    free_.push_back(static_cast<Slot>(stories_.size()));
    stories_.emplace_back();
    products_.push_back(0);
  }
  const Slot slot = free_.back();
  free_.pop_back();
  stories_[slot] = {.key = key};
  return slot;
}

void Grouping::add_terms(Slot slot, std::span<const Term> terms) {
  stories::add(stories_[slot].terms, terms, 1, sum_);
  for (auto term = sum_.begin(); const Term& added : terms) {
    while (term->term < added.term) ++term;
    postings_.set(added.term, slot, term->weight);
  }
  if (sum_.size() > kStoryTermsMost) prune(slot, sum_);
  set_terms(slot, sum_);
}

void Grouping::set_terms(Slot slot, std::vector<Term>& terms) {
  Story& story = stories_[slot];
  if (terms.size() == story.terms.size()) {
    std::copy(terms.begin(), terms.end(), story.terms.begin());
  } else {
    story.terms = std::vector<Term>(terms.begin(), terms.end());
  }
  story.norm = norm_of(story.terms);
}

void Grouping::prune(Slot slot, std::vector<Term>& terms) {
  std::vector<float> weights;
  weights.reserve(terms.size());
  for (const Term& term : terms) weights.push_back(term.weight);
  std::nth_element(weights.begin(), weights.begin() + kStoryTerms, weights.end(), std::greater<>());
  const float least = weights[kStoryTerms];
  std::erase_if(terms, [&](const Term& term) {
    if (term.weight > least) return false;
    postings_.remove(term.term, slot);
    return true;
  });
}

// Looked for while a story is young, then each time it has grown by an eighth.
void Grouping::merge_alike(Slot slot, Joined& joined, Slot& result) {
  const std::uint32_t articles = stories_[slot].articles;
  if (articles >= 8 && articles % (articles / 8) != 0) return;
  const Nearest other = nearest(stories_[slot].terms, stories_[slot].norm, slot);
  if (!other.story) return;
  const std::uint32_t others = stories_[*other.story].articles;
  if (!has_room(articles + others)) return;
  const bool is_small = std::min(articles, others) < kSmall;
  const double least =
      std::max(is_small ? kMergeSmallMin : kMergeMin, join_min(std::max(articles, others)));
  if (other.similarity < least) return;
  const std::int64_t keys[] = {stories_[slot].key, stories_[*other.story].key};
  result = unite(slot, *other.story);
  joined.merged.push_back(keys[stories_[result].key == keys[0] ? 1 : 0]);
}

// Into the one with more articles, of equals the older.
Grouping::Slot Grouping::unite(Slot first, Slot second) {
  const Story &a = stories_[first], &b = stories_[second];
  const bool first_stays = a.articles != b.articles ? a.articles > b.articles : a.key < b.key;
  const Slot stays = first_stays ? first : second, goes = first_stays ? second : first;
  Story &into = stories_[stays], &from = stories_[goes];
  add_terms(stays, from.terms);
  into.articles += from.articles;
  articles_ += from.articles;  // closing the other takes them off again
  into.last = std::max(into.last, from.last);
  into.is_held |= from.is_held;
  std::vector<std::uint64_t> numbers = members_.of(into.newest);
  const std::vector<std::uint64_t> others = members_.of(from.newest);
  numbers.insert(numbers.end(), others.begin(), others.end());
  std::sort(numbers.begin(), numbers.end());
  into.newest = members_.link(numbers);
  apart_.rename(from.key, into.key);
  close(goes);
  return stays;
}

void Grouping::close(Slot slot) {
  const Story& story = stories_[slot];
  articles_ -= story.articles;
  for (const Term& term : story.terms) postings_.remove(term.term, slot);
  apart_.forget(story.key);
  stories_[slot] = {};
  free_.push_back(slot);
}

void Grouping::remember(Slot slot, std::int64_t article, std::span<const Term> vector) {
  Story& story = stories_[slot];
  story.newest = members_.add(article, story.newest, vector);
  if (!story.beginning.empty() || story.articles < kBeginning) return;
  std::vector<Term> beginning = story.terms;
  keep_weightiest(beginning, Member::kTermsMax);
  story.beginning.assign(beginning.begin(), beginning.end());
}

// Those of which nothing was heard for long; when there are too many, those longest unheard of.
void Grouping::end_idle() {
  for (Slot slot = 0; slot < stories_.size(); ++slot) {
    const Story& story = stories_[slot];
    if (story.articles > 0 && story.last + limits_.idle_max < clock_.now()) close(slot);
  }
  if (live() > limits_.live_max) end_longest_idle(live() - limits_.live_max);
}

void Grouping::end_longest_idle(std::size_t count) {
  std::vector<std::tuple<Time, std::int64_t, Slot>> by_age;
  by_age.reserve(live());
  for (Slot slot = 0; slot < stories_.size(); ++slot) {
    const Story& story = stories_[slot];
    if (story.articles > 0) by_age.emplace_back(story.last, story.key, slot);
  }
  const auto end = by_age.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(by_age.begin(), end, by_age.end());
  std::for_each(by_age.begin(), end, [&](const auto& each) { close(std::get<Slot>(each)); });
}

std::vector<Term> Grouping::shared(const Story& story, std::span<const Term> terms) const {
  std::vector<Term> found;
  each_common(story.terms, terms, [&](const Term& a, const Term& b) {
    found.push_back({.term = a.term, .weight = a.weight * b.weight / story.norm});
  });
  std::sort(found.begin(), found.end(), is_weightier);
  if (found.size() > kEvidenceMax) found.resize(kEvidenceMax);
  return found;
}

}  // namespace tidings::stories
