#include <algorithm>
#include <set>

#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemorySavedSearchStore final : public SavedSearchStore {
 public:
  explicit MemorySavedSearchStore(State& state) : state_(state) {}

  Result<SavedSearch> add(const std::string& owner, const SavedSearchText& text) override {
    TRY(check_saved_search(text));
    MutexLock lock(state_.mutex);
    if (find(owner, text.name) != nullptr) return search_name_taken(text.name);
    const auto of_owner = std::ranges::count_if(
        state_.saved_searches, [&](const auto& one) { return one.second.owner == owner; });
    if (static_cast<std::size_t>(of_owner) >= kSavedSearchesMax) return too_many_searches();
    const SavedSearchId id{state_.next_id()};
    const Time now = state_.clock.now();
    state_.append(EventKind::SavedSearchChanged, Event{.subject = to_int(id)});
    return state_.saved_searches[id] = {
               .id = id, .owner = owner, .text = text, .created_at = now, .changed_at = now};
  }

  Result<SavedSearch> set(SavedSearchId id, const SavedSearchText& text) override {
    TRY(check_saved_search(text));
    MutexLock lock(state_.mutex);
    const auto found = state_.saved_searches.find(id);
    if (found == state_.saved_searches.end()) return no_such_search(id);
    SavedSearch& search = found->second;
    const SavedSearch* const other = find(search.owner, text.name);
    if (other != nullptr && other->id != id) return search_name_taken(text.name);
    if (search.text.canonical != text.canonical) {
      state_.search_matches.erase(id);
      search.unread = 0;
      search.last_match_at.reset();
    }
    search.text = text;
    search.changed_at = state_.clock.now();
    state_.append(EventKind::SavedSearchChanged, Event{.subject = to_int(id)});
    return search;
  }

  Result<void> remove(SavedSearchId id) override {
    MutexLock lock(state_.mutex);
    if (state_.saved_searches.erase(id) == 0) return no_such_search(id);
    state_.search_matches.erase(id);
    state_.append(EventKind::SavedSearchRemoved, Event{.subject = to_int(id)});
    return {};
  }

  Result<SavedSearch> get(SavedSearchId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.saved_searches.find(id);
    if (found == state_.saved_searches.end()) return no_such_search(id);
    return found->second;
  }

  Result<SavedSearch> named(const std::string& owner, const std::string& name) const override {
    MutexLock lock(state_.mutex);
    const SavedSearch* const found = find(owner, name);
    if (found == nullptr) return no_such_search(name);
    return *found;
  }

  Result<std::vector<SavedSearch>> list(const std::string& owner) const override {
    std::vector<SavedSearch> found =
        those([&](const SavedSearch& search) { return search.owner == owner; });
    std::ranges::sort(found, {}, [](const SavedSearch& search) { return search.text.name; });
    return found;
  }

  Result<std::vector<SavedSearch>> standing() const override {
    return those([](const SavedSearch& search) { return search.text.standing; });
  }

  Result<void> add_matches(std::span<const SearchMatch> matches, const CursorMove& move) override {
    MutexLock lock(state_.mutex);
    TRY(state_.advance(move));
    std::set<SavedSearchId> matched;
    std::vector<SearchMatch> sorted(matches.begin(), matches.end());
    std::ranges::sort(sorted, std::greater<>(), &SearchMatch::article_id);
    for (const SearchMatch& match : sorted) {
      if (add_match(match)) matched.insert(match.search_id);
    }
    for (const SavedSearchId id : matched)
      state_.append(EventKind::SearchMatched, Event{.subject = to_int(id)});
    return {};
  }

  Result<std::vector<SearchMatch>> matches(SavedSearchId id, std::optional<ArticleId> before,
                                           std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<SearchMatch> found;
    const auto of_search = state_.search_matches.find(id);
    if (of_search == state_.search_matches.end()) return found;
    const auto& by_article = of_search->second;
    auto at = before ? by_article.lower_bound(*before) : by_article.end();
    while (at != by_article.begin() && found.size() < limit) {
      --at;
      found.push_back({.search_id = id, .article_id = at->first, .at = at->second});
    }
    return found;
  }

  Result<void> mark_read(SavedSearchId id) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.saved_searches.find(id);
    if (found == state_.saved_searches.end()) return no_such_search(id);
    found->second.unread = 0;
    return {};
  }

 private:
  const SavedSearch* find(const std::string& owner, const std::string& name) const
      REQUIRES(state_.mutex) {
    for (const auto& [id, search] : state_.saved_searches) {
      if (search.owner == owner && search.text.name == name) return &search;
    }
    return nullptr;
  }

  template <typename IsWanted>
  std::vector<SavedSearch> those(IsWanted is_wanted) const {
    MutexLock lock(state_.mutex);
    std::vector<SavedSearch> found;
    for (const auto& [id, search] : state_.saved_searches) {
      if (is_wanted(search)) found.push_back(search);
    }
    return found;
  }

  bool add_match(const SearchMatch& match) REQUIRES(state_.mutex) {
    const auto search = state_.saved_searches.find(match.search_id);
    if (search == state_.saved_searches.end() || !search->second.text.standing ||
        !state_.articles.contains(match.article_id))
      return false;
    auto& kept = state_.search_matches[match.search_id];
    const Time now = state_.clock.now();
    if (kept.size() >= kSearchMatchesMax && match.article_id < kept.begin()->first) return false;
    if (!kept.emplace(match.article_id, now).second) return false;
    if (kept.size() > kSearchMatchesMax) kept.erase(kept.begin());
    ++search->second.unread;
    search->second.last_match_at = now;
    return true;
  }

  State& state_;
};

}  // namespace

std::unique_ptr<SavedSearchStore> make_saved_search_store(State& state) {
  return std::make_unique<MemorySavedSearchStore>(state);
}

}  // namespace tidings::memory
