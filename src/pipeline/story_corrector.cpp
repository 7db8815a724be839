#include "pipeline/story_corrector.h"

#include <algorithm>
#include <utility>

#include "stories/story_facts.h"

namespace tidings::pipeline {

Result<void> StoryCorrector::correct(const StoryCorrection& correction) {
  const StoryId story = TRY(present(correction.story));
  switch (correction.kind) {
    case StoryCorrectionKind::Merge:
      return merge(story, TRY(present(correction.other)));
    case StoryCorrectionKind::Split:
      return split(story, correction.articles);
    case StoryCorrectionKind::Remove:
      for (const ArticleId& article : correction.articles) TRY(split(story, {&article, 1}));
      return {};
  }
  return invalid_input("this is no correction that is known");
}

Result<StoryId> StoryCorrector::present(StoryId id) const {
  const auto into = TRY(stores_.stories().merged_into(id));
  const StoryId now = into.value_or(id);
  TRY(stores_.stories().get(now));
  return now;
}

Result<std::int64_t> StoryCorrector::tell(stories::CorrectionInput correction) {
  Result<std::int64_t> told = engine_.correct(correction);
  if (told) inputs_.emplace_back(std::move(correction));
  return told;
}

// Where the grouping knows only one of them, that is the one of which something was heard later.
Result<void> StoryCorrector::merge(StoryId first, StoryId second) {
  if (first == second) return {};
  const Result<std::int64_t> stays = tell({.story = to_int(first), .other = to_int(second)});
  StoryId into = first;
  if (stays) {
    into = StoryId(*stays);
  } else if (stays.error().kind != ErrorKind::NotFound) {
    return stays.error();
  } else {
    const Time one = TRY(stores_.stories().get(first)).updated_at;
    const Time other = TRY(stores_.stories().get(second)).updated_at;
    into = other > one ? second : first;
  }
  changes_.merge(into == first ? second : first, into);
  return {};
}

// The article that a story is named after cannot leave it: the others do.
Result<void> StoryCorrector::split(StoryId story, std::span<const ArticleId> articles) {
  if (articles.size() != 1 || to_int(articles.front()) != to_int(story))
    return part(story, articles);
  std::vector<ArticleId> others;
  const std::vector<StoryMembers> found =
      TRY(stores_.stories().members({&story, 1}, stories::kFactMembersMax));
  for (const StoryMember& member : found.front().members) {
    if (member.article.id != articles.front()) others.push_back(member.article.id);
  }
  return part(story, others);
}

Result<void> StoryCorrector::part(StoryId story, std::span<const ArticleId> articles) {
  std::vector<stories::StoryInput> inputs = TRY(leaving(story, articles));
  if (inputs.empty()) return {};
  std::vector<ArticleId> ids;
  ids.reserve(inputs.size());
  for (const stories::StoryInput& input : inputs) ids.push_back(ArticleId(input.key));
  const Result<std::int64_t> named = tell({.story = to_int(story), .leaving = std::move(inputs)});
  StoryId into{};
  if (named) {
    into = StoryId(*named);
  } else if (named.error().kind != ErrorKind::NotFound) {
    return named.error();
  } else {
    // The story has ended: it is named here as grouping would name it.
    for (const ArticleId id : ids) {
      const StoryId free{to_int(id)};
      if (into == StoryId{} && TRY(stores_.stories().get_many({&free, 1})).empty()) into = free;
    }
    if (into == StoryId{}) return named.error();
  }
  for (const ArticleId id : ids) changes_.move(id, into);
  changes_.link(story, {});
  changes_.link(into, {});
  return {};
}

Result<std::vector<stories::StoryInput>> StoryCorrector::leaving(
    StoryId story, std::span<const ArticleId> articles) const {
  std::vector<ArticleId> ids;
  for (const StoryPlacement& one : TRY(stores_.stories().placements(articles))) {
    if (one.place.story_id == story) ids.push_back(one.place.article_id);
  }
  std::vector<stories::StoryInput> inputs;
  const std::vector<AnalyzedArticle> analyses = TRY(stores_.analyses().get_many(ids));
  for (Article& article : TRY(stores_.articles().get_whole(ids))) {
    const auto analyzed =
        std::ranges::find(analyses, article.summary.id, &AnalyzedArticle::article_id);
    if (analyzed == analyses.end()) continue;
    inputs.push_back(read_article(std::move(article), *analyzed, families_).input);
    inputs.back().sketch = {};
    inputs.back().facts.clear();
    inputs.back().topics.clear();
  }
  return inputs;
}

}  // namespace tidings::pipeline
