#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {
namespace {

Error conflict(std::string message) {
  return {ErrorKind::Conflict, std::move(message), {}};
}

class MemoryStoryStore final : public StoryStore {
 public:
  explicit MemoryStoryStore(State& state) : state_(state) {}

  Result<void> apply(const StoryStep& step, const CursorMove* move) override {
    MutexLock lock(state_.mutex);
    if (step.version != state_.story_state.version) return moved();
    if (move != nullptr) TRY(state_.advance(*move));
    take_version();
    write_journal(step);
    const std::map<StoryId, Story> before = state_.stories;
    for (const StoryMerge& one : step.merges) merge(one, step);
    for (const ArticleId id : step.removed) state_.story_places.erase(id);
    for (const StoryArticle& place : step.placed)
      state_.story_places.insert_or_assign(place.article_id, place);
    for (const Story& story : step.stories) {
      tell(before.contains(story.id) ? EventKind::StoryUpdated : EventKind::StoryOpened, story);
      state_.stories.insert_or_assign(story.id, story);
      state_.story_redirects.erase(story.id);
    }
    for (const StoryId id : step.gone) remove(id);
    write_links(step);
    return {};
  }

  Result<StoryState> state() const override {
    MutexLock lock(state_.mutex);
    return state_.story_state;
  }

  Result<std::vector<StoryJournal>> journal(std::int64_t after, std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<StoryJournal> found;
    for (auto at = state_.story_journal.upper_bound(after);
         at != state_.story_journal.end() && found.size() < limit; ++at) {
      found.push_back({.version = at->first, .content = at->second});
    }
    return found;
  }

  Result<void> set_checkpoint(const std::string& key, std::int64_t version) override {
    MutexLock lock(state_.mutex);
    StoryState& state = state_.story_state;
    if (version > state.version || version < state.checkpoint_version)
      return conflict("there is a later checkpoint of the stories");
    state.checkpoint = key;
    state.checkpoint_version = version;
    state.journal_articles = 0;
    state_.story_journal.erase(state_.story_journal.begin(),
                               state_.story_journal.upper_bound(version));
    state.journal_bytes = 0;
    for (const auto& [at, content] : state_.story_journal)
      state.journal_bytes += static_cast<std::int64_t>(content.size());
    return {};
  }

  Result<void> begin_backfill(std::int64_t version, const std::string& consumer) override {
    MutexLock lock(state_.mutex);
    if (version != state_.story_state.version) return moved();
    state_.story_state = {
        .version = version + 1, .checkpoint_version = version + 1, .backfilled_to = ArticleId{}};
    state_.story_journal.clear();
    state_.story_lease_owner.clear();
    state_.story_lease_until = {};
    state_.cursors[consumer] = state_.head;
    return {};
  }

  Result<bool> clear(std::int64_t version, std::size_t limit) override {
    MutexLock lock(state_.mutex);
    if (version != state_.story_state.version) return moved();
    const bool is_some = !state_.story_places.empty() || !state_.stories.empty();
    for (std::size_t i = 0; i < limit && !state_.story_places.empty(); ++i)
      state_.story_places.erase(state_.story_places.begin());
    for (std::size_t i = 0; i < limit && !state_.stories.empty(); ++i)
      remove(state_.stories.begin()->first);
    return is_some;
  }

  Result<void> end_backfill(std::int64_t version) override {
    MutexLock lock(state_.mutex);
    if (version != state_.story_state.version) return moved();
    take_version();
    state_.story_state.backfilled_to.reset();
    state_.story_lease_owner.clear();
    state_.story_lease_until = {};
    return {};
  }

  Result<bool> claim_backfill(const std::string& owner, Time now, Time until) override {
    MutexLock lock(state_.mutex);
    if (state_.story_lease_owner != owner && state_.story_lease_until > now) return false;
    state_.story_lease_owner = owner;
    state_.story_lease_until = until;
    return true;
  }

  Result<std::vector<ArticleId>> analyzed(ArticleId after, std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<ArticleId> ids;
    for (auto at = state_.analyses.upper_bound(after);
         at != state_.analyses.end() && ids.size() < limit; ++at) {
      ids.push_back(at->first);
    }
    return ids;
  }

  Result<std::int64_t> count_analyzed(ArticleId after) const override {
    MutexLock lock(state_.mutex);
    return std::distance(state_.analyses.upper_bound(after), state_.analyses.end());
  }

  Result<StoryCorrectionId> correct(const StoryCorrection& correction) override {
    MutexLock lock(state_.mutex);
    const StoryCorrectionId id{state_.next_id()};
    StoryCorrection& kept = state_.story_corrections[id] = correction;
    kept.id = id;
    kept.at = state_.clock.now();
    state_.append(EventKind::StoryCorrected, Event{.subject = to_int(id)});
    return id;
  }

  Result<StoryCorrection> correction(StoryCorrectionId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.story_corrections.find(id);
    if (found == state_.story_corrections.end())
      return not_found("correction " + to_text(id) + " is not there");
    return found->second;
  }

  Result<std::vector<StoryCorrection>> corrections() const override {
    MutexLock lock(state_.mutex);
    std::vector<StoryCorrection> all;
    all.reserve(state_.story_corrections.size());
    for (const auto& [id, correction] : state_.story_corrections) all.push_back(correction);
    return all;
  }

  Result<StoryPage> find(const StoryQuery& query) const override {
    MutexLock lock(state_.mutex);
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 500);
    StoryPage page;
    for (const Story& story : matching(query)) page.stories.push_back(story);
    const auto position = [&](const Story& story) {
      const StoryQuery::Position at = position_of(story, query.sort);
      return std::pair(at.key, at.id);
    };
    std::ranges::sort(page.stories, std::greater<>(), position);
    if (query.after) {
      const std::pair after(query.after->key, query.after->id);
      std::erase_if(page.stories, [&](const Story& story) { return position(story) >= after; });
    }
    if (page.stories.size() > limit) {
      page.stories.resize(limit);
      page.next = position_of(page.stories.back(), query.sort);
    }
    return page;
  }

  Result<Story> get(StoryId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.stories.find(id);
    if (found == state_.stories.end()) return not_found("story " + to_text(id) + " is not there");
    return found->second;
  }

  Result<std::vector<Story>> get_many(std::span<const StoryId> ids) const override {
    MutexLock lock(state_.mutex);
    std::vector<Story> stories;
    for (const StoryId id : ids) {
      const auto found = state_.stories.find(id);
      if (found != state_.stories.end()) stories.push_back(found->second);
    }
    return stories;
  }

  Result<std::optional<StoryId>> merged_into(StoryId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.story_redirects.find(id);
    if (found == state_.story_redirects.end()) return std::optional<StoryId>();
    return std::optional(found->second);
  }

  Result<std::vector<StoryLink>> links(StoryId id) const override {
    MutexLock lock(state_.mutex);
    return state_.story_links.of(id);
  }

  Result<std::vector<StoryMembers>> members(std::span<const StoryId> ids,
                                            std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<StoryMembers> found;
    for (const StoryId id : ids) found.push_back(members_of(id, limit));
    return found;
  }

  Result<std::vector<StoryMark>> marks(std::span<const ArticleId> ids) const override {
    std::vector<StoryMark> marks;
    for (const StoryPlacement& one : TRY(placements(ids))) {
      marks.push_back({.article_id = one.place.article_id,
                       .story_id = one.place.story_id,
                       .copy_of = one.place.copy_of,
                       .story_articles = one.story_articles});
    }
    return marks;
  }

  Result<std::vector<StoryMark>> marks_in(std::span<const StoryId> stories) const override {
    std::vector<ArticleId> ids;
    {
      MutexLock lock(state_.mutex);
      for (const auto& [id, place] : state_.story_places) {
        if (std::ranges::find(stories, place.story_id) != stories.end()) ids.push_back(id);
      }
    }
    return marks(ids);
  }

  Result<std::vector<StoryPlacement>> placements(std::span<const ArticleId> ids) const override {
    MutexLock lock(state_.mutex);
    std::vector<StoryPlacement> found;
    for (const ArticleId id : ids) {
      const auto place = state_.story_places.find(id);
      if (place == state_.story_places.end()) continue;
      const auto story = state_.stories.find(place->second.story_id);
      found.push_back(
          {.place = place->second,
           .story_articles = story == state_.stories.end() ? 0 : story->second.articles});
    }
    return found;
  }

 private:
  static Error moved() { return conflict("stories were changed by another meanwhile"); }

  void take_version() REQUIRES(state_.mutex) { ++state_.story_state.version; }

  void write_journal(const StoryStep& step) REQUIRES(state_.mutex) {
    StoryState& state = state_.story_state;
    state.journal_bytes += static_cast<std::int64_t>(step.journal.size());
    state.journal_articles += step.journal_articles;
    if (step.backfilled_to) state.backfilled_to = step.backfilled_to;
    if (!step.journal.empty()) state_.story_journal[state.version] = step.journal;
  }

  void tell(EventKind kind, const Story& story) REQUIRES(state_.mutex) {
    state_.append(kind, Event{.subject = to_int(story.id),
                              .language = story.language,
                              .published = story.updated_at});
  }

  void merge(const StoryMerge& merge, const StoryStep& step) REQUIRES(state_.mutex) {
    for (auto& [id, place] : state_.story_places) {
      if (place.story_id == merge.from) place.story_id = merge.into;
    }
    for (auto& [from, into] : state_.story_redirects) {
      if (into == merge.from) into = merge.into;
    }
    state_.story_links.merge(merge);
    const auto story = state_.stories.find(merge.from);
    if (story == state_.stories.end()) return;
    if (std::ranges::find(step.stories, merge.from, &Story::id) != step.stories.end()) return;
    tell(EventKind::StoryMerged, story->second);
    state_.stories.erase(story);
    state_.story_redirects[merge.from] = merge.into;
  }

  void remove(StoryId id) REQUIRES(state_.mutex) {
    std::erase_if(state_.story_redirects, [&](const auto& one) { return one.second == id; });
    state_.story_links.remove(id);
    const auto story = state_.stories.find(id);
    if (story == state_.stories.end()) return;
    tell(EventKind::StoryRemoved, story->second);
    state_.stories.erase(story);
  }

  // Tells of the stories that changed by it and that the step does not tell of itself.
  void write_links(const StoryStep& step) REQUIRES(state_.mutex) {
    std::set<StoryId> changed = state_.story_links.write(
        step.links, [&](StoryId id) REQUIRES(state_.mutex) { return state_.stories.contains(id); });
    for (const Story& story : step.stories) changed.erase(story.id);
    for (const StoryId id : changed) tell(EventKind::StoryUpdated, state_.stories.at(id));
  }

  std::vector<Story> matching(const StoryQuery& query) const REQUIRES(state_.mutex) {
    const std::map<StoryId, std::int64_t> asked = asked_for(query);
    std::vector<Story> found;
    for (const auto& [id, story] : state_.stories) {
      if (!query.language.empty() && story.language != query.language) continue;
      if (query.since && story.updated_at < *query.since) continue;
      if (query.until && story.updated_at >= *query.until) continue;
      if (story.publishers < query.publishers_min) continue;
      const auto count = asked.find(id);
      if (asks_for_articles(query) && (count == asked.end() || count->second * 4 < story.articles))
        continue;
      found.push_back(story);
    }
    return found;
  }

  static bool asks_for_articles(const StoryQuery& query) {
    return !query.terms.empty() || query.source_id || !query.country.empty();
  }

  // How many articles of each story are as asked for.
  std::map<StoryId, std::int64_t> asked_for(const StoryQuery& query) const REQUIRES(state_.mutex) {
    std::map<StoryId, std::int64_t> counts;
    if (!asks_for_articles(query)) return counts;
    const ArticleQuery articles{.source_id = query.source_id,
                                .language = query.language,
                                .country = query.country,
                                .until = query.until};
    std::size_t left = kStoryCandidatesMax;
    for (auto at = state_.by_published.rbegin(); at != state_.by_published.rend() && left > 0;
         ++at) {
      const ArticleSummary& article = state_.articles.at(at->second).article.summary;
      if (!matches(article, articles) || !state_.has_terms(article.id, query.terms)) continue;
      --left;
      const auto place = state_.story_places.find(article.id);
      if (place != state_.story_places.end()) ++counts[place->second.story_id];
    }
    return counts;
  }

  StoryMembers members_of(StoryId id, std::size_t limit) const REQUIRES(state_.mutex) {
    StoryMembers found;
    for (const auto& [article_id, place] : state_.story_places) {
      if (place.story_id != id) continue;
      const auto article = state_.articles.find(article_id);
      if (article == state_.articles.end()) continue;
      found.members.push_back({.place = place, .article = article->second.article.summary});
    }
    found.articles = static_cast<std::int64_t>(found.members.size());
    std::ranges::sort(found.members, {}, [](const StoryMember& member) {
      return std::pair(member.place.published, member.place.article_id);
    });
    if (found.members.size() > limit)
      found.members.erase(found.members.begin(),
                          found.members.end() - static_cast<std::ptrdiff_t>(limit));
    return found;
  }

  State& state_;
};

}  // namespace

std::unique_ptr<StoryStore> make_story_store(State& state) {
  return std::make_unique<MemoryStoryStore>(state);
}

}  // namespace tidings::memory
