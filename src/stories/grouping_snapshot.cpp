// What grouping knows, for the next run.
#include "stories/grouping.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kMagic = "TIDGRP02";

std::int64_t ticks(Time time) {
  return time.time_since_epoch().count();
}

Time time_of(std::int64_t ticks) {
  return Time(Duration(ticks));
}

void save(const std::vector<Term>& terms, ByteWriter& out) {
  out.add(static_cast<std::uint32_t>(terms.size()));
  for (const Term& term : terms) {
    out.add(term.term);
    out.add(term.weight);
  }
}

Result<std::vector<Term>> restore_terms(ByteReader& in, std::size_t most) {
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > most) return corrupt("a story of too many terms was kept");
  std::vector<Term> terms;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto term = TRY(in.number<std::uint32_t>());
    terms.push_back({.term = term, .weight = TRY(in.number<float>())});
    if (i > 0 && terms[i - 1].term >= term) return corrupt("the terms of a story are not in order");
  }
  return terms;
}

}  // namespace

void Grouping::save(ByteWriter& out) const {
  out.add(kMagic);
  counts_.save(out);
  clock_.save(out);
  out.add(static_cast<std::uint64_t>(added_));
  members_.save(out);
  apart_.save(out);
  out.add(static_cast<std::uint32_t>(live()));
  for (const Story& story : stories_) {
    if (story.articles > 0) save(story, out);
  }
}

void Grouping::save(const Story& story, ByteWriter& out) const {
  out.add(story.key);
  out.add(story.articles);
  out.add(ticks(story.last));
  out.add(static_cast<std::uint8_t>(story.is_held ? 1 : 0));
  stories::save(story.terms, out);
  stories::save(story.beginning, out);
  members_.save(story.newest, out);
}

Result<Grouping> Grouping::restore(ByteReader& in, const GroupingLimits& limits) {
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of stories");
  Grouping grouping(TRY(TermCounts::restore(in)), limits);
  TRY(grouping.clock_.restore(in));
  grouping.added_ = TRY(in.number<std::uint64_t>());
  TRY(grouping.members_.restore(in));
  TRY(grouping.apart_.restore(in));
  const auto live = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < live; ++i) TRY(grouping.restore_story(in));
  return grouping;
}

Result<void> Grouping::restore_story(ByteReader& in) {
  const Slot slot = open(TRY(in.number<std::int64_t>()));
  stories_[slot].articles = TRY(in.number<std::uint32_t>());
  stories_[slot].last = time_of(TRY(in.number<std::int64_t>()));
  stories_[slot].is_held = TRY(in.number<std::uint8_t>()) != 0;
  const std::vector<Term> terms = TRY(restore_terms(in, kStoryTermsMost));
  stories_[slot].beginning = TRY(restore_terms(in, Member::kTermsMax));
  stories_[slot].newest = TRY(members_.restore_story(in));
  if (stories_[slot].articles == 0) return corrupt("a story that cannot be was kept");
  add_terms(slot, terms);
  articles_ += stories_[slot].articles;
  return {};
}

}  // namespace tidings::stories
