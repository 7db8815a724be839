// How the facts of stories are kept.
#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "stories/links.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kMagic = "TIDLNK01";
constexpr std::size_t kTopicsMax = 64;  // there are fewer codes than that in a story

}  // namespace

StoryLinks::Slot StoryLinks::slot_of(std::int64_t key) {
  const auto [found, is_new] = slots_.try_emplace(key, 0);
  if (!is_new) return found->second;
  if (free_.empty()) {
    free_.push_back(static_cast<Slot>(stories_.size()));
    stories_.emplace_back();
  }
  found->second = free_.back();
  free_.pop_back();
  stories_[found->second] = {.key = key};
  return found->second;
}

void StoryLinks::add_facts(Slot slot, std::vector<Told> facts) {
  std::map<std::uint32_t, Told> sum;
  for (Told& each : told(stories_[slot])) {
    const std::uint32_t key = each.fact.key;
    sum.emplace(key, std::move(each));
  }
  for (Told& each : facts) {
    const auto [known, is_new] = sum.try_emplace(each.fact.key, each);
    if (!is_new) known->second.articles += each.articles;
  }
  std::vector<Told> all;
  all.reserve(sum.size());
  for (auto& [key, each] : sum) all.push_back(std::move(each));
  if (all.size() > kFactsMax) {
    // What fewer articles have goes, of these what tells less.
    std::sort(all.begin(), all.end(), [](const Told& a, const Told& b) {
      return std::tuple(b.articles, b.fact.weight, a.fact.key) <
             std::tuple(a.articles, a.fact.weight, b.fact.key);
    });
    all.resize(kFactsMax);
    std::sort(all.begin(), all.end(),
              [](const Told& a, const Told& b) { return a.fact.key < b.fact.key; });
  }
  set_facts(slot, all);
}

// `facts` by key.
void StoryLinks::set_facts(Slot slot, std::span<const Told> facts) {
  Story& story = stories_[slot];
  const std::vector<Fact> had = std::move(story.facts);
  story.facts = {};
  story.facts.reserve(facts.size());
  std::string texts;
  for (const auto& [fact, articles] : facts) {
    story.facts.push_back({.key = fact.key,
                           .articles = articles,
                           .weight = fact.weight,
                           .text_begin = static_cast<std::uint16_t>(texts.size()),
                           .text_size = static_cast<std::uint8_t>(fact.text.size()),
                           .kind = fact.kind});
    texts += fact.text;
  }
  story.texts = std::string(texts);
  const auto has = [](const std::vector<Fact>& those, std::uint32_t key) {
    return std::ranges::binary_search(those, key, {}, &Fact::key);
  };
  for (const Fact& fact : had) {
    if (!has(story.facts, fact.key)) having_.remove(fact.key, slot);
  }
  for (const Fact& fact : story.facts) {
    if (!has(had, fact.key)) having_.set(fact.key, slot, 1);
  }
}

std::string_view StoryLinks::text_of(const Story& story, const Fact& fact) {
  return std::string_view(story.texts).substr(fact.text_begin, fact.text_size);
}

std::vector<StoryLinks::Told> StoryLinks::told(const Story& story) {
  std::vector<Told> found;
  found.reserve(story.facts.size());
  for (const Fact& fact : story.facts)
    found.push_back({.fact = {.kind = fact.kind,
                              .key = fact.key,
                              .text = std::string(text_of(story, fact)),
                              .weight = fact.weight},
                     .articles = fact.articles});
  return found;
}

void StoryLinks::add_topics(Story& story, std::span<const std::pair<std::string, double>> topics) {
  for (const auto& [code, score] : topics) {
    const auto at = std::lower_bound(story.topics.begin(), story.topics.end(), code,
                                     [](const auto& a, const auto& b) { return a.first < b; });
    if (at != story.topics.end() && at->first == code) {
      at->second += score;
    } else if (story.topics.size() < kTopicsMax) {
      story.topics.insert(at, {code, score});
    }
  }
}

void StoryLinks::free(Slot slot) {
  set_facts(slot, {});
  slots_.erase(stories_[slot].key);
  stories_[slot] = {};
  free_.push_back(slot);
}

void StoryLinks::forget(std::int64_t story) {
  if (const auto found = slots_.find(story); found != slots_.end()) free(found->second);
}

void StoryLinks::merge(std::int64_t gone, std::int64_t into) {
  const auto found = slots_.find(gone);
  if (found == slots_.end() || gone == into) return;
  const Slot from = found->second, to = slot_of(into);
  const Story moved = stories_[from];
  Story& story = stories_[to];
  if (story.articles == 0) {
    story.language = moved.language;
    story.first = moved.first;
    story.last = moved.last;
  }
  story.articles += moved.articles;
  story.first = std::min(story.first, moved.first);
  story.last = std::max(story.last, moved.last);
  add_topics(story, moved.topics);
  add_facts(to, told(moved));
  free(from);
}

// Those that nothing was said of for long; when there are too many, those longest unheard of.
void StoryLinks::end_idle() {
  std::vector<std::tuple<Time, std::int64_t, Slot>> by_age;
  for (Slot slot = 0; slot < stories_.size(); ++slot) {
    const Story& story = stories_[slot];
    if (story.articles == 0) continue;
    if (story.last + limits_.idle_max < clock_.now()) {
      free(slot);
    } else {
      by_age.emplace_back(story.last, story.key, slot);
    }
  }
  if (by_age.size() <= limits_.stories_max) return;
  const auto end = by_age.end() - static_cast<std::ptrdiff_t>(limits_.stories_max);
  std::nth_element(by_age.begin(), end, by_age.end());
  std::for_each(by_age.begin(), end, [&](const auto& each) { free(std::get<Slot>(each)); });
}

void StoryLinks::save(ByteWriter& out) const {
  out.add(kMagic);
  clock_.save(out);
  out.add(added_);
  out.add(static_cast<std::uint32_t>(size()));
  for (const Story& story : stories_) {
    if (story.articles > 0) save(story, out);
  }
}

void StoryLinks::save(const Story& story, ByteWriter& out) const {
  out.add(story.key);
  out.add(std::string_view(story.language));
  out.add(story.first.time_since_epoch().count());
  out.add(story.last.time_since_epoch().count());
  out.add(story.articles);
  out.add(static_cast<std::uint32_t>(story.facts.size()));
  for (const auto& [fact, articles] : told(story)) {
    stories::save(fact, out);
    out.add(articles);
  }
  out.add(static_cast<std::uint32_t>(story.topics.size()));
  for (const auto& [code, score] : story.topics) {
    out.add(std::string_view(code));
    out.add(score);
  }
}

Result<StoryLinks> StoryLinks::restore(ByteReader& in, const LinkLimits& limits) {
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of links");
  StoryLinks links(limits);
  TRY(links.clock_.restore(in));
  links.added_ = TRY(in.number<std::uint64_t>());
  const auto stories = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < stories; ++i) TRY(links.restore_story(in));
  return links;
}

Result<void> StoryLinks::restore_story(ByteReader& in) {
  const auto key = TRY(in.number<std::int64_t>());
  if (slots_.contains(key)) return corrupt("a story was kept twice");
  const Slot slot = slot_of(key);
  Story& story = stories_[slot];
  story.language = TRY(in.text());
  story.first = Time(Duration(TRY(in.number<std::int64_t>())));
  story.last = Time(Duration(TRY(in.number<std::int64_t>())));
  story.articles = TRY(in.number<std::uint32_t>());
  const auto count = TRY(in.number<std::uint32_t>());
  if (story.articles == 0 || count > kFactsMax) return corrupt("a story that cannot be was kept");
  std::vector<Told> facts;
  for (std::uint32_t i = 0; i < count; ++i) {
    facts.push_back({.fact = TRY(restore_fact(in)), .articles = 0});
    facts.back().articles = TRY(in.number<std::uint32_t>());
    if (i > 0 && facts[i - 1].fact.key >= facts[i].fact.key)
      return corrupt("the facts of a story are not in order");
  }
  const auto topics = TRY(in.number<std::uint32_t>());
  if (topics > kTopicsMax) return corrupt("a story of too many topics was kept");
  for (std::uint32_t i = 0; i < topics; ++i) {
    std::string code = TRY(in.text());
    story.topics.emplace_back(std::move(code), TRY(in.number<double>()));
  }
  set_facts(slot, facts);
  return {};
}

}  // namespace tidings::stories
