#include "stories/grouping.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace tidings::stories {
namespace {

constexpr std::size_t kArticleTerms = 48;  // the weightiest
constexpr std::size_t kPostingsMax = 800;  // looked at for an article, of the rarest terms first
constexpr std::size_t kComparedMax = 16;   // candidates
constexpr std::size_t kEvidenceMax = 8;
constexpr std::size_t kClockArticles = 5;
constexpr std::size_t kSweepEvery = 256;  // articles

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

template <class T>
auto place_of(std::vector<T>& entries, std::uint32_t term) {
  return std::lower_bound(entries.begin(), entries.end(), term,
                          [](const T& a, std::uint32_t b) { return a.term < b; });
}

}  // namespace

Grouping::Grouping(TermCounts counts, const GroupingLimits& limits)
    : counts_(std::move(counts)), limits_(limits) {}

Joined Grouping::add(const Grouped& article) {
  move_clock(article.published);
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
  stories_[slot].last = now_;
  merge_alike(slot, joined, slot);
  joined.story = stories_[slot].key;
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
  if (vector.size() > kArticleTerms) {
    std::nth_element(vector.begin(), vector.begin() + kArticleTerms, vector.end(),
                     [](const Term& a, const Term& b) {
                       return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
                     });
    vector.resize(kArticleTerms);
    std::sort(vector.begin(), vector.end(),
              [](const Term& a, const Term& b) { return a.term < b.term; });
  }
  float sum = 0;
  for (const Term& term : vector) sum += term.weight * term.weight;
  const float norm = sum > 0 ? std::sqrt(sum) : 1;
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
  std::erase_if(candidates_,
                [&](Slot slot) { return slot == except || !has_room(stories_[slot].articles); });
}

// The cosine; less for one word in common, and for a story of which nothing was heard for days.
double Grouping::similarity(const Story& story, std::span<const Term> terms, float norm) const {
  float product = 0;
  int common = 0;
  auto entry = story.entries.begin();
  for (const Term& term : terms) {
    while (entry != story.entries.end() && entry->term < term.term) ++entry;
    if (entry == story.entries.end()) break;
    if (entry->term != term.term) continue;
    product += term.weight * entry->weight;
    ++common;
  }
  const double idle_days =
      std::chrono::duration<double, std::ratio<86400>>(now_ - story.last).count();
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
  Story& story = stories_[slot];
  story.entries.reserve(story.entries.size() + terms.size());
  for (const Term& term : terms) {
    auto entry = place_of(story.entries, term.term);
    if (entry == story.entries.end() || entry->term != term.term)
      entry = story.entries.insert(
          entry, Entry{.term = term.term, .posting = postings_.add(term.term, slot)});
    entry->weight += term.weight;
    postings_.set_weight(entry->posting, entry->weight);
  }
  if (story.entries.size() > kStoryTermsMost) prune(story);
  measure(story);
}

void Grouping::prune(Story& story) {
  std::vector<float> weights;
  weights.reserve(story.entries.size());
  for (const Entry& entry : story.entries) weights.push_back(entry.weight);
  std::nth_element(weights.begin(), weights.begin() + kStoryTerms, weights.end(), std::greater<>());
  const float least = weights[kStoryTerms];
  std::vector<Entry> kept;
  for (const Entry& entry : story.entries) {
    if (entry.weight > least) {
      kept.push_back(entry);
    } else {
      postings_.remove(entry.term, entry.posting);
    }
  }
  story.entries = std::move(kept);
}

void Grouping::measure(Story& story) {
  float sum = 0;
  for (const Entry& entry : story.entries) sum += entry.weight * entry.weight;
  story.norm = sum > 0 ? std::sqrt(sum) : 1;
}

// Looked for while a story is young, then each time it has grown by an eighth.
void Grouping::merge_alike(Slot slot, Joined& joined, Slot& result) {
  const std::uint32_t articles = stories_[slot].articles;
  if (articles >= 8 && articles % (articles / 8) != 0) return;
  const Nearest other = nearest(terms_of(stories_[slot]), stories_[slot].norm, slot);
  if (!other.story) return;
  const std::uint32_t others = stories_[*other.story].articles;
  if (!has_room(articles + others)) return;
  const bool is_small = std::min(articles, others) < kSmall;
  if (other.similarity < (is_small ? kMergeSmallMin : kMergeMin)) return;
  result = merge(slot, *other.story);
  const Slot gone = result == slot ? *other.story : slot;
  joined.merged.push_back(stories_[gone].key);
  close(gone);
}

std::vector<Term> Grouping::terms_of(const Story& story) {
  std::vector<Term> terms;
  terms.reserve(story.entries.size());
  for (const Entry& entry : story.entries) terms.push_back({entry.term, entry.weight});
  return terms;
}

// Into the one with more articles, of equals the older.
Grouping::Slot Grouping::merge(Slot first, Slot second) {
  const Story &a = stories_[first], &b = stories_[second];
  const bool first_stays = a.articles != b.articles ? a.articles > b.articles : a.key < b.key;
  const Slot stays = first_stays ? first : second, goes = first_stays ? second : first;
  add_terms(stays, terms_of(stories_[goes]));
  stories_[stays].articles += stories_[goes].articles;
  articles_ += stories_[goes].articles;  // closing the other takes them off again
  stories_[stays].last = std::max(stories_[stays].last, stories_[goes].last);
  return stays;
}

void Grouping::close(Slot slot) {
  articles_ -= stories_[slot].articles;
  for (const Entry& entry : stories_[slot].entries) postings_.remove(entry.term, entry.posting);
  stories_[slot] = {};
  free_.push_back(slot);
}

// Those of which nothing was heard for long; when there are too many, those longest unheard of.
void Grouping::end_idle() {
  std::vector<std::tuple<Time, std::int64_t, Slot>> by_age;
  for (Slot slot = 0; slot < stories_.size(); ++slot) {
    const Story& story = stories_[slot];
    if (story.articles > 0) by_age.emplace_back(story.last, story.key, slot);
  }
  const std::size_t over = by_age.size() > limits_.live_max ? by_age.size() - limits_.live_max : 0;
  std::sort(by_age.begin(), by_age.end());
  for (std::size_t i = 0; i < by_age.size(); ++i) {
    const auto& [last, key, slot] = by_age[i];
    if (i >= over && last + limits_.idle_max >= now_) break;
    close(slot);
  }
}

void Grouping::move_clock(Time published) {
  if (recent_.size() == kClockArticles) recent_.erase(recent_.begin());
  recent_.push_back(published);
  std::vector<Time> sorted = recent_;
  std::sort(sorted.begin(), sorted.end());
  now_ = sorted[(sorted.size() - 1) / 2];
}

std::vector<Term> Grouping::shared(const Story& story, std::span<const Term> terms) const {
  std::vector<Term> found;
  auto entry = story.entries.begin();
  for (const Term& term : terms) {
    while (entry != story.entries.end() && entry->term < term.term) ++entry;
    if (entry == story.entries.end()) break;
    if (entry->term == term.term)
      found.push_back({term.term, term.weight * entry->weight / story.norm});
  }
  std::sort(found.begin(), found.end(), [](const Term& a, const Term& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  });
  if (found.size() > kEvidenceMax) found.resize(kEvidenceMax);
  return found;
}

}  // namespace tidings::stories
