// Saved searches, and the newest articles that match those that stand. Adapters: sqlite and
// postgres (one repository), memory. Every adapter passes
// tests/contract/saved_search_store_contract.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/saved_search.h"
#include "ports/event_log.h"

namespace tidings {

inline constexpr std::size_t kSavedSearchesMax = 10'000;  // of an owner
inline constexpr std::size_t kSearchNameBytesMax = 200;
inline constexpr std::size_t kSearchMatchesMax = 500;  // kept of a search: the newest articles

// Safe to call from many threads. A call that returned success survives a crash.
class SavedSearchStore {
 public:
  virtual ~SavedSearchStore() = default;

  // Appends a SavedSearchChanged event. Conflict where the owner has one of this name; InvalidInput
  // where the name is empty, too long or has control characters, or there are too many.
  virtual Result<SavedSearch> add(const std::string& owner, const SavedSearchText& text) = 0;
  // As add(). NotFound. Where it means something else now, its matches go.
  virtual Result<SavedSearch> set(SavedSearchId id, const SavedSearchText& text) = 0;
  // With its matches. Appends a SavedSearchRemoved event. NotFound.
  virtual Result<void> remove(SavedSearchId id) = 0;

  virtual Result<SavedSearch> get(SavedSearchId id) const = 0;  // NotFound
  virtual Result<SavedSearch> named(const std::string& owner,
                                    const std::string& name) const = 0;               // NotFound
  virtual Result<std::vector<SavedSearch>> list(const std::string& owner) const = 0;  // by name
  // Those that stand, of all owners, by id.
  virtual Result<std::vector<SavedSearch>> standing() const = 0;

  // Takes the consumer's step with them, in one commit. Kept are those whose search stands and
  // whose article is there; of a search the articles with the kSearchMatchesMax largest ids. One
  // that is there already, or is older than all that are kept, changes nothing; others count as
  // unread. Appends one SearchMatched event for each search that got any. Conflict as CursorMove
  // says. `at` of the matches is the store's.
  virtual Result<void> add_matches(std::span<const SearchMatch> matches,
                                   const CursorMove& move) = 0;
  // Those with articles before `before`, the largest id first. None of a search that is not there.
  virtual Result<std::vector<SearchMatch>> matches(SavedSearchId id,
                                                   std::optional<ArticleId> before,
                                                   std::size_t limit) const = 0;
  virtual Result<void> mark_read(SavedSearchId id) = 0;  // NotFound
};

// What add() and set() refuse.
Result<void> check_saved_search(const SavedSearchText& text);
Error no_such_search(SavedSearchId id);
Error no_such_search(std::string_view name);
Error search_name_taken(std::string_view name);
Error too_many_searches();

}  // namespace tidings
