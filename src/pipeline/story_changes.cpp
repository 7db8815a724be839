#include "pipeline/story_changes.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "stories/story_facts.h"

namespace tidings::pipeline {

void StoryChanges::place(ReadArticle article) {
  const StoryId into = article.place.story_id;
  touched_.insert(into);
  changes_.push_back(
      {.kind = Change::Kind::Place,
       .member = {.place = std::move(article.place), .article = std::move(article.summary)},
       .into = into});
}

void StoryChanges::merge(StoryId from, StoryId into) {
  touched_.insert({from, into});
  changes_.push_back({.kind = Change::Kind::Merge, .from = from, .into = into});
  links_.erase(from);
}

void StoryChanges::move(ArticleId article, StoryId into) {
  touched_.insert(into);
  changes_.push_back({.kind = Change::Kind::Move, .member = {}, .into = into});
  changes_.back().member.place.article_id = article;
}

void StoryChanges::link(StoryId story, std::vector<StoryLink> links) {
  links_.insert_or_assign(story, std::move(links));
}

void StoryChanges::refresh(StoryArticle place) {
  touched_.insert(place.story_id);
  changes_.push_back({.kind = Change::Kind::Refresh, .member = {.place = std::move(place)}});
}

void StoryChanges::remove(const StoryArticle& place) {
  touched_.insert(place.story_id);
  changes_.push_back({.kind = Change::Kind::Remove, .member = {.place = place}});
}

Result<void> StoryChanges::finish(StoryStep& step) {
  TRY(load());
  for (Change& change : changes_) {
    if (change.kind == Change::Kind::Remove) step.removed.push_back(change.member.place.article_id);
    apply(change);
  }
  step.merges = std::move(merges_);
  for (auto& [id, found] : stories_) {
    if (found.members.empty()) {
      const bool is_merged =
          std::ranges::find(step.merges, id, &StoryMerge::from) != step.merges.end();
      if (!is_merged) step.gone.push_back(id);
      continue;
    }
    step.stories.push_back(story_of(id, found, step));
  }
  step.links = links_of(step);
  return {};
}

// Those of stories that are there in the end, to what the others have become since.
std::vector<LinksOfStory> StoryChanges::links_of(const StoryStep& step) {
  std::vector<LinksOfStory> found;
  for (auto& [story, links] : links_) {
    if (std::ranges::find(step.stories, story, &Story::id) == step.stories.end()) continue;
    for (StoryLink& link : links) {
      for (const StoryMerge& merge : step.merges) {
        if (link.story == merge.from) link.story = merge.into;
      }
    }
    std::erase_if(links, [&](const StoryLink& link) { return link.story == story; });
    found.push_back({.story = story, .links = std::move(links)});
  }
  return found;
}

// What is moved away is needed with its whole place, and its story is touched as well.
Result<void> StoryChanges::load() {
  std::vector<ArticleId> moved;
  for (const Change& change : changes_) {
    if (change.kind == Change::Kind::Move) moved.push_back(change.member.place.article_id);
  }
  for (const StoryPlacement& placement : TRY(store_.placements(moved)))
    touched_.insert(placement.place.story_id);
  const std::vector<StoryId> ids(touched_.begin(), touched_.end());
  std::vector<StoryMembers> loaded = TRY(store_.members(ids, stories::kFactMembersMax));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Members& kept = stories_[ids[i]];
    kept.articles = loaded[i].articles;
    for (StoryMember& member : loaded[i].members)
      kept.members.push_back({.member = std::move(member)});
  }
  return {};
}

void StoryChanges::apply(Change& change) {
  StoryArticle& place = change.member.place;
  const auto is_it = [&](const Member& one) {
    return one.member.place.article_id == place.article_id;
  };
  switch (change.kind) {
    case Change::Kind::Place: {
      Members& story = stories_[change.into];
      story.members.push_back({.member = std::move(change.member), .is_written = true});
      ++story.articles;
      return;
    }
    case Change::Kind::Merge:
      return apply_merge(change.from, change.into);
    case Change::Kind::Move:
      return apply_move(change);
    case Change::Kind::Refresh: {
      Members& story = stories_[place.story_id];
      const auto found = std::ranges::find_if(story.members, is_it);
      if (found == story.members.end()) return;
      found->member.place = std::move(place);
      found->is_written = true;
      return;
    }
    case Change::Kind::Remove: {
      Members& story = stories_[place.story_id];
      std::erase_if(story.members, is_it);
      // Few are read with their articles, without those that are gone; of many the places are
      // counted.
      if (story.articles > static_cast<std::int64_t>(story.members.size())) --story.articles;
      return;
    }
  }
}

void StoryChanges::apply_merge(StoryId from, StoryId into) {
  merges_.push_back({.from = from, .into = into});
  Members& gone = stories_[from];
  Members& stays = stories_[into];
  std::ranges::move(gone.members, std::back_inserter(stays.members));
  stays.articles += gone.articles;
  gone = {};
}

void StoryChanges::apply_move(const Change& change) {
  for (auto& [id, story] : stories_) {
    if (id == change.into) continue;
    const auto found = std::ranges::find_if(story.members, [&](const Member& one) {
      return one.member.place.article_id == change.member.place.article_id;
    });
    if (found == story.members.end()) continue;
    found->is_written = true;
    // Why it once joined the other says nothing of where it is now.
    found->member.place.similarity = found->member.place.next_similarity = 0;
    found->member.place.evidence.clear();
    stories_[change.into].members.push_back(std::move(*found));
    ++stories_[change.into].articles;
    story.members.erase(found);
    --story.articles;
    return;
  }
}

Story StoryChanges::story_of(StoryId id, Members& found, StoryStep& step) const {
  std::ranges::sort(found.members, {}, [](const Member& one) {
    return std::pair(one.member.place.published, one.member.place.article_id);
  });
  std::vector<StoryMember> members;
  for (Member& one : found.members) {
    one.member.place.story_id = id;
    members.push_back(std::move(one.member));
  }
  for (const std::size_t changed : stories::settle_originals(members))
    found.members[changed].is_written = true;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (found.members[i].is_written) step.placed.push_back(members[i].place);
  }
  return stories::story_of(id, members, found.articles, weights_);
}

}  // namespace tidings::pipeline
